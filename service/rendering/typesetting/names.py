"""XML names of WordprocessingML and DrawingML (ECMA-376-1), in lxml's ``{namespace}local`` form."""

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
VAL: Final = W + "val"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_SHORT: dict[str, str] = {}


def short(element: etree._Element) -> str:
    """The local name within the Word namespace; the full name outside it: no other vocabulary passes for Word's."""
    tag = str(element.tag)
    name = _SHORT.get(tag)
    if name is None:
        name = tag.removeprefix(W)
        _SHORT[tag] = name
    return name
