"""The text of one paragraph of a Word document, taken apart into words for the parity check."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from unicodedata import normalize

from lxml import etree

from service.rendering.parity.capitals import RAISED, Capitals, W
from service.rendering.parity.references import References

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
SOFT: Final = "\t"
"""Between words that need not be set apart by a space: across a tab, a line break, the end of a paragraph or cell."""
_SPECIAL: Final = re.compile("[\t\n\u00ad\ue000-\ue00f]")
"""What makes more of a text than its words: tabs, soft hyphens, and the marks that stand for more than characters."""
_SEPARATORS: Final = re.compile("([\t\n])")
_SYMBOLS: Final = {"A8": "☐", "6F": "☐", "FE": "☒", "FD": "☒", "78": "☒", "FC": "✓", "B7": "•"}
_SOFT_HYPHEN: Final = "\u00ad"
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME: Final = _UNSEEN | {0x2010: "-", 0x2011: "-", 0xFFFE: "-", 0x02: "-", 0xFB01: "fi", 0xFB02: "fl"}
_KEPT: Final = {code: same for code, same in _SAME.items() if code != ord(_SOFT_HYPHEN)}
_CHANGED: Final = re.compile(f"[{''.join(map(chr, _SAME))}]")
_NOTE: Final = "\ue002"
_NOTE_END: Final = "\ue003"
_MARK: Final = "\ue008"
_MARK_END: Final = "\ue009"
_SEAM: Final = "\ue00a"
_SIGNS: Final = re.compile(f"[{_SOFT_HYPHEN}{_NOTE}{_NOTE_END}{_MARK}{_MARK_END}{_SEAM}]")
"""What is no part of a word, but says something of it."""
_RUN: Final = W + "r"
_TEXT: Final = W + "t"
_PROPERTIES: Final = W + "rPr"
_FIELD_CHARACTER: Final = W + "fldChar"
_INSTRUCTION: Final = W + "instrText"
_SYMBOL: Final = W + "sym"
_NOTE_REFERENCE: Final = W + "footnoteReference"
_FIELD: Final = W + "fldSimple"
_BOOKMARK: Final = W + "bookmarkStart"
_SIGNS_OF: Final = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": _SOFT_HYPHEN,
}
"""Elements that stand for one sign."""
_NOTHING: Final[Mapping[str, etree._Element]] = {}
_UNSPOKEN: Final = frozenset({W + "pPr", W + "sdtPr"})
_MARKED: Final = re.compile(f"{_MARK}([^{_MARK_END}]*){_MARK_END}")


class Stretch(NamedTuple):
    """Words in a row with a space between each two, and their place; a word that more is to be said of is alone in it.

    ``after`` follows the last of them: a space, a soft one, or the leader that runs on to the next word. ``notes`` are
    called in such a word, ``marks`` are the bookmarks that begin in it, ``divisions`` the places where a soft hyphen
    allows to divide it, ``seams`` those where raised or lowered characters begin or end.
    """

    words: list[str]
    part: str
    paragraph: int
    after: str = " "
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    divisions: tuple[int, ...] = ()
    seams: tuple[int, ...] = ()


def as_read(text: str) -> str:
    """The text less what has no shape: soft hyphens, joiners; hyphens that only differ in where lines may break."""
    return normalize("NFC", text.translate(_SAME) if _CHANGED.search(text) else text)


class Pieces:
    """Gathers the text of one paragraph. Control characters mark tabs and calls of notes until words are made.

    ``looks`` says whether the runs of the document may be told anything of their characters.
    """

    def __init__(
        self,
        paragraph: etree._Element,
        style: str | None,
        capitals: Capitals,
        called: list[str],
        references: References,
        *,
        looks: bool,
    ) -> None:
        self._paragraph = paragraph
        self._references = references
        self._text: list[str] = []
        self._capitals = capitals
        self._called = called
        self._notes: dict[str, str] = {}
        self._style = style
        self._looks = looks
        self._instruction: list[str] | None = None
        self._in_result = False

    def add(self, text: str) -> None:
        """Append text that is not taken from a run."""
        self._text.append(text)

    def read(self, children: Iterable[etree._Element]) -> None:
        """Append everything in and below the children, in order."""
        for child in children:
            name = child.tag
            if name == _RUN:
                self._run(child)
            elif name == _FIELD:
                self._simple_field(child)
            elif name == _BOOKMARK:
                self._text.append(f"{_MARK}{child.get(W + 'name', '')}{_MARK_END}")
            elif name not in _UNSPOKEN:
                self.read(child)

    def _simple_field(self, field: etree._Element) -> None:
        instruction = field.get(W + "instr", "")
        if _is_link(instruction):
            self.read(field)
        else:
            self._text.append(self._references.printed(instruction, self._paragraph))

    def stretches(self, part: str, number: int) -> list[Stretch]:
        """The words in order, of this paragraph of this part."""
        whole = "".join(self._text)
        if whole.isascii() and "\t" not in whole and "\n" not in whole:
            words = whole.split()
        elif _SPECIAL.search(whole) is None:
            words = as_read(whole).split()
        else:
            return list(self._special_stretches(whole, part, number))
        return [Stretch(words, part, number, SOFT)] if words else []

    def _special_stretches(self, whole: str, part: str, number: int) -> Iterator[Stretch]:
        plain = whole if whole.isascii() else normalize("NFC", whole.translate(_KEPT))
        pieces = [*_SEPARATORS.split(plain), ""]
        held: list[str] = []
        for stretch, separator in zip(pieces[::2], pieces[1::2], strict=True):
            after = SOFT + self._capitals.leaders(self._paragraph, self._style) if separator == "\t" else SOFT
            if not held and (stretch.isascii() or _SIGNS.search(stretch) is None):
                words = stretch.split()
                if words:
                    yield Stretch(words, part, number, after)
                continue
            spoken = [_marked(each) for each in stretch.split()]
            said = [(text, marks) for text, marks in spoken if text]
            held += [mark for text, marks in spoken if not text for mark in marks]
            for position, (divisible, marks) in enumerate(said, start=1):
                text, notes = self._word(divisible)
                text, divisions = _places(text, _SOFT_HYPHEN, _SEAM)
                text, seams = _places(text, _SEAM)
                close = after if position == len(said) else " "
                yield Stretch([text], part, number, close, notes, (*held, *marks), divisions, seams)
                held = []

    def _word(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The word with the numbers of its notes, and their ids."""
        if _NOTE not in text:
            return text, ()
        first, *rest = text.split(_NOTE)
        ids = tuple(self._notes[piece.partition(_NOTE_END)[0]] for piece in rest)
        return first + "".join(piece.replace(_NOTE_END, "", 1) for piece in rest), ids

    def _run(self, run: etree._Element) -> None:
        told = self._capitals.told(run) if self._looks else _NOTHING
        if RAISED in told:
            self._text.append(_SEAM)
        for child in run:
            name = str(child.tag)
            if name == _TEXT:
                if not self._in_result:
                    self._say(child, told)
            elif name == _FIELD_CHARACTER:
                self._field_character(child.get(W + "fldCharType", ""))
            elif name == _INSTRUCTION and self._instruction is not None:
                self._instruction.append(child.text or "")
            elif name != _PROPERTIES and not self._in_result:
                self._run_child(name, child)
        if RAISED in told:
            self._text.append(_SEAM)

    def _say(self, element: etree._Element, told: Mapping[str, etree._Element]) -> None:
        text = (element.text or "").replace("\t", " ")
        inner = text.strip()
        if len(inner) < len(text) and element.get(_SPACE) != "preserve":
            text = inner
        self._text.append(text.upper() if self._capitals.of(told, self._style) else text)

    def _run_child(self, name: str, child: etree._Element) -> None:
        if name in _SIGNS_OF:
            self._text.append(_SIGNS_OF[name])
        elif name == _SYMBOL:
            self._text.append(_SYMBOLS.get(child.get(W + "char", "")[-2:].upper(), ""))
        elif name == _NOTE_REFERENCE:
            note = child.get(W + "id", "")
            self._called.append(note)
            number = str(len(self._called))
            self._notes[number] = note
            self._text.append(f"{_NOTE}{number}{_NOTE_END}")

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._instruction = []
        elif kind == "separate":
            self._end_instruction()
        elif kind == "end":
            if self._instruction is not None:
                self._end_instruction()
            self._instruction, self._in_result = None, False

    def _end_instruction(self) -> None:
        """Print what the field says; the result that the file keeps is passed over, but for the words of a link."""
        instruction, self._instruction = "".join(self._instruction or ()), None
        self._in_result = not _is_link(instruction)
        self._text.append(self._references.printed(instruction, self._paragraph))


def _marked(text: str) -> tuple[str, list[str]]:
    """The text without the marks of bookmarks, and their names; nothing where only marks and soft hyphens stand."""
    if _MARK in text:
        return _MARKED.sub("", text).strip(_SEAM), _MARKED.findall(text)
    return ("" if not text.strip(_SOFT_HYPHEN + _SEAM) else text), []


def _is_link(instruction: str) -> bool:
    return instruction.split()[:1] == ["HYPERLINK"]


def _places(text: str, sign: str, unseen: str = "") -> tuple[str, tuple[int, ...]]:
    """The word without a sign, and how many characters stand before each of these."""
    if sign not in text:
        return text, ()
    starts = itertools.accumulate(len(part.replace(unseen, "") if unseen else part) for part in text.split(sign))
    return text.replace(sign, ""), tuple(starts)[:-1]
