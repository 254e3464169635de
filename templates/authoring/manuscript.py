"""What a manuscript says, read but not yet set in Word."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a paragraph is set; the value is the id of its Word style."""

    TITLE = "Heading1"
    HEADING = "Heading2"
    SUBHEADING = "Heading3"
    BODY = "Body"
    ALLEGATION = "Allegation"
    SUBALLEGATION = "AllegationLevel2"
    BULLET = "Bullet"
    BLOCK = "Block"
    QUOTE = "Quote"
    CENTRED = "CaseCaption"
    SIGNATURE = "Signature"


class Spacing(StrEnum):
    """Line spacing of body text and allegations."""

    DOUBLE = "double"
    SINGLE = "single"


class Orientation(StrEnum):
    """How a US Letter sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Borders(StrEnum):
    """Rules of a table: all, none, or horizontal ones only."""

    GRID = "grid"
    NONE = "none"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a manuscript or of a part it includes."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class ManuscriptRefused(Exception):
    """A manuscript does not follow the markup; one sentence a fault, each led by its file and line."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters set alike; a tab or newline character stands for a tab or line break in Word."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``restart`` starts its numbering at 1 again."""

    kind: Kind
    runs: tuple[Run, ...]
    keep_next: bool = False
    restart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A paragraph tag of the template language, ``{%p if … %}``, alone in its paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The next paragraph begins a page."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionBreak:
    """A new page from which the sheets lie another way."""

    orientation: Orientation


@dataclass(frozen=True, slots=True, kw_only=True)
class CellParagraph:
    """A paragraph of a table cell; ``align`` overrides its column's."""

    runs: tuple[Run, ...]
    align: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHeight:
    """Inches; at least so high unless ``exact``."""

    inches: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row, one tuple of paragraphs a cell."""

    cells: tuple[tuple[CellParagraph | Tag, ...], ...]
    header: bool
    height: RowHeight | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTag:
    """A row tag of the template language, ``{%tr for … %}``, alone in its row."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``widths`` in inches, ``font`` in points (``None``: as the text), ``caption`` for screen readers."""

    widths: tuple[float, ...]
    align: tuple[str, ...]
    borders: Borders
    font: float | None
    caption: str | None
    description: str | None
    rows: tuple[Row | RowTag, ...]
    place: Place


Block = Paragraph | Tag | PageBreak | SectionBreak | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A whole manuscript: core title property, running footer text, spacing, and what stands on the pages."""

    title: str
    footer: tuple[Run, ...]
    spacing: Spacing
    blocks: tuple[Block, ...]
