"""What a reader of a Word document reads, word by word: the half of the parity check that never saw the typesetter.

Written apart from the translator on purpose, with its own numbering and its own idea of capitals, so that a mistake
made there is not made here as well.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from service.rendering.parity.capitals import W, capitals_of, is_on, value_of
from service.rendering.parity.labels import Labels, list_sheet, style_and_list
from service.rendering.parity.pieces import SOFT, Pieces, Stretch
from service.rendering.parity.references import References

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT: Final = "word/document.xml"
_PARAGRAPH: Final = W + "p"
_TABLE: Final = W + "tbl"
_ROW: Final = W + "tr"
_CELL: Final = W + "tc"
_PROPERTIES: Final = W + "pPr"
_SECTION: Final = W + "sectPr"
_MERGES: Final = b"vMerge"
_LOOKS: Final = (b"rStyle", b"aps", b"vertAlign")
"""Parts of the names of elements, as they lie in the file: merged cells, and what tells something of characters."""
_BLOCKS: Final = frozenset({_PARAGRAPH, _TABLE})
_CONTROLS: Final = frozenset({W + "sdt", W + "sdtContent"})


@dataclass(slots=True)
class Passage:
    """Words that keep their order: a run of paragraphs has one cell, a table row one for each of its cells.

    Rows that a merged cell joins are one passage; ``loose``, since such a cell may come by between the others.
    ``repeats`` holds the words of the header rows that come again where the row's table goes on to another page.
    """

    cells: list[list[Stretch]]
    repeats: list[Stretch] = field(default_factory=list)
    loose: bool = False


@dataclass(slots=True, kw_only=True)
class SectionReading:
    """A section's passages, and its headers and footers by kind: ``default``, ``first``, ``even``."""

    passages: list[Passage]
    headers: Mapping[str, list[Stretch]]
    footers: Mapping[str, list[Stretch]]
    first_differs: bool
    starts_at: int | None
    page_format: str = "decimal"
    line_numbers: tuple[int, int, bool] | None = None
    """The first line's number, how many lines lie between two numbers, and whether every page begins anew."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """A whole document as read; ``notes`` are its footnotes by id, each with its number before it."""

    sections: list[SectionReading]
    notes: Mapping[str, list[Stretch]]
    even_and_odd: bool


def read_word(word: bytes) -> Reading:
    """Read a Word document that the typesetter has accepted."""
    with zipfile.ZipFile(io.BytesIO(word)) as container:
        return _Reader(container).read()


class _Reader:
    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self._names = frozenset(container.namelist())
        self._merges = self._looks = False
        styles, numbering = self._content("word/styles.xml"), self._content("word/numbering.xml")
        self._capitals = capitals_of(styles)
        self._document = self._root(DOCUMENT)
        sheet = list_sheet(numbering, styles)
        self._labels = Labels(sheet)
        self._references = References(self._document, sheet)
        self._targets = {
            each.get("Id", ""): _target(each.get("Target", "")) for each in self._root("word/_rels/document.xml.rels")
        }
        self._part = DOCUMENT
        self._paragraph = 0
        self._called: list[str] = []

    def read(self) -> Reading:
        sections: list[SectionReading] = []
        held: list[etree._Element] = []
        headers: dict[str, list[Stretch]] = {}
        footers: dict[str, list[Stretch]] = {}
        body = self._document[0]
        for element in [*body, None]:
            if element is not None:
                held.append(element)
            properties = None if element is None else _section_end(element)
            if properties is not None or (element is None and held):
                headers = {**headers, **self._margins(properties, "header")}
                footers = {**footers, **self._margins(properties, "footer")}
                section = self._section(held, properties, headers, footers)
                if sections and _goes_on(properties):
                    sections[-1].passages += section.passages
                else:
                    sections.append(section)
                held = []
        settings = self._root("word/settings.xml")
        even = settings.find(W + "evenAndOddHeaders")
        return Reading(sections=sections, notes=self._notes(), even_and_odd=even is not None and is_on(even))

    def _section(
        self,
        elements: list[etree._Element],
        properties: etree._Element | None,
        headers: Mapping[str, list[Stretch]],
        footers: Mapping[str, list[Stretch]],
    ) -> SectionReading:
        title = None if properties is None else properties.find(W + "titlePg")
        numbering = None if properties is None else properties.find(W + "pgNumType")
        start = None if numbering is None else numbering.get(W + "start")
        return SectionReading(
            passages=list(self._passages(elements)),
            headers=headers,
            footers=footers,
            first_differs=title is not None and is_on(title),
            starts_at=None if start is None else int(start),
            page_format="decimal" if numbering is None else numbering.get(W + "fmt", "decimal"),
            line_numbers=None if properties is None else _line_numbers(properties),
        )

    def _passages(self, elements: list[etree._Element]) -> Iterator[Passage]:
        stretches: list[Stretch] = []
        for element in _blocks(elements):
            if element.tag == _PARAGRAPH:
                stretches += self._read_paragraph(element)
                continue
            if stretches:
                yield Passage([stretches])
                stretches = []
            yield from self._table(element)
        if stretches:
            yield Passage([stretches])

    def _table(self, table: etree._Element) -> Iterator[Passage]:
        repeats: list[Stretch] = []
        leading = True
        joined: Passage | None = None
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table:
                continue
            beginning = [cell for cell in _cells(row) if not (self._merges and _continues(cell))]
            cells = [self._flat(cell) for cell in beginning]
            leading = leading and _comes_again(row)
            passage = Passage([cell for cell in cells if cell], [] if leading else repeats)
            if joined is not None and self._merges and any(_continues(cell) for cell in _cells(row)):
                joined.cells, joined.loose = joined.cells + passage.cells, True
            else:
                if joined is not None:
                    yield joined
                joined = passage
            if leading:
                repeats += [stretch for cell in cells for stretch in cell]
        if joined is not None:
            yield joined

    def _flat(self, parent: etree._Element) -> list[Stretch]:
        """The words of a container in order, tables within it row by row."""
        stretches: list[Stretch] = []
        for element in parent:
            name = element.tag
            if name == _PARAGRAPH:
                stretches += self._read_paragraph(element)
            elif name == _TABLE:
                stretches += [each for passage in self._table(element) for cell in passage.cells for each in cell]
            elif name in _CONTROLS:
                stretches += self._flat(element)
        return stretches

    def _read_paragraph(self, paragraph: etree._Element) -> list[Stretch]:
        self._paragraph += 1
        children = list(paragraph)
        style, own_list = style_and_list(children)
        label = self._labels.label_of(style, own_list)
        pieces = Pieces(paragraph, style, self._capitals, self._called, self._references, looks=self._looks)
        if label:
            pieces.add(label + "\t")
        pieces.read(children)
        return pieces.stretches(self._part, self._paragraph)

    def _margins(self, properties: etree._Element | None, kind: str) -> dict[str, list[Stretch]]:
        found = {}
        for reference in () if properties is None else properties.iterchildren(f"{W}{kind}Reference"):
            found[reference.get(W + "type", "default")] = self._read_part(self._targets[reference.get(R + "id", "")])
        return found

    def _read_part(self, part: str) -> list[Stretch]:
        before = self._part, self._paragraph
        self._part, self._paragraph = part, 0
        stretches = self._flat(self._root(part))
        self._part, self._paragraph = before
        return stretches

    def _notes(self) -> dict[str, list[Stretch]]:
        self._part, self._paragraph = "word/footnotes.xml", 0
        written = {note.get(W + "id", ""): self._flat(note) for note in self._root(self._part)} if self._called else {}
        numbers = {note: number for number, note in enumerate(self._called, start=1)}
        return {
            note: [Stretch([str(numbers[note])], self._part, told[0].paragraph if told else 1, SOFT), *told]
            for note, told in written.items()
            if note in numbers
        }

    def _root(self, part: str) -> etree._Element:
        """A part's root.

        Whether a part may have merged cells, or runs that are told something, is seen from its bytes: a name that does
        not stand in them is no element's, unless they are encoded in another way.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
        )
        content = self._content(part) or b"<none/>"
        root = etree.fromstring(content, parser)
        legible = root.getroottree().docinfo.encoding == "UTF-8" and b"\0" not in content
        self._merges |= not legible or _MERGES in content
        self._looks |= not legible or any(name in content for name in _LOOKS)
        return root

    def _content(self, part: str) -> bytes:
        return self._container.read(part) if part in self._names else b""


def _target(target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))


def _section_end(element: etree._Element) -> etree._Element | None:
    if element.tag == _PARAGRAPH:
        told = (each for properties in element.iterchildren(_PROPERTIES) for each in properties.iterchildren(_SECTION))
        return next(told, None)
    return element if element.tag == _SECTION else None


def _blocks(parent: etree._Element | list[etree._Element]) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag in _BLOCKS:
            yield element
        elif element.tag in _CONTROLS:
            yield from _blocks(element)


def _cells(parent: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, without those of tables within them."""
    for child in parent:
        if child.tag == _CELL:
            yield child
        elif child.tag in _CONTROLS:
            yield from _cells(child)


def _continues(cell: etree._Element) -> bool:
    """Whether a cell only goes on with the one above."""
    merges = (merge for properties in cell.iterchildren(W + "tcPr") for merge in properties.iterchildren(W + "vMerge"))
    return any(merge.get(W + "val", "continue") == "continue" for merge in merges)


def _comes_again(row: etree._Element) -> bool:
    """Whether a row is a header row."""
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and is_on(mark)


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether a section goes on where the one before ended, on the same page."""
    return properties is not None and value_of(properties.find(W + "type")) == "continuous"


def _line_numbers(properties: etree._Element) -> tuple[int, int, bool] | None:
    numbers = properties.find(W + "lnNumType")
    every = 0 if numbers is None else int(numbers.get(W + "countBy", "0"))
    if numbers is None or not every:
        return None
    return int(numbers.get(W + "start", "0")) + 1, every, numbers.get(W + "restart", "newPage") == "newPage"
