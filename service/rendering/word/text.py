"""The running text of a Word document, paragraph by paragraph, as a search of it needs it."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import unescape

from lxml import etree

DOCUMENT: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH: Final = f"{_W}p"
_TEXT: Final = f"{_W}t"
_DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8'"
_LANGUAGE: Final = _W[1:-1].encode()
_PREFIX: Final = b"xmlns:w="
_ELSEWISE: Final = (b"<!", b"\r")
_REFERENCES: Final = {"&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'"}
_WRITTEN: Final = re.compile(
    r"<w:(?:(p)(?=[\s/>])"
    r"|t(?: xml:space=\"preserve\")?>([^<>]*)</w:t>"
    r"|(tab|br|cr|noBreakHyphen)(?=[\s/>])"
    r"|(t)(?=[\s/>]))"
)
"""Where a paragraph begins, a text, a sign; and a text that is written in another way."""
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
    written = _as_written(content)
    return _as_parsed(content) if written is None else written


def _as_parsed(content: bytes) -> tuple[str, ...]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False))
    paragraphs: list[list[str]] = []
    for element in root.iter(_PARAGRAPH, _TEXT, *_SIGNS):
        tag = element.tag
        if tag == _PARAGRAPH:
            paragraphs.append([])
        elif paragraphs:
            paragraphs[-1].append(element.text or "" if tag == _TEXT else _SIGNS[str(tag)])
    return tuple(map("".join, paragraphs))


def _as_written(content: bytes) -> tuple[str, ...] | None:
    """The same without a parser, of a part as this service writes its own; ``None`` of one written in another way.

    Such a part has the language under its usual prefix and no other, and neither comments, character data sections,
    instructions nor references to characters but quotation marks.
    """
    if not content.startswith(_DECLARATION) or content.count(b"<?") != 1 or any(each in content for each in _ELSEWISE):
        return None
    if content.count(_LANGUAGE) != 1 or content.count(_PREFIX) != 1 or _PREFIX + b'"%b"' % _LANGUAGE not in content:
        return None
    if content.count(b"&#") != content.count(b"&#34;") + content.count(b"&#39;"):
        return None
    paragraphs: list[list[str]] = []
    for paragraph, text, sign, other in _WRITTEN.findall(content.decode()):
        if other:
            return None
        if paragraph:
            paragraphs.append([])
        elif paragraphs:
            paragraphs[-1].append(_SIGNS[_W + sign] if sign else text)
    return tuple(unescape("".join(pieces), _REFERENCES) for pieces in paragraphs)
