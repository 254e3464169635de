"""The characters of a run's text."""

import re
from typing import Final

from lxml import etree

from service.rendering.typesetting.names import XML_SPACE

_SPACES: Final = re.compile(r"[\t\n\r]")


def text_of(element: etree._Element) -> str:
    """The characters of a ``w:t`` as Word shows them: white space at its ends counts only when it says so."""
    return as_shown(element.text or "", preserved=element.get(XML_SPACE) == "preserve")


def as_shown(text: str, *, preserved: bool) -> str:
    """Written characters as Word shows them; ``preserved``: whether white space at their ends counts."""
    if not text.isprintable():
        text = _SPACES.sub(" ", text)
    return text if preserved else text.strip(" ")
