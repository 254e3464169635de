"""What a table row or a paragraph is like but for its words: those of one likeness are read once.

A table is written out as XML and cut where its texts and its rows end: lxml does so in less time than it takes to look
at the cells one by one. The likeness is all but the texts; two rows that share it differ in their characters alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from service.rendering.typesetting.names import W

_END: Final = "</w:t>"
_ROW: Final = re.compile(r"<w:tr[ />]")
_ROW_END: Final = "</w:tr>"
_MARKS: Final = re.compile(r"<w:(tr|p|r) (?![^>]*xmlns)[^>]*?(/?)>")
_LONGEST: Final = 1000
"""A row of more elements is not worth remembering."""
PARTS_OF_TABLE: Final = frozenset({W + "tblPr", W + "tblGrid", W + "tr"})
"""All that a table consists of where nothing stands among its rows or around them."""

_WORDY: Final = frozenset(
    {
        "alias", "attr", "bookmarkStart", "customXml", "dataBinding", "del", "ffData", "fldSimple", "hyperlink", "ins",
        "instrText", "moveFrom", "moveTo", "permStart", "sdt", "smartTag", "tag",
    }
)  # fmt: skip
"""What may say something about a person: names of places in the text, codes, entries to choose from."""
_TELLING: Final = frozenset({W + "author", W + "initials", W + "name"})
"""Attributes that may, whatever bears them: of every recorded change, above all."""
_LONGEST_VALUE: Final = 64
"""What says how something looks is shorter."""


def likenesses(table: etree._Element, rows: Sequence[etree._Element]) -> Iterable[tuple[str, list[str]]]:
    """The likeness of each row, and its texts as written: entities stand for signs that XML reserves.

    A likeness may be set beside that of a row of any other document.
    """
    if table.attrib or any(child.tag not in PARTS_OF_TABLE for child in table):
        return map(likeness_of, rows)
    written = etree.tostring(table, encoding="unicode", with_tail=False)
    starts = [found.start() for found in _ROW.finditer(written)]
    if not len(starts) == written.count(_ROW_END) == len(rows) > 0:  # rows within rows, or rows without cells
        return map(likeness_of, rows)
    return _cut(written, starts[0])


def likeness_of(element: etree._Element) -> tuple[str, list[str]]:
    """The likeness of one row or paragraph, and its texts as written."""
    heads, texts = _without_texts(etree.tostring(element, encoding="unicode", with_tail=False))
    return _without_marks(_END.join(heads)), texts


def _without_texts(written: str) -> tuple[list[str], list[str]]:
    *cut, last = written.split(_END)
    heads, texts = [], []
    for piece in cut:
        head, _, text = piece.rpartition(">")
        heads.append(head)
        texts.append(text)
    heads.append(last)
    return heads, texts


def _cut(written: str, start: int) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table as it is written, from the first one on."""
    declared = written[: written.index(">")]  # what the prefixes of names stand for
    heads, texts = _without_texts(written[start:])
    *rows, _ = _without_marks(_END.join(heads)).split(_ROW_END)
    known: dict[str, tuple[str, int]] = {}
    used = 0
    for row in rows:
        if row not in known:
            known[row] = (declared + row, row.count(_END))
        likeness, number = known[row]
        yield likeness, texts[used : used + number]
        used += number


def _without_marks(written: str) -> str:
    """Rows, paragraphs and runs without what their own tags say: by that Word compares and merges documents."""
    marked = any(tag in written for tag in ("<w:tr ", "<w:p ", "<w:r "))
    return _MARKS.sub(r"<w:\1\2>", written) if marked else written


def is_wordless(row: etree._Element, texts: Sequence[str]) -> bool:
    """Whether the likeness of a short row or paragraph holds no words of the document: all of them were cut out.

    A bookmark's name, a field's code or the description of a picture may say something about a person, and what is
    remembered outlives the document.
    """
    written = sum(1 for each in row.iter(W + "t") if each.text)
    elements = list(row.iter())
    return len(elements) < _LONGEST and written == len(texts) and all(_has_no_words(each) for each in elements)


def _has_no_words(element: etree._Element) -> bool:
    name = str(element.tag)
    if not name.startswith(W) or name.removeprefix(W) in _WORDY or (element.tail or "").strip():
        return False
    if any(len(value) > _LONGEST_VALUE or each in _TELLING for each, value in element.attrib.items()):
        return False
    return not len(element) if name == W + "t" else not (element.text or "").strip()
