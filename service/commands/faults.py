"""The service's own faults, noted where only its operator reads them."""

import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from service.desk.unforeseen import kind_and_place

_FILE = "faults.log"
_MODE = 0o600


def note_fault(directory: Path, reference: str, error: BaseException) -> Path:
    """Note an error with all that led to it: kinds, places and frames, under its reference.

    Its words may hold facts about people and are left out. The file is its owner's alone, as all that is kept.

    Raises:
        OSError: it cannot be written.
    """
    path = directory / _FILE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kinds = "; because of ".join(kind_and_place(one) for one in _with_causes(error))
    frames = "".join(traceback.format_tb(error.__traceback__))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
    with os.fdopen(descriptor, "a", encoding="utf-8") as log:
        os.fchmod(descriptor, _MODE)  # one that an earlier version wrote may be open to others
        log.write(f"{reference} {kinds}\n{frames}\n")
    return path


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
