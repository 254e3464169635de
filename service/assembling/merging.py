"""Files become one file, page by page, with links, layers and tags intact."""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary

from service.assembling.destinations import Destinations
from service.assembling.grafting import GraftedTree
from service.assembling.layers import merged_layers


@dataclass
class Merge:
    """A packet while parts are appended to it; a part must stay open until the packet is saved."""

    packet: pikepdf.Pdf
    _tree: GraftedTree = field(init=False)
    _layers: list[pikepdf.Object] = field(default_factory=list)
    _version: str = "1.7"

    def __post_init__(self) -> None:
        self._tree = GraftedTree(self.packet)

    def append(self, part: pikepdf.Pdf, title: str) -> list[pikepdf.Page]:
        """Append every page of a part; its own copy in memory is taken apart by this. Returns the packet's new pages.

        Annotations are copied after the pages: copied with them, a link to a later page would lead nowhere, because
        qpdf leaves out pages that it has not met yet.
        """
        first = len(self.packet.pages)
        annotations = _detach_annotations(part)
        tree = self._tree.prepare(part)
        layers = part.Root.get("/OCProperties", Dictionary())
        holder = Dictionary(Annotations=annotations, Layers=layers, Tree=tree.holder if tree else Dictionary())
        self.packet.pages.extend(part.pages)
        copied = self.packet.copy_foreign(part.make_indirect(holder))
        pages = list(self.packet.pages)[first:]
        for page, own in zip(pages, copied.Annotations, strict=True):
            if len(own):
                page.obj.Annots = own
        if tree:
            self._tree.graft(copied.Tree, tree.keys, title, part.Root.get("/Lang"))
        if len(layers):
            self._layers.append(copied.Layers)
        self._version = max(self._version, part.pdf_version)
        return pages

    def close(self) -> str:
        """Write what the parts share into the catalogue; returns the PDF version that the packet needs."""
        self._tree.close()
        if self._layers:
            self.packet.Root.OCProperties = merged_layers(self._layers)
        return self._version


def _detach_annotations(part: pikepdf.Pdf) -> Array:
    """The annotations of each page, taken off it, with destinations written out; article beads are dropped."""
    destinations = Destinations(part)
    detached = Array()
    for page in part.pages:
        listed = page.obj.get("/Annots", Array())
        annotations = [each if each.is_indirect else part.make_indirect(each) for each in listed]
        for annotation in annotations:
            destinations.write_out(annotation)
        detached.append(Array(annotations))
        for key in ("/Annots", "/B"):
            if key in page.obj:
                del page.obj[key]
    return detached
