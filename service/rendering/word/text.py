"""The running text of a Word document, paragraph by paragraph, as a search of it needs it."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

DOCUMENT: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH: Final = f"{_W}p"
_TEXT: Final = f"{_W}t"
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
"""Elements that stand for one sign."""


def paragraph_texts(word: bytes, part: str = DOCUMENT) -> tuple[str, ...]:
    """The text of every paragraph of a part, the running text unless told; paragraph 1 is its first ``w:p``.

    Numbers that Word gives to lists are not part of it, nor are those of pages.
    """
    return texts_of_parts(word, (part,))[part]


def texts_of_parts(word: bytes, parts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The same of several parts, by their names in the package."""
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        return {part: _texts(package.read(part)) for part in parts}


def _texts(content: bytes) -> tuple[str, ...]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    paragraphs: list[list[str]] = []
    for element in root.iter(_PARAGRAPH, _TEXT, *_SIGNS):
        tag = str(element.tag)
        if tag == _PARAGRAPH:
            paragraphs.append([])
        elif paragraphs:
            paragraphs[-1].append(element.text or "" if tag == _TEXT else _SIGNS[tag])
    return tuple("".join(pieces) for pieces in paragraphs)
