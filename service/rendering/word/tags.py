"""Template tags in the paragraphs of a Word part: found, judged, and made ready for docxtpl."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.errors import Fault
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.run_tags import isolate_run
from service.rendering.word.tag_forms import PREFIXED, tag_faults

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG: Final = re.compile(r"\{\{.{,2000}?\}\}|\{%.{,2000}?%\}|\{#.{,2000}?#\}", re.DOTALL)
"""A tag; what is longer is taken as never closed, so that no text can be searched without end."""
PLACE_MARK: Final = "\ue000"
"""Encloses a paragraph's number inside a tag whose paragraph docxtpl takes away; a private-use character."""

NUMBER_ATTRIBUTE: Final = "paragraph"
_SNIPPET_LENGTH: Final = 80
_ENCLOSING: Final = {"p": None, "tr": W + "tr", "tc": W + "tc"}
_LOST_WITH_PARAGRAPH: Final = {
    W + name for name in ("drawing", "pict", "object", "footnoteReference", "sym", "br", "sectPr", "bookmarkStart")
}
_TRACKED: Final = {W + name for name in ("ins", "del", "moveFrom", "moveTo")}
_CLOSED_BY: Final = {"endif": "if", "endfor": "for"}
_BALANCED: Final = re.compile(
    r"\{%[-+]?\s*(?P<prefix>p|tr|tc)?\s*(?P<word>if|elif|else|endif|for|endfor)\b(?:(?!\{%).)*?(?:%\}|$|(?=\{%))"
    r"|\b(?P<end>endif|endfor)\s*[-+]?%\}",
    re.DOTALL,
)
"""Statements that open, part or close a block; also such as lack a brace, so that what follows them is read rightly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a template, for pointing at: its number in the part, from 1, and the author's text."""

    number: int
    text: str

    @property
    def snippet(self) -> str:
        """Enough of the text to find it by."""
        return self.text if len(self.text) <= _SNIPPET_LENGTH else self.text[: _SNIPPET_LENGTH - 1] + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An ``if`` or ``for`` that waits for its end."""

    word: str
    prefix: str
    container: etree._Element | None
    passage: Passage

    @property
    def beginning(self) -> str:
        """The tag as its author would recognise it."""
        return f"{{%{self.prefix} {self.word} … %}}"

    @property
    def end(self) -> str:
        """The tag that ends it."""
        return f"{{%{self.prefix} end{self.word} %}}"


class TagReader:
    """Reads one part; afterwards its tree is numbered and ``faults`` lists every tag that cannot stand.

    ``looks`` are the properties of the runs that print rich text or pictures, by the number their tags name.
    """

    def __init__(self, part: str, root: etree._Element, language: TemplateLanguage) -> None:
        self.part = part
        self.language = language
        self.faults: list[Fault] = []
        self.passages: dict[int, Passage] = {}
        self.looks: list[str] = []
        self._open: list[_Opened] = []
        for number, paragraph in enumerate(root.iter(W + "p"), start=1):
            self._read(number, paragraph)
        for opened in self._open:
            self._fault("unclosed_tag", f"This {opened.beginning} has no {opened.end}: write it.", opened.passage)
        self.faults += _tracked_changes(part, root, self.passages)

    def _fault(self, code: str, message: str, passage: Passage) -> None:
        self.faults.append(
            Fault(code=code, message=message, part=self.part, paragraph=passage.number, snippet=passage.snippet)
        )

    def _read(self, number: int, paragraph: etree._Element) -> None:
        paragraph.set(NUMBER_ATTRIBUTE, str(number))
        passage = Passage(number=number, text=text_of(paragraph))
        self.passages[number] = passage
        tags: list[str] = TAG.findall(passage.text)
        for code, message in _text_faults(passage.text, paragraph, has_tags=bool(tags)):
            self._fault(code, message, passage)
        for tag in tags:
            faults = tag_faults(tag, self.language)
            for fault in faults:
                self._fault(fault.code, fault.message, passage)
            if not faults:
                self._settle(tag, paragraph, passage)
        if re.search(r"\{%|%\}", passage.text):
            self._balance(paragraph, passage)

    def _settle(self, tag: str, paragraph: etree._Element, passage: Passage) -> None:
        """Make a prefixed tag the only thing in what it takes away, or say why it cannot be."""
        prefixed = PREFIXED.match(tag)
        prefix = prefixed[1] if prefixed else ""
        if prefix == "r":
            if not isolate_run(paragraph, tag, self.looks):
                message = "Type this tag in one go: it may not reach across a link, a field or a control."
                self._fault("tag_unreadable", message, passage)
        elif prefix and (fault := _place_fault(tag, prefix, paragraph)):
            self._fault(*fault, passage)
        elif prefix:
            _leave_only_tag(paragraph, tag, prefix, passage.number)

    def _balance(self, paragraph: etree._Element, passage: Passage) -> None:
        """Follow beginnings and ends, those of misspelt tags too, lest one slip of the pen be told twice."""
        for statement in _BALANCED.finditer(passage.text):
            prefix, word = statement["prefix"] or "", statement["word"] or statement["end"]
            container = _container(paragraph, prefix)
            if word in {"if", "for"}:
                self._open.append(_Opened(word=word, prefix=prefix, container=container, passage=passage))
            elif (opened := self._opened_for(word, (prefix, container), passage)) is None:
                message = f"This {{%{prefix} {word} %}} has no {{% if %}} or {{% for %}} of its own before it."
                self._fault("unopened_tag", message, passage)
            else:
                if statement["word"] and (opened.prefix, opened.container) != (prefix, container):
                    form, beginning = f"{{%{opened.prefix} {word} %}}", opened.passage.number
                    message = (
                        f"Its beginning stands elsewhere: write {form} in the cell or table of paragraph {beginning}."
                    )
                    self._fault("crossed_tag", message, passage)
                if word in _CLOSED_BY:
                    self._open.pop()

    def _opened_for(self, word: str, place: tuple[str, etree._Element | None], passage: Passage) -> _Opened | None:
        """What this end or branch belongs to; whatever was opened inside and not closed is a fault of its own.

        A beginning of the same form in the same cell or table is preferred to one that merely comes last.
        """
        fitting = {_CLOSED_BY[word]} if word in _CLOSED_BY else {"if"} if word == "elif" else {"if", "for"}
        candidates = [opened for opened in self._open if opened.word in fitting]
        alike = [opened for opened in candidates if (opened.prefix, opened.container) == place]
        if not candidates:
            return None
        while self._open[-1] is not (alike or candidates)[-1]:
            inner = self._open.pop()
            met = f"{{%{place[0]} {word} %}} of paragraph {passage.number}"
            message = f"This {inner.beginning} is still open where {met} comes: write {inner.end} before that."
            self._fault("unclosed_tag", message, inner.passage)
        return self._open[-1]


def text_of(paragraph: etree._Element) -> str:
    """The paragraph's own text, field codes included, that of text boxes in it excluded."""
    return "".join(piece.text or "" for piece in pieces_of(paragraph))


def pieces_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold the paragraph's own text."""
    for piece in paragraph.iter(W + "t", W + "instrText"):
        if next(piece.iterancestors(W + "p")) is paragraph:
            yield piece


def _tracked_changes(part: str, root: etree._Element, passages: dict[int, Passage]) -> Iterator[Fault]:
    message = "The template holds tracked changes: accept or reject them in Word first."
    told: set[str | None] = set()
    for change in root.iter(*_TRACKED):
        holder = next(change.iterancestors(W + "p", W + "tr", W + "tbl"), root)
        paragraph = next(holder.iter(W + "p"), None)
        number = None if paragraph is None else paragraph.get(NUMBER_ATTRIBUTE)
        if number in told:
            continue
        told.add(number)
        if number is None:
            yield Fault(code="tracked_changes", message=message, part=part)
        else:
            at = passages[int(number)]
            yield Fault(
                code="tracked_changes", message=message, part=part, paragraph=at.number, snippet=at.snippet or None
            )


def _text_faults(text: str, paragraph: etree._Element, *, has_tags: bool) -> Iterator[tuple[str, str]]:
    rest = TAG.sub("", text)
    if re.search(r"\{[{%#]", rest):
        yield "unclosed_tag", "A template tag is opened and not closed in its paragraph."
    elif re.search(r"[}%]\}", rest):
        yield "unopened_tag", "A template tag is closed that was not opened in its paragraph."
    if re.search("[\t\n\r]", text):
        yield "layout_character", "A tab or line break stands here as a character: set it in Word instead."
    if PLACE_MARK in text:
        yield "layout_character", "A private-use character (U+E000) stands here: remove it."
    if has_tags and next(paragraph.iterancestors(W + "txbxContent"), None) is not None:
        yield "tag_refused", "A template tag stands in a text box: put it into the text."


def _container(paragraph: etree._Element, prefix: str) -> etree._Element | None:
    if prefix == "tr":
        return next(paragraph.iterancestors(W + "tbl"), None)
    if prefix == "tc":
        return next(paragraph.iterancestors(W + "tr"), None)
    return paragraph.getparent()


def _place_fault(tag: str, prefix: str, paragraph: etree._Element) -> tuple[str, str] | None:
    enclosing = _ENCLOSING[prefix]
    whole = paragraph if enclosing is None else next(paragraph.iterancestors(enclosing), None)
    if whole is None:
        return "text_beside_tag", f"A {{%{prefix} … %}} tag stands outside a table."
    text = "".join(piece.text or "" for piece in whole.iter(W + "t", W + "instrText"))
    what = {"p": "paragraph", "tr": "table row", "tc": "table cell"}[prefix]
    if not TAG.sub("", text).strip() and sum(each.startswith(f"{{%{prefix} ") for each in TAG.findall(text)) > 1:
        message = f"Two {{%{prefix} … %}} tags stand in one {what}: give each a {what} of its own."
        return "two_tags_together", message
    if text.strip() != tag or any(True for _ in whole.iter(*_LOST_WITH_PARAGRAPH)):
        message = (
            f"A {{%{prefix} … %}} tag takes its whole {what} away: put what stands beside it into a {what} of its own."
        )
        return "text_beside_tag", message
    return None


def _leave_only_tag(paragraph: etree._Element, tag: str, prefix: str, number: int) -> None:
    """Make the paragraph one run that holds the tag, with its number inside for finding faults by."""
    for child in list(paragraph):
        paragraph.remove(child)
    run = etree.SubElement(paragraph, W + "r")
    opening, inner = tag[:2], tag[2 + len(prefix) :].lstrip()
    etree.SubElement(run, W + "t").text = f"{opening}{prefix} {PLACE_MARK}{number}{PLACE_MARK}{inner}"
