"""What a command says: one JSON object for programs, plain words for people."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import Fault, FilingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A command's answer in both forms, and its exit status."""

    answer: Mapping[str, Any]
    words: str
    status: int = 0


def speak_error(error: FilingError, *, as_json: bool) -> None:
    """Say every fault with its place: JSON on standard output, words on standard error."""
    faults = [fault.as_json() for fault in error.faults] or [{"code": error.code, "message": error.message}]
    if as_json:
        print(json.dumps({"code": error.code, "errors": faults}, ensure_ascii=False))  # noqa: T201 -- the command's answer
        return
    if error.message not in {fault.message for fault in error.faults}:
        print(error.message, file=sys.stderr)  # noqa: T201 -- the command's answer
    for fault in error.faults:
        print(f"  {_place(fault)}{fault.message}", file=sys.stderr)  # noqa: T201 -- the command's answer


def _place(fault: Fault) -> str:
    if fault.part is not None:
        within = fault.pointer if fault.paragraph is None else f"paragraph {fault.paragraph}"
        return f"{fault.part}, {within}: " if within else f"{fault.part}: "
    return "" if fault.pointer is None else f"{fault.pointer or 'the facts'}: "
