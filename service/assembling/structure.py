"""Reading structure trees (ISO 32000-1, 14.7)."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The kids of an element or of the tree root: elements, content and object references, marked-content numbers."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


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
