"""How many lines a text of plain words fills: what the compiler will do, where that is beyond doubt.

Lines break at spaces alone, each as late as it can (the compiler's simple line breaking; Unicode Annex 14 for where).
Words with hyphens, dashes, slashes or quotation marks may break elsewhere, and then no number is given.
"""

import re
from typing import Final

from service.rendering.typesetting.fonts import text_width
from service.rendering.typesetting.looks import RunLook

_WORD: Final = re.compile(r"[$(]?(?:[^\W_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)+)%?[.,;:)]*|&")
_DOUBT: Final = 0.05
"""A line that misses or meets the margin by less than this many points may break either way."""


def lines_within(text: str, look: RunLook, width: float) -> int | None:
    """The number of lines in which a text is set within a width in points; None where it is not certain."""
    words = text.split(" ")
    if not all(_WORD.fullmatch(word) for word in words):
        return None
    space = text_width(" ", look)
    lines, end = 1, -space
    for word in words:
        length = text_width(word, look)
        reach = end + space + length
        if reach > width + _DOUBT and length < width - _DOUBT:
            lines, reach = lines + 1, length
        elif reach > width - _DOUBT:
            return None
        end = reach
    return lines
