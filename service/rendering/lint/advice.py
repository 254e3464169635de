"""What readers who cannot see the page need, and the typesetter cannot insist on: headings, header rows, language.

After PDF/UA-1 (ISO 14289-1) and WCAG 2.1 level AA (1.3.1, 2.4.6, 3.1.1).
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from service.rendering.lint.findings import LintFault, Severity
from service.rendering.lint.word_file import OpenedWord
from service.rendering.typesetting.archive import MAIN_PART, parse_part
from service.rendering.word.tags import NUMBER_ATTRIBUTE, TAG, Passage, W

_STYLES: Final = "word/styles.xml"
_LONGEST_HEADING: Final = 120
_PARAGRAPHS_WITHOUT_HEADING: Final = 12
_SENTENCE_ENDS: Final = (".", ";", ",", ":", "?", "!", "”")
_ON: Final = frozenset({None, "1", "true", "on"})
_NO_LINE: Final = frozenset({"nil", "none"})


def advice(opened: OpenedWord) -> list[LintFault]:
    """Bold lines that look like headings, a text without headings, tables without header row, no language."""
    styles = _Styles(opened.parts.get(_STYLES))
    return [*_heading_advice(opened, styles), *_table_advice(opened, styles), *_language_advice(styles)]


class _Styles:
    """As much of the style sheet as tells headings, rules around cells and the language."""

    def __init__(self, content: bytes | None) -> None:
        self.root = etree.Element("none") if content is None else parse_part(_STYLES, content)
        self._by_id = {style.get(W + "styleId"): style for style in self.root.iter(W + "style")}

    def chain(self, name: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on."""
        seen = set[str | None]()
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = _value(self._by_id[name].find(W + "basedOn"))


def _heading_advice(opened: OpenedWord, styles: _Styles) -> Iterator[LintFault]:
    headings, written = 0, 0
    for passage, paragraph in opened.passages(MAIN_PART):
        if not passage.text.strip():
            continue
        written += 1
        if _is_heading(paragraph, styles):
            headings += 1
        elif TAG.sub("", passage.text).strip() and _looks_like_heading(paragraph, passage):
            message = "This bold line looks like a heading: give it a heading style, so that readers can jump to it."
            yield _warning("bold_heading", message, passage)
    if written > _PARAGRAPHS_WITHOUT_HEADING and not headings:
        message = "The document has no heading: give its title and sections heading styles."
        yield LintFault(code="no_heading", severity=Severity.WARNING, message=message, part=MAIN_PART)


def _is_heading(paragraph: etree._Element, styles: _Styles) -> bool:
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    named = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
    levels = [own] if own is not None else [style.find(f"{W}pPr/{W}outlineLvl") for style in styles.chain(named)]
    return any(level is not None and (_value(level) or "9") != "9" for level in levels)


def _looks_like_heading(paragraph: etree._Element, passage: Passage) -> bool:
    text = passage.text.strip()
    if len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_ENDS) or not any(map(str.isalpha, text)):
        return False
    if next(paragraph.iterancestors(W + "tbl", W + "txbxContent"), None) is not None:
        return False
    spoken = [run for run in paragraph.iter(W + "r") if any((piece.text or "").strip() for piece in run.iter(W + "t"))]
    return bool(spoken) and all(_is_bold(run) for run in spoken)


def _is_bold(run: etree._Element) -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and _value(bold) in _ON


def _table_advice(opened: OpenedWord, styles: _Styles) -> Iterator[LintFault]:
    """A table with rules shows figures; one without only places text and needs no header row."""
    for table in opened.stories[MAIN_PART].iter(W + "tbl"):
        rows = table.findall(W + "tr")
        if len(rows) < 2 or not _is_ruled(table, styles):  # noqa: PLR2004 - a single row is a frame, not a table
            continue
        first = next(table.iter(W + "p"))
        passage = Passage(number=int(first.get(NUMBER_ATTRIBUTE, "0")), text="".join(first.itertext()))
        header = rows[0].find(f"{W}trPr/{W}tblHeader")
        if header is None or _value(header) not in _ON:
            message = "The table has no header row: mark its first row under Table Layout, Repeat Header Rows."
            yield _warning("table_header", message, passage)
        if table.find(f"{W}tblPr/{W}tblCaption") is None:
            message = (
                "The table has no title for readers who cannot see it: write one under Table Properties, Alt Text."
            )
            yield _warning("table_title", message, passage)


def _is_ruled(table: etree._Element, styles: _Styles) -> bool:
    own = table.find(W + "tblPr")
    named = None if own is None else _value(own.find(W + "tblStyle"))
    sources = [own, *(style.find(W + "tblPr") for style in styles.chain(named))]
    borders = (source.find(W + "tblBorders") for source in sources if source is not None)
    rules = next((found for found in borders if found is not None), None)
    return rules is not None and any((_value(rule) or "nil") not in _NO_LINE for rule in rules)


def _language_advice(styles: _Styles) -> Iterator[LintFault]:
    language = styles.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    default = next((style for style in styles.root.iter(W + "style") if style.get(W + "default") == "1"), None)
    styled = None if default is None else default.find(f"{W}rPr/{W}lang")
    if _value(language) is None and _value(styled) is None:
        message = "The document names no language: select all text and set English under Review, Language."
        yield LintFault(code="language_missing", severity=Severity.WARNING, message=message, part=_STYLES)


def _warning(code: str, message: str, passage: Passage) -> LintFault:
    return LintFault(
        code=code,
        severity=Severity.WARNING,
        message=message,
        part=MAIN_PART,
        paragraph=passage.number,
        snippet=passage.snippet or None,
    )


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(W + "val")
