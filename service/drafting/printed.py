"""What a template prints by ``{{r name }}``: pictures, and text in several looks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG or JPEG, set as wide as ``width_inches`` and as high as its proportions ask.

    ``alternative_text`` is read to whoever cannot see it (WCAG 2.1, 1.1.1) and may not be empty.
    """

    content: bytes
    alternative_text: str
    width_inches: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """Text in several looks within one paragraph; what its runs do not say, the template's own run does."""

    runs: tuple[TextRun, ...]
