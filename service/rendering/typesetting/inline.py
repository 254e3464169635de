"""Reading what stands in a paragraph: runs, fields, links, notes and pictures become items. Nothing is passed over."""

from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fields import FieldReader
from service.rendering.typesetting.fonts import unsettable
from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.items import Bookmark, Item, LineBreak, NoteMark, PageBreak, Tab, Text
from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.names import R, W, short
from service.rendering.typesetting.pictures import read_picture

SYMBOLS: Final = {
    ("Wingdings", "A8"): "☐",
    ("Wingdings", "6F"): "☐",
    ("Wingdings", "FE"): "☒",
    ("Wingdings", "FD"): "☒",
    ("Wingdings", "78"): "☒",
    ("Wingdings", "FC"): "✓",
    ("Symbol", "B7"): "•",
}
"""Symbols that Word takes from its symbol fonts, by font and low byte of the code."""

_INVISIBLE: Final = frozenset({"pPr", "proofErr", "permStart", "permEnd", "bookmarkEnd"})
_REVISIONS: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"})
_COMMENTS: Final = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"})
_CHARACTERS: Final = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_INVISIBLE_RUN_CHILDREN: Final = frozenset(
    {"rPr", "lastRenderedPageBreak", "footnoteRef", "separator", "continuationSeparator"}
)


class InlineReader:
    """Reads the items of one paragraph."""

    def __init__(self, composition: Composition, base: RunLook) -> None:
        self._composition = composition
        self._findings = composition.findings
        self._base = base
        self._items: list[Item] = []
        self._instruction: str | None = None
        self._in_result = False
        self._link_field: str | None = None

    def read(self, paragraph: etree._Element) -> list[Item]:
        """All items; a field that does not end in its paragraph is a fault."""
        self._fields = FieldReader(self._composition, paragraph)
        self._children(paragraph, None)
        if self._instruction is not None:
            self._findings.refuse("field_unsupported", "A field does not end in its paragraph: replace it by its text.")
        return self._items

    def _children(self, parent: etree._Element, target: str | None) -> None:
        for child in parent:
            name = short(child)
            if name == "r":
                self._run(child, target)
            elif name == "hyperlink":
                self._link(child)
            elif name == "fldSimple":
                self._simple_field(child)
            elif name == "bookmarkStart":
                self._bookmark(child)
            elif name == "smartTag":
                self._children(child, target)
            elif name == "sdt":
                self._content_control(child, target)
            elif name not in _INVISIBLE:
                self._refuse_element(name)

    def _run(self, run: etree._Element, target: str | None) -> None:
        target = target or self._link_field
        look, problems = self._composition.styles.run(next(run.iterchildren(W + "rPr"), None), self._base)
        if problems:
            self._findings.refuse_all(problems)
        for child in run:
            name = short(child)
            if name == "t":
                if not self._in_result:
                    self._text(text_of(child), look, target)
            elif name not in _INVISIBLE_RUN_CHILDREN:
                self._run_child(child, name, look, target)

    def _run_child(self, child: etree._Element, name: str, look: RunLook, target: str | None) -> None:
        if name == "fldChar":
            self._field_character(child, look)
        elif name == "instrText":
            self._instruction = (self._instruction or "") + (child.text or "")
        elif self._in_result:
            self._refuse_element(f"{name} in a field")
        elif name == "sym":
            self._symbol(child, look, target)
        elif name in _CHARACTERS:
            self._text(_CHARACTERS[name], look, target)
        elif name == "tab":
            self._items.append(Tab(look))
        else:
            self._object(child, name)

    def _object(self, child: etree._Element, name: str) -> None:
        if name in {"br", "cr"}:
            self._break(child)
        elif name == "footnoteReference":
            self._note(child)
        elif name == "drawing":
            picture = read_picture(self._composition, child)
            self._items += [] if picture is None else [picture]
        else:
            self._refuse_element(name)

    def _text(self, text: str, look: RunLook, target: str | None) -> None:
        if not text:
            return
        missing = unsettable(text, look)
        if missing:
            codes = ", ".join(f"U+{ord(each):04X}" for each in missing[:8])
            self._findings.refuse(
                "glyph_missing",
                f"No shipped font sets these characters from left to right: {codes}. Write them otherwise.",
            )
        self._items.append(Text(text, look, target))

    def _break(self, element: etree._Element) -> None:
        kind = element.get(W + "type", "textWrapping")
        if kind == "page":
            self._items.append(PageBreak())
        elif kind == "textWrapping" and element.get(W + "clear", "none") == "none":
            self._items.append(LineBreak())
        else:
            self._findings.refuse("unsupported_element", f"A {kind} break is not typeset: use a line or a page break.")

    def _symbol(self, element: etree._Element, look: RunLook, target: str | None) -> None:
        character = SYMBOLS.get((element.get(W + "font", ""), element.get(W + "char", "")[-2:].upper()))
        if character is None:
            self._findings.refuse(
                "glyph_missing", "A symbol comes from a font that is not shipped: type the character itself."
            )
        else:
            self._text(character, look, target)

    def _note(self, element: etree._Element) -> None:
        if element.get(W + "customMarkFollows", "0") not in {"0", "false", "off"}:
            self._findings.refuse(
                "unsupported_element", "A footnote with a mark of its own is not typeset: number it automatically."
            )
        self._items.append(NoteMark(element.get(W + "id", "")))

    def _link(self, element: etree._Element) -> None:
        if element.get(R + "id") is not None:
            self._findings.refuse(
                "external_link", "A link leads out of the document: remove the link and keep its text."
            )
        anchor = element.get(W + "anchor")
        if anchor is not None and anchor not in self._composition.bookmarks:
            self._findings.refuse("link_target", "A link leads to a bookmark that is not there: set the link again.")
            anchor = None
        self._children(element, anchor)

    def _bookmark(self, element: etree._Element) -> None:
        name = element.get(W + "name", "")
        if name in self._composition.linked:
            self._items.append(Bookmark(name))

    def _content_control(self, element: etree._Element, target: str | None) -> None:
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            self._findings.refuse(
                "unsupported_element", "A form field still shows its prompt: fill it in or remove it."
            )
        content = element.find(W + "sdtContent")
        if content is not None:
            self._children(content, target)

    def _simple_field(self, element: etree._Element) -> None:
        code = element.get(W + "instr", "")
        target = self._fields.link_target(code)
        if target is not None:
            self._children(element, target or None)
            return
        run = element.find(W + "r")
        look, problems = self._composition.styles.run(None if run is None else run.find(W + "rPr"), self._base)
        self._findings.refuse_all(problems)
        self._items += self._fields.read(code, look)

    def _field_character(self, element: etree._Element, look: RunLook) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            if self._instruction is not None:
                self._findings.refuse(
                    "field_unsupported", "A field within a field is not typeset: replace it by its text."
                )
            self._instruction = ""
        elif kind == "separate":
            self._link_field = self._fields.link_target(self._instruction or "")
            self._in_result = self._link_field is None
            if self._in_result:
                self._items += self._fields.read(self._instruction or "", look)
        elif kind == "end":
            if not self._in_result and self._link_field is None:
                self._items += self._fields.read(self._instruction or "", look)
            self._instruction, self._in_result, self._link_field = None, False, None

    def _refuse_element(self, name: str) -> None:
        if name in _REVISIONS:
            self._findings.refuse("tracked_change", "The document holds tracked changes: accept or reject them.")
        elif name in _COMMENTS:
            self._findings.refuse("comment", "The document holds comments: delete them.")
        else:
            shown = name.rpartition("}")[2]
            self._findings.refuse("unsupported_element", f"<{shown}> is not typeset: remove it or replace it by text.")
