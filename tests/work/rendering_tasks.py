"""Tasks for the processes of the pool under test; importable there, which test modules are not."""

import os
import signal
import sys
import time
from pathlib import Path

from service.errors import DocumentRefused, Fault

_prepared_with: list[str] = []


class Awkward(Exception):
    """Pickles, but does not unpickle."""

    def __init__(self, part: str, paragraph: int) -> None:
        super().__init__(f"{part} {paragraph}")


def set_up(*words: str) -> None:
    _prepared_with.extend(words)


def fail_to_set_up() -> None:
    raise RuntimeError("no templates")


def die_in_setup() -> None:
    os._exit(7)


def prepared_with() -> list[str]:
    return _prepared_with


def pid() -> int:
    return os.getpid()


def echo(content: bytes) -> bytes:
    return content


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def spin(_seconds: float) -> None:
    while True:
        pass


def note_and_nap(marker: Path, seconds: float) -> None:
    marker.write_text(str(os.getpid()))
    time.sleep(seconds)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_the_first_time(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second try"


def count_and_die(tries: Path) -> None:
    with tries.open("a") as stream:
        stream.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise DocumentRefused("Two faults.", [Fault(code="shape", message="A shape.", part="body", paragraph=3)] * 2)


def overrun_by_itself() -> None:
    raise TimeoutError("a time-stamp authority did not answer")


def raise_awkward() -> None:
    raise Awkward("body", 3)


def raise_stop_iteration() -> None:
    raise StopIteration


def leave() -> None:
    sys.exit(3)


def divide(dividend: int, divisor: int) -> float:
    return dividend / divisor
