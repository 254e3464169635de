"""Reading structure trees (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The kids of an element or of the tree root: elements, content and object references, marked-content numbers."""
    return listed(element.get("/K"))


def listed(kids: Any) -> list[Any]:
    """What ``/K`` holds as a list: it may be missing, one kid alone, or several."""
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array | list) else [kids]


def shows(kid: Any, marked_content: int) -> bool:
    """Whether a kid is the marked content of that number, be it a number alone or a reference."""
    if isinstance(kid, Dictionary):
        return bool(kid.get("/MCID") == marked_content)
    return bool(kid == marked_content)


def elements_under(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element of a tree, each once."""
    waiting = kids_of(root)
    seen: set[tuple[int, int]] = set()
    while waiting:
        kid = waiting.pop()
        if not isinstance(kid, Dictionary) or "/S" not in kid or kid.objgen in seen:
            continue
        if kid.is_indirect:
            seen.add(kid.objgen)
        yield kid
        waiting.extend(kids_of(kid))
