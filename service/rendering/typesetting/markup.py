"""Writing Typst code. Text of a document enters it as string literals and in no other way, so no text is ever run."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from service.rendering.typesetting.looks import Border

_ESCAPES: Final = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def literal(text: str) -> str:
    """A Typst string literal."""
    if '"' in text or "\\" in text or not text.isprintable():
        for character, written in _ESCAPES:
            text = text.replace(character, written)
    return f'"{text}"'


@lru_cache(maxsize=4096)
def points(length: float) -> str:
    """A length, to a thousandth of a point."""
    return f"{round(length, 3) + 0.0:g}pt" if abs(length) < 1000 else f"{length:.3f}pt"  # noqa: PLR2004 - %g keeps six digits


def paint(color: str) -> str:
    """A colour from six hexadecimal digits."""
    return "black" if color == "000000" else f'rgb("#{color}")'


def stroke(border: Border, *, upright: bool = False) -> str:
    """A line's stroke. A double line is one stroke painted in three bands across, the middle one white."""
    width, color = points(border.width), paint(border.color)
    if border.line == "double":
        return f"Double({width},{color},{0 if upright else 90}deg)"
    if border.line == "solid":
        return f"{width}+{color}"
    return f'(thickness:{width},paint:{color},dash:"{border.line}")'


def block(statements: Iterable[str]) -> str:
    """Content made of statements; a single one stands without braces."""
    listed = list(statements)
    return listed[0] if len(listed) == 1 else "{" + ";".join(listed) + "}"


def array(members: Iterable[str]) -> str:
    """A Typst array; the trailing comma keeps one member an array."""
    return "(" + "".join(f"{member}," for member in members) + ")"


def arguments(named: Iterable[tuple[str, str]]) -> str:
    """Named arguments, joined."""
    return ",".join(f"{name}:{value}" for name, value in named)


class Definitions:
    """Typst functions defined once for each distinct look, not for each paragraph: that halves the work of layout."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}

    def define(self, prefix: str, body: str) -> str:
        """The name of the function of one content argument ``b`` whose body this is."""
        key = (prefix, body)
        if key not in self._names:
            self._names[key] = f"{prefix}{len(self._names)}"
        return self._names[key]

    def value(self, content: str) -> str:
        """The name of content that stands in many places: it costs less there than a call."""
        return self._values.setdefault(content, f"v{len(self._values)}")

    def source(self) -> str:
        """All definitions, in the order they were made."""
        values = "".join(f"#let {name}={content}\n" for content, name in self._values.items())
        return values + "".join(f"#let {name}(b)={body}\n" for (_, body), name in self._names.items())
