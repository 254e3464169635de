"""Template tags in the paragraphs of a Word part: found, judged, and made ready for docxtpl."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from service.errors import Fault
from service.rendering.word_language import CELL_STATEMENTS, STATEMENTS_ALLOWED, TemplateLanguage

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
PLACE_MARK: Final = "\ue000"
"""Encloses a paragraph's number inside a tag whose paragraph docxtpl takes away; a private-use character."""

NUMBER_ATTRIBUTE: Final = "paragraph"
_SNIPPET_LENGTH: Final = 80
_PREFIXED: Final = re.compile(r"\{[%{#](p|tr|tc|r)\s")
_SPACED_PREFIX: Final = re.compile(r"\{%\s+(p|tr|tc|r)\s+\w")
_WHITESPACE_CONTROL: Final = re.compile(r"\{[%{#][-+]|[-+][%}#]\}$")
_STATEMENT: Final = re.compile(r"\{%(?:p|tr|tc)?\s*(\w+)")
_STRING: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_CURLY_TO_STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")
_ENCLOSING: Final = {"p": None, "tr": W + "tr", "tc": W + "tc"}
_LOST_WITH_PARAGRAPH: Final = {
    W + name for name in ("drawing", "pict", "object", "footnoteReference", "sym", "br", "sectPr", "bookmarkStart")
}
_TRACKED: Final = {W + name for name in ("ins", "del", "moveFrom", "moveTo")}
_CLOSED_BY: Final = {"endif": "if", "endfor": "for"}


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


class TagReader:
    """Reads one part; afterwards its tree is numbered and ``faults`` lists every tag that cannot stand."""

    def __init__(self, part: str, root: etree._Element, language: TemplateLanguage) -> None:
        self.part = part
        self.language = language
        self.faults: list[Fault] = []
        self.passages: dict[int, Passage] = {}
        self._open: list[_Opened] = []
        for number, paragraph in enumerate(root.iter(W + "p"), start=1):
            self._read(number, paragraph)
        for opened in self._open:
            self._fault(
                "unclosed_tag", f"This {{% {opened.word} … %}} has no {{% end{opened.word} %}}.", opened.passage
            )
        if any(True for _ in root.iter(*_TRACKED)):
            message = "The template holds tracked changes: accept or reject them in Word first."
            self.faults.append(Fault(code="tracked_changes", message=message, part=part))

    def _fault(self, code: str, message: str, passage: Passage) -> None:
        self.faults.append(
            Fault(code=code, message=message, part=self.part, paragraph=passage.number, snippet=passage.snippet)
        )

    def _read(self, number: int, paragraph: etree._Element) -> None:
        paragraph.set(NUMBER_ATTRIBUTE, str(number))
        passage = Passage(number=number, text=_text(paragraph))
        self.passages[number] = passage
        tags: list[str] = TAG.findall(passage.text)
        for code, message in _text_faults(passage.text, paragraph, has_tags=bool(tags)):
            self._fault(code, message, passage)
        for tag in tags:
            if fault := _tag_fault(tag, self.language):
                self._fault("tag_refused", fault, passage)
                continue
            prefixed = _PREFIXED.match(tag)
            prefix = prefixed[1] if prefixed else ""
            if prefix and (fault := _place_fault(tag, prefix, paragraph)):
                self._fault("text_beside_tag", fault, passage)
            elif prefix:
                _leave_only_tag(paragraph, tag, prefix, number)
            self._balance(tag, prefix, paragraph, passage)

    def _balance(self, tag: str, prefix: str, paragraph: etree._Element, passage: Passage) -> None:
        statement = _STATEMENT.match(tag)
        word = statement[1] if statement else ""
        container = _container(paragraph, prefix)
        if word in {"if", "for"}:
            self._open.append(_Opened(word=word, prefix=prefix, container=container, passage=passage))
            return
        if word not in {"elif", "else", *_CLOSED_BY}:
            return
        opened = self._open[-1] if self._open else None
        if opened is None or opened.word != _CLOSED_BY.get(word, opened.word):
            message = f"This {{% {word} %}} has no {{% if %}} or {{% for %}} of its own before it."
            self._fault("unopened_tag", message, passage)
        elif (opened.prefix, opened.container) != (prefix, container):
            form, beginning = f"{{%{opened.prefix} {word} %}}", opened.passage.number
            message = f"Its beginning stands elsewhere: write {form} in the cell or table of paragraph {beginning}."
            self._fault("crossed_tag", message, passage)
        if opened is not None and word in _CLOSED_BY:
            self._open.pop()


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _pieces(paragraph: etree._Element) -> Iterator[etree._Element]:
    for piece in paragraph.iter(W + "t", W + "instrText"):
        if next(piece.iterancestors(W + "p")) is paragraph:
            yield piece


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


def _tag_fault(tag: str, language: TemplateLanguage) -> str | None:
    """What is wrong with a tag taken by itself, in words that say what to write."""
    faults = (_form_fault(tag), _sign_fault(tag), _statement_fault(tag, language))
    return next((fault for fault in faults if fault), None)


def _form_fault(tag: str) -> str | None:
    prefixed = _PREFIXED.match(tag)
    if _WHITESPACE_CONTROL.search(tag):
        return "Write the tag without - and + at its ends: they would join paragraphs."
    if spaced := _SPACED_PREFIX.match(tag):
        return f"Write {{%{spaced[1]} … %}} without a space before the {spaced[1]}."
    if prefixed and (tag.startswith("{{") or prefixed[1] == "r"):
        return "Rich text, pictures and subdocuments are not supported: write {{ name }}."
    if prefixed and re.search("[%}]", tag[2:-2]):
        return "A tag that takes a paragraph, row or cell away may hold neither % nor }."
    return None


def _sign_fault(tag: str) -> str | None:
    bare = _STRING.sub("", _straight(tag))
    odd = next((sign for sign in bare if not sign.isascii() and not sign.isspace()), None)
    if odd is None or tag.startswith("{#"):
        return None
    name = f"“{odd}” ({unicodedata.name(odd, 'unnamed')}, U+{ord(odd):04X})"
    return f"The sign {name} cannot stand in a tag outside quotation marks."


def _statement_fault(tag: str, language: TemplateLanguage) -> str | None:
    statement = _STATEMENT.match(tag)
    if statement and statement[1] in CELL_STATEMENTS:
        return None
    if statement and statement[1] not in STATEMENTS_ALLOWED:
        return f"The statement “{statement[1]}” is not supported; known are {', '.join(sorted(STATEMENTS_ALLOWED))}."
    return _syntax_fault(_PREFIXED.sub(lambda match: f"{match[0][:2]} ", _straight(tag)), language)


@lru_cache(maxsize=2048)
def _syntax_fault(tag: str, language: TemplateLanguage) -> str | None:
    statement = _STATEMENT.match(tag)
    before, after = {
        "if": ("", "{% endif %}"),
        "elif": ("{% if true %}", "{% endif %}"),
        "else": ("{% if true %}", "{% endif %}"),
        "endif": ("{% if true %}", ""),
        "for": ("", "{% endfor %}"),
        "endfor": ("{% for each in [] %}", ""),
        "set": ("", "" if "=" in tag else "{% endset %}"),
    }.get(statement[1] if statement else "", ("", ""))
    try:
        tree = language.parse(before + tag + after)
        for kind, allowed in ((nodes.Filter, language.filters), (nodes.Test, language.tests)):
            for node in tree.find_all(kind):
                if node.name not in allowed:
                    name = kind.__name__.lower()
                    return f"The {name} “{node.name}” is not supported; known are {', '.join(sorted(allowed))}."
        language.compile(tree, raw=True)
    except TemplateSyntaxError as error:
        return f"The tag cannot be read: {error.message}"
    return None


def _straight(tag: str) -> str:
    return tag.translate(_CURLY_TO_STRAIGHT)


def _container(paragraph: etree._Element, prefix: str) -> etree._Element | None:
    if prefix == "tr":
        return next(paragraph.iterancestors(W + "tbl"), None)
    if prefix == "tc":
        return next(paragraph.iterancestors(W + "tr"), None)
    return paragraph.getparent()


def _place_fault(tag: str, prefix: str, paragraph: etree._Element) -> str | None:
    enclosing = _ENCLOSING[prefix]
    whole = paragraph if enclosing is None else next(paragraph.iterancestors(enclosing), None)
    if whole is None:
        return f"A {{%{prefix} … %}} tag stands outside a table."
    text = "".join(piece.text or "" for piece in whole.iter(W + "t", W + "instrText"))
    if text.strip() != tag or any(True for _ in whole.iter(*_LOST_WITH_PARAGRAPH)):
        what = {"p": "paragraph", "tr": "table row", "tc": "table cell"}[prefix]
        return (
            f"A {{%{prefix} … %}} tag takes its whole {what} away: put what stands beside it into a {what} of its own."
        )
    return None


def _leave_only_tag(paragraph: etree._Element, tag: str, prefix: str, number: int) -> None:
    """Make the paragraph one run that holds the tag, with its number inside for finding faults by."""
    for child in list(paragraph):
        paragraph.remove(child)
    run = etree.SubElement(paragraph, W + "r")
    opening, inner = tag[:2], tag[2 + len(prefix) :].lstrip()
    etree.SubElement(run, W + "t").text = f"{opening}{prefix} {PLACE_MARK}{number}{PLACE_MARK}{inner}"
