"""A section's paper, margins, page and line numbers, read down to the attributes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.attributes import Attributes, NotSupported
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.names import short
from service.rendering.typesetting.page_borders import PageBorders, read_page_borders

NEW_PAGE: Final = "nextPage"
CONTINUOUS: Final = "continuous"
_SIDES: Final = ("top", "right", "bottom", "left", "header", "footer", "gutter")
_FORMATS: Final = {
    None: "1",
    "decimal": "1",
    "lowerRoman": "i",
    "upperRoman": "I",
    "lowerLetter": "a",
    "upperLetter": "A",
}
_SCOPES: Final = {None: "page", "newPage": "page", "continuous": "document", "newSection": "section"}
_LINE_DISTANCE: Final = 18.0
"""Where nothing says how far line numbers stand from the text, Word leaves a quarter of an inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers beside the lines: every so many lines, from a number on, in points from the text."""

    every: int
    first: int
    distance: float
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A section's paper and margins, in points; ``numbering`` is Typst's pattern for its page numbers."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float
    gutter: float
    first_differs: bool
    starts_at: int | None
    starts: str
    numbering: str
    lines: LineNumbers | None
    borders: PageBorders | None

    @property
    def text_width(self) -> float:
        """From margin to margin."""
        return self.width - self.left - self.right - self.gutter


class GeometryReader:
    """Reads what a ``sectPr`` says of the page; without one, US Letter with one-inch margins."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._paper = (612.0, 792.0)
        self._margins = dict.fromkeys(_SIDES, 72.0) | {"header": 36.0, "footer": 36.0, "gutter": 0.0}
        self._first_differs = False
        self._starts_at: int | None = None
        self._numbering = "1"
        self._kind = NEW_PAGE
        self._lines: LineNumbers | None = None
        self._borders: PageBorders | None = None

    def geometry(self) -> Geometry:
        """The geometry, once every property has been read."""
        return Geometry(
            width=self._paper[0],
            height=self._paper[1],
            **self._margins,
            first_differs=self._first_differs,
            starts_at=self._starts_at,
            starts=self._kind,
            numbering=self._numbering,
            lines=self._lines,
            borders=self._borders,
        )

    def read(self, element: etree._Element) -> None:
        """Read one property; what is wrong with it is kept in ``problems``."""
        attributes = Attributes(element)
        try:
            self._read(attributes)
            attributes.check_all_read()
        except NotSupported as refusal:
            self.problems.append(refusal.problem)

    def _read(self, attributes: Attributes) -> None:
        readers: dict[str, Callable[[Attributes], None]] = {
            "pgSz": self._size,
            "pgMar": self._read_margins,
            "titlePg": self._title_page,
            "type": self._start,
            "pgNumType": self._page_numbers,
            "cols": self._columns,
            "docGrid": self._grid,
            "footnotePr": self._notes,
            "lnNumType": self._line_numbers,
            "pgBorders": self._page_borders,
            **dict.fromkeys(("bidi", "vAlign", "textDirection"), self._plain),
        }
        if attributes.name not in readers:
            raise NotSupported(
                f"<w:{attributes.name}> of a section is not typeset: remove it in Word.", "unsupported_property"
            )
        readers[attributes.name](attributes)

    def _title_page(self, attributes: Attributes) -> None:
        self._first_differs = attributes.flag()

    def _start(self, attributes: Attributes) -> None:
        self._kind = attributes.val()

    def _page_numbers(self, attributes: Attributes) -> None:
        self._starts_at = attributes.number("start")
        self._numbering = attributes.choice("fmt", _FORMATS, "The kind of page numbers")

    def _line_numbers(self, attributes: Attributes) -> None:
        """Word writes the number before the first one (ECMA-376-1, 17.6.8)."""
        every, before = attributes.number("countBy") or 0, attributes.number("start") or 0
        distance = attributes.points("distance")
        scope = attributes.choice("restart", _SCOPES, "The restart of line numbers")
        if scope == "section":
            raise NotSupported("Line numbers that restart with a section are not typeset: restart them on each page.")
        if every > 0:
            self._lines = LineNumbers(every=every, first=before + 1, distance=distance or _LINE_DISTANCE, scope=scope)

    def _page_borders(self, attributes: Attributes) -> None:
        self._borders = read_page_borders(attributes)

    def _grid(self, attributes: Attributes) -> None:
        if attributes.take("type") not in {None, "default"}:
            raise NotSupported("A line or character grid is not typeset: choose no grid.")
        attributes.ignore("linePitch", "charSpace")

    def _notes(self, attributes: Attributes) -> None:
        """Footnotes are numbered 1, 2, 3 through the document and stand at the foot of the page."""
        usual = {"numFmt": "decimal", "pos": "pageBottom", "numStart": "1", "numRestart": "continuous"}
        for child in attributes.element:
            if usual.get(short(child)) != Attributes(child).val():
                raise NotSupported("Footnotes are set at the foot of the page, 1, 2, 3: set them so in Word.")

    def _plain(self, attributes: Attributes) -> None:
        if attributes.take("val") not in {"0", "false", "off", "top", "lrTb"}:
            raise NotSupported(f"<w:{attributes.name}> of a section is not typeset: set it back in Word.")

    def _size(self, attributes: Attributes) -> None:
        width, height = attributes.points("w"), attributes.points("h")
        attributes.ignore("orient", "code")  # width and height already say it
        if not width or not height or not (72 <= width <= 1584 and 72 <= height <= 1584):  # noqa: PLR2004 - 1 to 22 inches
            raise NotSupported("A page smaller than 1 or larger than 22 inches is not typeset: choose US Letter.")
        self._paper = (width, height)

    def _read_margins(self, attributes: Attributes) -> None:
        for side in _SIDES:
            margin = attributes.points(side)
            if margin is None:
                continue
            if margin < 0:
                raise NotSupported("A negative page margin is not typeset: give a positive margin.")
            self._margins[side] = margin

    def _columns(self, attributes: Attributes) -> None:
        if (attributes.number("num") or 1) > 1 or len(attributes.element):
            raise NotSupported("Text in columns is not typeset: use one column.")
        attributes.ignore("space", "equalWidth", "sep")
