"""The example cases, and small changes to them."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent / "examples"
FAMILIES = ("medical_support", "modification", "uninsured_claim")


def example(kind: str) -> dict[str, Any]:
    """The example facts of one kind, fresh."""
    document: dict[str, Any] = json.loads((EXAMPLES / kind / "facts.json").read_bytes())
    return document


def example_exhibits(kind: str) -> dict[str, bytes]:
    """The example's exhibits by exhibit id."""
    folder = EXAMPLES / kind / "exhibits"
    return {item["id"]: (folder / item["file"]).read_bytes() for item in example(kind)["exhibits"]}


def changed(document: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """A copy of the document with one member set, named by its JSON Pointer."""
    copied = copy.deepcopy(document)
    *way, last = pointer.removeprefix("/").split("/")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return copied


def without(document: dict[str, Any], pointer: str) -> dict[str, Any]:
    """A copy of the document without one member."""
    copied = copy.deepcopy(document)
    *way, last = pointer.removeprefix("/").split("/")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[int(last) if isinstance(place, list) else last]
    return copied


def altered(facts: Any, pointer: str, value: Any) -> Any:
    """Frozen facts with one member replaced, named by its JSON Pointer; for facts that no document could state."""
    step, _, rest = pointer.removeprefix("/").partition("/")
    if isinstance(facts, tuple):
        place = int(step)
        return (*facts[:place], altered(facts[place], rest, value) if rest else value, *facts[place + 1 :])
    return replace(facts, **{step: altered(getattr(facts, step), rest, value) if rest else value})
