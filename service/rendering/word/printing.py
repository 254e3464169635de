"""What may stand in a document as it is: text and whole numbers, and nothing that Word would take for layout."""

import re
from typing import Any, Final

from jinja2 import Undefined

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class NotPrintable(Exception):
    """A value that cannot stand in a document as it is; the message never holds the value."""


def printable(value: Any) -> Any:
    """A value on its way into the document: text or a whole number, and nothing Word would take for layout.

    Raises:
        NotPrintable: Nothing, a truth value, a list, a picture or rich text; or text with a control character.
        AbsentName: The name is not there.
    """
    if isinstance(value, str):
        if _UNPRINTABLE.search(value):
            raise NotPrintable("A value holds a control character (a line break or tab, for instance).")
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    kind = "nothing (None)" if value is None else f"a value of kind {type(value).__name__}"
    raise NotPrintable(f"The template prints {kind}: print text, or rich text and pictures by {{{{r name }}}}.")
