"""Pages of an exhibit set upright on US Letter, in the packet alone; the exhibit itself is filed as it was sent."""

from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from service.assembling.destinations import Destinations
from service.assembling.pdf.balance import unbalanced
from service.assembling.pdf.entries import entry
from service.assembling.pdf.page_box import PageBox
from service.assembling.pdf.structure import elements_under

_UPRIGHT, _LYING = (612.0, 792.0), (792.0, 612.0)
_NEAR = 1.0
_FULL_TURN = 360
_OF_THE_OLD_PAGE = ("/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit", "/Rotate", "/CropBox")
_UPRIGHT_TURNS = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a point of the page as it was sent comes to lie: ``x' = a·x + c·y + e``, ``y' = b·x + d·y + f``."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def of(self, x: float, y: float) -> tuple[float, float]:
        """The new place of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def points(self, coordinates: Iterable[object]) -> Array:
        """The new places of points given as ``x1 y1 x2 y2 …``."""
        flat = [float(str(each)) for each in coordinates]
        return Array([round(edge, 3) for x, y in zip(flat[::2], flat[1::2], strict=True) for edge in self.of(x, y)])

    def rectangle(self, edges: Iterable[object]) -> Array:
        """The new edges of a rectangle, corners in order."""
        x1, y1, x2, y2 = (float(str(edge)) for edge in self.points(edges))
        return PageBox(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)).as_array()

    def after(self, inner: Iterable[object]) -> Array:
        """The matrix ``inner`` followed by this one."""
        a, b, c, d, e, f = (float(str(each)) for each in inner)
        turned = [self.a * a + self.c * b, self.b * a + self.d * b, self.a * c + self.c * d, self.b * c + self.d * d]
        return Array([round(each, 6) for each in (*turned, *self.of(e, f))])

    def operator(self) -> bytes:
        """As a content stream says it."""
        return b"%.6f %.6f %.6f %.6f %.4f %.4f cm\n" % (self.a, self.b, self.c, self.d, self.e, self.f)


def normalise(part: pikepdf.Pdf) -> bool:
    """Turn every page upright and fit it on US Letter, upright or lying as the page is; nothing is enlarged.

    Returns whether a page was moved, so that the heights which bookmarks name no longer hold.
    """
    placed: dict[tuple[int, int], Placement] = {}
    for page in part.pages:
        placement, sheet = _placement(page)
        if placement is not None:
            _apply(part, page, placement, sheet)
            placed[page.obj.objgen] = placement
    if placed:
        _forget_heights(part)
        _move_element_boxes(part, placed)
    return bool(placed)


def _placement(page: pikepdf.Page) -> tuple[Placement | None, tuple[float, float]]:
    """The placement a page needs, ``None`` if it is upright US Letter already; and width and height of its sheet."""
    turn = int(entry(page.obj, "/Rotate", 0)) % _FULL_TURN
    unit = float(entry(page.obj, "/UserUnit", 1))
    box = PageBox.of(page)
    shown = (box.width * unit, box.height * unit)
    if turn in {90, 270}:
        shown = (shown[1], shown[0])
    sheet = _LYING if shown[0] > shown[1] else _UPRIGHT
    differences = (shown[0] - sheet[0], shown[1] - sheet[1], box.left, box.bottom, turn, unit - 1)
    if all(abs(each) < _NEAR for each in differences):
        return None, sheet
    scale = min(sheet[0] / shown[0], sheet[1] / shown[1], 1.0) * unit
    a, b, c, d = (scale * each for each in _UPRIGHT_TURNS[turn])
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return Placement(a, b, c, d, sheet[0] / 2 - a * x - c * y, sheet[1] / 2 - b * x - d * y), sheet


def _apply(part: pikepdf.Pdf, page: pikepdf.Page, placement: Placement, sheet: tuple[float, float]) -> None:
    before, after = unbalanced(page)
    box = PageBox.of(page)
    shown = b"%.2f %.2f %.2f %.2f re W n\n" % (box.left, box.bottom, box.width, box.height)
    page.contents_add(part.make_stream(b"q\n" + placement.operator() + shown + b"q\n" * before), prepend=True)
    page.contents_add(part.make_stream(b"\nQ" + b"\nQ" * after))
    _move_patterns(part, page, placement)
    for annotation in page.obj.get("/Annots", Array()):
        annotation.Rect = placement.rectangle(annotation.Rect)
        if "/QuadPoints" in annotation:
            annotation.QuadPoints = placement.points(annotation.QuadPoints)
    for key in _OF_THE_OLD_PAGE:
        if key in page.obj:
            del page.obj[key]
    page.obj.MediaBox = Array([0, 0, *sheet])


def _move_patterns(part: pikepdf.Pdf, page: pikepdf.Page, placement: Placement) -> None:
    """Patterns are laid from the page's corner, not from where the drawing stands (ISO 32000-1, 8.7.3.1)."""
    resources = page.obj.get("/Resources", Dictionary())
    if "/Pattern" not in resources:
        return
    moved = Dictionary()
    for name, pattern in resources.Pattern.items():
        own = _copy(part, pattern)
        own["/Matrix"] = placement.after(own.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
        moved[name] = own
    page.obj.Resources = Dictionary({**dict(resources.items()), "/Pattern": moved})


def _copy(part: pikepdf.Pdf, pattern: pikepdf.Object) -> pikepdf.Object:
    if isinstance(pattern, pikepdf.Stream):
        copied = part.make_stream(pattern.read_raw_bytes())
        copied.stream_dict = Dictionary(dict(pattern.stream_dict.items()))
        return copied
    return part.make_indirect(Dictionary(dict(pattern.items())))


def _forget_heights(part: pikepdf.Pdf) -> None:
    """Links lead to whole pages: the heights they name are those of pages as they were."""
    destinations = Destinations(part)
    for page in part.pages:
        for annotation in page.obj.get("/Annots", Array()):
            destinations.write_out(annotation)
            action = annotation.get("/A", Dictionary())
            for holder, key in ((annotation, "/Dest"), (action, "/D")):
                target = destinations.explicit(holder.get(key))
                if target is not None:
                    holder[key] = Array([target[0], Name.Fit])


def _move_element_boxes(part: pikepdf.Pdf, placed: dict[tuple[int, int], Placement]) -> None:
    """The boxes of figures and tables in the structure tree are in page coordinates (ISO 32000-1, 14.8.5.4.3)."""
    root = part.Root.get("/StructTreeRoot")
    if root is None:
        return
    for element in elements_under(root):
        attributes = element.get("/A", Array())
        for owner in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(owner, Dictionary) and "/BBox" in owner:
                placement = placed.get(_page_of(element))
                if placement is not None:
                    owner.BBox = placement.rectangle(owner.BBox)


def _page_of(element: pikepdf.Object) -> tuple[int, int]:
    page = element.get("/Pg")
    return page.objgen if page is not None else (0, 0)
