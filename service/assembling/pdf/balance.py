"""Graphics states that a page's content opens and does not close, or closes and did not open."""

import re

import pikepdf
from pikepdf import Array

_SAVE = b"q"
_SAVE_OR_RESTORE = frozenset({_SAVE, b"Q"})
# White space in a PDF (ISO 32000-1, 7.2.2), where Python splits no words.
_NULL = b"\x00"
_WITHOUT_OPERATORS = re.compile(
    rb"""
    << [\s0-9+.\-\[\]]*+ (?: /[^\s()<>\[\]{}/%]*+ [\s0-9+.\-\[\]]*+ )*+ >>  # a dictionary of names and numbers
    | \[ [^()<>\[\]{}%]*+ (?: <[\s0-9A-Fa-f]*+> [^()<>\[\]{}%]*+ )*+ \]     # an array of plain operands
    """,
    re.VERBOSE,
)
_UNUSUAL = b"()<>[]{}%\\\x0b"
_INLINE_IMAGE = b"ID"
_BACKSLASH = ord("\\")


def unbalanced(page: pikepdf.Page) -> tuple[int, int]:
    """How many graphics states the content restores without saving, and how many it leaves saved."""
    words = _words_of_plain_content(page)
    if words is None:
        words = [bytes(each.operator) for each in pikepdf.parse_content_stream(page, "q Q")]
    depth = lowest = 0
    for word in [word for word in words if word in _SAVE_OR_RESTORE]:
        depth += 1 if word == _SAVE else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def _words_of_plain_content(page: pikepdf.Page) -> list[bytes] | None:
    """Operators, and numbers and names beside them, found without taking every operand apart.

    ``None`` where the content holds anything that could be read in two ways, be it a comment, an inline image or a
    bracket too many: then it takes a parser.
    """
    contents = page.obj.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    if not all(isinstance(stream, pikepdf.Stream) for stream in streams):
        return None
    code = _without_strings(b"\n".join(stream.read_bytes() for stream in streams))
    if code is None:
        return None
    code = _WITHOUT_OPERATORS.sub(b" ", code)
    if _INLINE_IMAGE in code or len(code.translate(None, _UNUSUAL)) != len(code):
        return None
    return code.replace(_NULL, b" ").replace(b"/", b" /").split()


def _without_strings(content: bytes) -> bytes | None:
    """The content less its strings; ``None`` where one of them holds another or does not end."""
    code, *pieces = content.split(b"(")
    kept, ahead, open_still = [code], code, False
    for piece in pieces:
        if _is_escaped(ahead, len(ahead)) is not open_still:
            return None
        closing = piece.find(b")")
        while closing >= 0 and _is_escaped(piece, closing):
            closing = piece.find(b")", closing + 1)
        if closing >= 0:
            kept.append(piece[closing + 1 :])
        ahead, open_still = piece, closing < 0
    return None if open_still else b" ".join(kept)


def _is_escaped(text: bytes, place: int) -> bool:
    """Whether a backslash takes the meaning of the sign at a place; two of them are a backslash."""
    first = place
    while first > 0 and text[first - 1] == _BACKSLASH:
        first -= 1
    return (place - first) % 2 == 1
