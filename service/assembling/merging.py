"""Files become one file, page by page, with links, layers and tags intact."""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary

from service.assembling.destinations import Destinations
from service.assembling.grafting import GraftedTree
from service.assembling.layers import merged_layers
from service.assembling.pdf.entries import entry


@dataclass(frozen=True, slots=True)
class Appended:
    """A part as it now stands in the packet; ``element`` is its ``Part`` in the structure tree, if it is tagged."""

    pages: list[pikepdf.Page]
    element: pikepdf.Object | None


@dataclass
class Merge:
    """A packet while parts are appended to it; a part must stay open until the packet is saved."""

    packet: pikepdf.Pdf
    tree: GraftedTree = field(init=False)
    _layers: list[pikepdf.Object] = field(default_factory=list)
    _version: str = "1.7"

    def __post_init__(self) -> None:
        self.tree = GraftedTree(self.packet)

    def append(
        self, part: pikepdf.Pdf, title: str, *, at: int | None = None, under: pikepdf.Object | None = None
    ) -> Appended:
        """Take over every page of a part; its own copy in memory is taken apart by this.

        Annotations are copied after the pages: copied with them, a link to a later page would lead nowhere, because
        qpdf leaves out pages that it has not met yet.

        Args:
            part: The file.
            title: What the part is called in the structure tree.
            at: The place of its first page in the packet, from 0; at the end if not said.
            under: The structure element that it belongs to; the document itself if not said.
        """
        first = len(self.packet.pages) if at is None else at
        annotations = _detach_annotations(part)
        tree = self.tree.prepare(part)
        layers = part.Root.get("/OCProperties", Dictionary())
        holder = Dictionary(Annotations=annotations, Layers=layers, Tree=tree.holder if tree else Dictionary())
        if at is None:
            self.packet.pages.extend(part.pages)
        else:
            for offset, page in enumerate(part.pages):
                self.packet.pages.insert(at + offset, page)
        copied = self.packet.copy_foreign(part.make_indirect(holder))
        pages = self.packet.pages[first : first + len(part.pages)]
        for page, own in zip(pages, copied.Annotations, strict=True):
            if len(own):
                page.obj.Annots = own
        element = None
        if tree:
            element = self.tree.graft(copied.Tree, tree.keys, title, part.Root.get("/Lang"), under=under)
        if len(layers):
            self._layers.append(copied.Layers)
        self._version = max(self._version, part.pdf_version)
        return Appended(pages=pages, element=element)

    def close(self) -> str:
        """Write what the parts share into the catalogue; returns the PDF version that the packet needs."""
        self.tree.close()
        if self._layers:
            self.packet.Root.OCProperties = merged_layers(self._layers)
        return self._version


def _detach_annotations(part: pikepdf.Pdf) -> Array:
    """The annotations of each page, taken off it, with destinations written out; article beads are dropped."""
    destinations = Destinations(part)
    detached = Array()
    for page in part.pages:
        listed = entry(page.obj, "/Annots", ())
        annotations = [each if each.is_indirect else part.make_indirect(each) for each in listed]
        for annotation in annotations:
            destinations.write_out(annotation)
        detached.append(Array(annotations))
        for key in ("/Annots", "/B"):
            if key in page.obj:
                del page.obj[key]
    return detached
