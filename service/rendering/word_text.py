"""The running text of a Word document, paragraph by paragraph, as a search of it needs it."""

import io
import zipfile
from typing import Final

from lxml import etree

DOCUMENT: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BETWEEN: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}p": "",
    f"{_W}t": "",
}


def paragraph_texts(word: bytes) -> tuple[str, ...]:
    """The text of every paragraph of the main part; paragraph 1 is the first ``w:p`` of ``word/document.xml``.

    Numbers that Word gives to lists are not part of it.
    """
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        root = etree.fromstring(package.read(DOCUMENT), etree.XMLParser(resolve_entities=False, no_network=True))
    paragraphs: list[list[str]] = []
    for element in root.iter(*_BETWEEN):
        if element.tag == f"{_W}p":
            paragraphs.append([])
        elif paragraphs:
            paragraphs[-1].append(element.text or "" if element.tag == f"{_W}t" else _BETWEEN[str(element.tag)])
    return tuple("".join(pieces) for pieces in paragraphs)
