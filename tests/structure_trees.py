"""Structure trees of PDFs, walked for tests."""

from collections.abc import Iterator

import pikepdf


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The structure elements below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)
