"""What a table row is like but for its words: rows of one likeness are read once.

A row is written out as XML and cut where its texts end: lxml does so in less time than it takes to look at the cells
one by one. The likeness is all but the texts; two rows that share it differ in their characters alone.
"""

from typing import Final

from lxml import etree

from service.rendering.typesetting.names import W

_END: Final = "</w:t>"
_LONGEST: Final = 1000
"""A row of more elements is not worth remembering."""

_WORDY: Final = frozenset(
    {"bookmarkStart", "hyperlink", "fldSimple", "instrText", "alias", "tag", "smartTag", "attr", "dataBinding"}
)


def likeness(row: etree._Element) -> tuple[str, list[str]]:
    """The likeness of a row, and its texts as written: entities stand for signs that XML reserves."""
    *cut, last = etree.tostring(row, encoding="unicode", with_tail=False).split(_END)
    heads, texts = [], []
    for piece in cut:
        head, _, text = piece.rpartition(">")
        heads.append(head)
        texts.append(text)
    heads.append(last)
    return _END.join(heads), texts


def is_wordless(row: etree._Element, texts: list[str]) -> bool:
    """Whether the likeness of a short row holds no words: all were cut out, and no attribute has room for any.

    A bookmark's name, a field's code or the description of a picture may say something about a person, and what is
    remembered outlives the document.
    """
    written = sum(1 for each in row.iter(W + "t") if each.text)
    elements = list(row.iter())
    return len(elements) < _LONGEST and written == len(texts) and all(_has_no_words(each) for each in elements)


def _has_no_words(element: etree._Element) -> bool:
    name = str(element.tag)
    known = name.startswith(W) and name.removeprefix(W) not in _WORDY
    return known and (name == W + "t" or not (element.text or "").strip())
