"""Where links and bookmarks of a file lead, written out so that they survive a merge.

A named destination is looked up in its file's catalogue, which a merged file no longer has.
"""

from dataclasses import dataclass
from functools import cached_property

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.pdf.entries import entry


@dataclass
class Destinations:
    """The named destinations and the page numbers of one file."""

    pdf: pikepdf.Pdf

    def explicit(self, destination: pikepdf.Object | None) -> Array | None:
        """The destination as ``[page /XYZ …]``; ``None`` if it leads nowhere in this file."""
        if isinstance(destination, Name | String):
            destination = self._named.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if isinstance(destination, Array) and len(destination) and self.page_number(destination) is not None:
            return destination
        return None

    def page_number(self, destination: Array) -> int | None:
        """The page of an explicit destination, from 0."""
        page = destination[0]
        return self._numbers.get(page.objgen) if isinstance(page, Dictionary) else None

    def write_out(self, annotation: pikepdf.Object) -> None:
        """Replace a link's named destination by the explicit one; a link that leads nowhere stays as it is."""
        action = entry(annotation, "/A")
        if "/Dest" in annotation:
            self._replace(annotation, "/Dest")
        elif isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            self._replace(action, "/D")

    def _replace(self, holder: pikepdf.Object, key: str) -> None:
        if not isinstance(holder[key], Array) and (explicit := self.explicit(holder[key])) is not None:
            holder[key] = explicit

    @cached_property
    def _named(self) -> dict[str, pikepdf.Object]:
        root = self.pdf.Root
        named = {str(key): value for key, value in root.get("/Dests", Dictionary()).items()}
        tree = root.get("/Names", Dictionary()).get("/Dests")
        return named | ({} if tree is None else {str(key): value for key, value in pikepdf.NameTree(tree).items()})

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
