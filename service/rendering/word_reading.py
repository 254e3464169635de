"""What a reader of a Word document reads, word by word: the half of the parity check that never saw the typesetter.

Written apart from the translator on purpose, with its own numbering and its own idea of capitals, so that a mistake
made there is not made here as well.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from unicodedata import normalize

from lxml import etree

from service.rendering.word_capitals import Capitals, W, capitals_of, is_on, value_of
from service.rendering.word_labels import Labels, list_sheet

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT: Final = "word/document.xml"
PAGE_NUMBER: Final = "\ue000"
PAGE_TOTAL: Final = "\ue001"
"""Stand for the page's number and the number of pages until the page is known."""
SOFT: Final = "\t"
"""Between words that need not be set apart by a space: across a tab, a line break, the end of a paragraph or cell."""

_SEPARATORS: Final = re.compile("([\t\n])")
_FIELDS: Final = {"PAGE": PAGE_NUMBER, "NUMPAGES": PAGE_TOTAL}
_SYMBOLS: Final = {"A8": "☐", "6F": "☐", "FE": "☒", "FD": "☒", "78": "☒", "FC": "✓", "B7": "•"}
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME: Final = _UNSEEN | {0x2010: "-", 0x2011: "-", 0xFFFE: "-", 0x02: "-", 0xFB01: "fi", 0xFB02: "fl"}


def as_read(text: str) -> str:
    """The text less what has no shape: soft hyphens, joiners; hyphens that only differ in where lines may break."""
    return normalize("NFC", text.translate(_SAME))


class Word(NamedTuple):
    """One word and its place. ``after`` is a space, :data:`SOFT`, or the leader that runs on to the next word."""

    text: str
    part: str
    paragraph: int
    after: str = " "
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Passage:
    """Words that keep their order: a run of paragraphs has one cell, a table row one for each of its cells.

    ``repeats`` holds the words of the header rows that come again where the row's table goes on to another page.
    """

    cells: list[list[Word]]
    repeats: list[Word] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SectionReading:
    """A section's passages, and its headers and footers by kind: ``default``, ``first``, ``even``."""

    passages: list[Passage]
    headers: Mapping[str, list[Word]]
    footers: Mapping[str, list[Word]]
    first_differs: bool
    starts_at: int | None


@dataclass(slots=True, kw_only=True)
class Reading:
    """A whole document as read; ``notes`` are its footnotes by id, each with its number before it."""

    sections: list[SectionReading]
    notes: Mapping[str, list[Word]]
    even_and_odd: bool


def read_word(word: bytes) -> Reading:
    """Read a Word document that the typesetter has accepted."""
    with zipfile.ZipFile(io.BytesIO(word)) as container:
        return _Reader(
            {name: container.read(name) for name in container.namelist() if name.endswith((".xml", ".rels"))}
        ).read()


class _Reader:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._capitals = capitals_of(parts.get("word/styles.xml", b""))
        self._labels = Labels(list_sheet(parts.get("word/numbering.xml"), parts.get("word/styles.xml")))
        self._targets = {
            each.get("Id", ""): _target(each.get("Target", "")) for each in self._root("word/_rels/document.xml.rels")
        }
        self._part = DOCUMENT
        self._paragraph = 0
        self._called: list[str] = []

    def read(self) -> Reading:
        sections: list[SectionReading] = []
        held: list[etree._Element] = []
        headers: dict[str, list[Word]] = {}
        footers: dict[str, list[Word]] = {}
        body = self._root(DOCUMENT)[0]
        for element in [*body, None]:
            if element is not None:
                held.append(element)
            properties = None if element is None else _section_end(element)
            if properties is not None or (element is None and held):
                headers = {**headers, **self._margins(properties, "header")}
                footers = {**footers, **self._margins(properties, "footer")}
                sections.append(self._section(held, properties, headers, footers))
                held = []
        settings = self._root("word/settings.xml")
        even = settings.find(W + "evenAndOddHeaders")
        return Reading(sections=sections, notes=self._notes(), even_and_odd=even is not None and is_on(even))

    def _section(
        self,
        elements: list[etree._Element],
        properties: etree._Element | None,
        headers: Mapping[str, list[Word]],
        footers: Mapping[str, list[Word]],
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
        )

    def _passages(self, elements: list[etree._Element]) -> Iterator[Passage]:
        words: list[Word] = []
        for element in _blocks(elements):
            if element.tag == W + "p":
                words += self._read_paragraph(element)
                continue
            if words:
                yield Passage([words])
                words = []
            yield from self._table(element)
        if words:
            yield Passage([words])

    def _table(self, table: etree._Element) -> Iterator[Passage]:
        repeats: list[Word] = []
        leading = True
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue
            cells = [self._flat(cell) for cell in _own_cells(row)]
            mark = row.find(f"{W}trPr/{W}tblHeader")
            leading = leading and mark is not None and is_on(mark)
            yield Passage([cell for cell in cells if cell], [] if leading else list(repeats))
            if leading:
                repeats += [word for cell in cells for word in cell]

    def _flat(self, parent: etree._Element) -> list[Word]:
        """The words of a container in order, tables within it row by row."""
        words: list[Word] = []
        for element in _blocks(parent):
            if element.tag == W + "p":
                words += self._read_paragraph(element)
            else:
                words += [word for passage in self._table(element) for cell in passage.cells for word in cell]
        return words

    def _read_paragraph(self, paragraph: etree._Element) -> list[Word]:
        self._paragraph += 1
        label = self._labels.next_label(paragraph)
        pieces = _Pieces(paragraph, self._capitals, self._called)
        if label:
            pieces.add(label + "\t")
        pieces.read(paragraph)
        return [Word(text, self._part, self._paragraph, after, notes) for text, after, notes in pieces.words()]

    def _margins(self, properties: etree._Element | None, kind: str) -> dict[str, list[Word]]:
        found = {}
        for reference in () if properties is None else properties.iterchildren(f"{W}{kind}Reference"):
            found[reference.get(W + "type", "default")] = self._read_part(self._targets[reference.get(R + "id", "")])
        return found

    def _read_part(self, part: str) -> list[Word]:
        before = self._part, self._paragraph
        self._part, self._paragraph = part, 0
        words = self._flat(self._root(part))
        self._part, self._paragraph = before
        return words

    def _notes(self) -> dict[str, list[Word]]:
        self._part, self._paragraph = "word/footnotes.xml", 0
        written = {note.get(W + "id", ""): self._flat(note) for note in self._root(self._part)} if self._called else {}
        numbers = {note: number for number, note in enumerate(self._called, start=1)}
        return {
            note: [Word(str(numbers[note]), self._part, words[0].paragraph if words else 1, SOFT), *words]
            for note, words in written.items()
            if note in numbers
        }

    def _root(self, part: str) -> etree._Element:
        return _parse(self._parts.get(part, b"<none/>"))


class _Pieces:
    """Gathers the text of one paragraph. Control characters mark tabs and calls of notes until words are made."""

    _NOTE: Final = "\ue002"

    def __init__(self, paragraph: etree._Element, capitals: Capitals, called: list[str]) -> None:
        self._text: list[str] = []
        self._capitals = capitals
        self._called = called
        self._notes: dict[str, str] = {}
        self._style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        self._tab = SOFT + capitals.leaders(paragraph, self._style)
        self._instruction: list[str] | None = None
        self._in_result = False

    def add(self, text: str) -> None:
        """Append text that is not taken from a run."""
        self._text.append(text)

    def read(self, parent: etree._Element) -> None:
        """Append everything below the parent, in order."""
        for child in parent:
            if child.tag == W + "r":
                self._run(child)
            elif child.tag == W + "fldSimple":
                self._text.append(_field(child.get(W + "instr", "")))
            elif child.tag != W + "pPr" and child.tag != W + "sdtPr":
                self.read(child)

    def words(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """The words, what stands after each, and the notes called in it."""
        pieces = [*_SEPARATORS.split(as_read("".join(self._text))), ""]
        for stretch, separator in zip(pieces[::2], pieces[1::2], strict=True):
            after = self._tab if separator == "\t" else SOFT
            spoken = stretch.split()
            for position, text in enumerate(spoken, start=1):
                yield self._word(text, after if position == len(spoken) else " ")

    def _word(self, text: str, after: str) -> tuple[str, str, tuple[str, ...]]:
        if self._NOTE not in text:
            return text, after, ()
        first, *rest = text.split(self._NOTE)
        ids = tuple(self._notes[piece.partition("\ue003")[0]] for piece in rest)
        return first + "".join(piece.replace("\ue003", "", 1) for piece in rest), after, ids

    def _run(self, run: etree._Element) -> None:
        for child in run:
            name = child.tag
            if name == W + "fldChar":
                self._field_character(child.get(W + "fldCharType", ""))
            elif name == W + "instrText" and self._instruction is not None:
                self._instruction.append(child.text or "")
            elif not self._in_result:
                self._run_child(child, run)

    def _run_child(self, child: etree._Element, run: etree._Element) -> None:
        if child.tag == W + "t":
            text = (child.text or "").replace("\t", " ")
            if child.get(_SPACE) != "preserve":
                text = text.strip()
            self._text.append(text.upper() if self._capitals.of(run, self._style) else text)
        elif child.tag == W + "tab":
            self._text.append("\t")
        elif child.tag in {W + "br", W + "cr"}:
            self._text.append("\n")
        elif child.tag == W + "noBreakHyphen":
            self._text.append("-")
        elif child.tag == W + "sym":
            self._text.append(_SYMBOLS.get(child.get(W + "char", "")[-2:].upper(), ""))
        elif child.tag == W + "footnoteReference":
            note = child.get(W + "id", "")
            self._called.append(note)
            number = str(len(self._called))
            self._notes[number] = note
            self._text.append(f"{self._NOTE}{number}\ue003")

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._instruction = []
        elif kind == "separate":
            self._text.append(_field("".join(self._instruction or ())))
            self._in_result = True
        elif kind == "end":
            if not self._in_result:
                self._text.append(_field("".join(self._instruction or ())))
            self._instruction, self._in_result = None, False


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def _target(target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))


def _section_end(element: etree._Element) -> etree._Element | None:
    return element if element.tag == W + "sectPr" else element.find(f"{W}pPr/{W}sectPr")


def _blocks(parent: etree._Element | list[etree._Element]) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag in {W + "p", W + "tbl"}:
            yield element
        elif element.tag in {W + "sdt", W + "sdtContent"}:
            yield from _blocks(element)


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iter(W + "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continues = merge is not None and merge.get(W + "val", "continue") == "continue"
        if next(cell.iterancestors(W + "tr")) is row and not continues:
            yield cell


def _field(instruction: str) -> str:
    words = instruction.split()
    return _FIELDS.get(words[0].upper(), "") if words else ""
