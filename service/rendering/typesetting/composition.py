"""What all parts of one translation share: the file, its styles, the running numbers, the faults, the code so far."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.archive import MAIN_PART, Relationship, WordArchive
from service.rendering.typesetting.findings import Findings
from service.rendering.typesetting.headings import HeadingOrder
from service.rendering.typesetting.looks import ParagraphLook, RunLook
from service.rendering.typesetting.markup import Definitions
from service.rendering.typesetting.names import W
from service.rendering.typesetting.numbering import Counters
from service.rendering.typesetting.references import References
from service.rendering.typesetting.settings import DocumentSettings
from service.rendering.typesetting.styles import StyleSheet, style_sheet
from service.rendering.typesetting.table_styles import TableFormat

LETTER_TEXT_WIDTH: Final = 468.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where blocks are being set: the width at hand and what is not possible there."""

    width: float = LETTER_TEXT_WIDTH
    in_cell: bool = False
    in_margin: bool = False
    numbers_lines: bool = False
    page_numbers: str = "1"
    depth: int = 0
    table: TableFormat | None = None


class Composition:
    """One document under translation. Made for one call, never shared between documents or threads."""

    def __init__(self, archive: WordArchive, settings: DocumentSettings, findings: Findings) -> None:
        self.archive = archive
        self.settings = settings
        self.findings = findings
        self.definitions = Definitions()
        self.styles = _style_sheet(archive)
        self.counters = Counters(self.styles.numbering)
        self.base: RunLook = self.styles.base_text()
        self.pictures: dict[str, bytes] = {}
        self.relationships: Mapping[str, Relationship] = archive.relationships(MAIN_PART)
        body = archive.tree(MAIN_PART)
        self.bookmarks = frozenset(each.get(W + "name", "") for each in body.iter(W + "bookmarkStart"))
        self.linked = _linked(body, self.bookmarks)
        self.references = References(body, self.styles)
        self.place = Place()
        self.numbers_lines = False
        self.headings = HeadingOrder()
        self.notes: dict[str, str] = {}
        self.unlike = 0
        self.paragraph_functions: dict[tuple[int, int, float], tuple[str, ParagraphLook, RunLook]] = {}
        self.shifted_looks: dict[tuple[int, float], tuple[ParagraphLook, ParagraphLook]] = {}
        """By the identity of looks, which is found faster than their likeness; the looks are held, so that it stays."""

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """Set blocks at another place, then come back."""
        before = self.place
        self.place = place
        try:
            yield
        finally:
            self.place = before

    @contextmanager
    def part(self, name: str) -> Iterator[etree._Element]:
        """Read another part of the file, with its own relationships and paragraph count."""
        before = self.relationships
        self.relationships = self.archive.relationships(name)
        try:
            with self.findings.reading(name):
                yield self.archive.tree(name)
        finally:
            self.relationships = before


def _linked(body: etree._Element, bookmarks: frozenset[str]) -> frozenset[str]:
    """The bookmarks that something leads to; one whose name is part of another's may be among them for nothing."""
    anchors = {each.get(W + "anchor", "") for each in body.iter(W + "hyperlink")}
    if not bookmarks:
        return frozenset(anchors)
    codes = "".join(each.text or each.get(W + "instr") or "" for each in body.iter(W + "instrText", W + "fldSimple"))
    return frozenset(anchors | {name for name in bookmarks if name and name in codes})


def _style_sheet(archive: WordArchive) -> StyleSheet:
    parts = (archive.related(MAIN_PART, kind) for kind in ("styles", "numbering", "theme"))
    styles, numbering, theme = (None if part is None else archive.content(part) for part in parts)
    return style_sheet(styles, numbering, theme)
