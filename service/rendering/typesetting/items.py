"""What stands in a paragraph, one after another, once runs, fields and links are read."""

from dataclasses import dataclass

from service.rendering.typesetting.looks import RunLook


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one look; ``target`` is the bookmark they lead to."""

    text: str
    look: RunLook
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab character; its look matters for leaders and underlining."""

    look: RunLook


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break within the paragraph."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A break to the next page, typed into the paragraph."""


@dataclass(frozen=True, slots=True)
class Field:
    """A page number, whose width is not known before the pages are, with the narrowest and widest it may be.

    ``target`` is the bookmark it leads to.
    """

    code: str
    look: RunLook
    narrowest: str
    widest: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote is called; ``note`` is its id in ``word/footnotes.xml``."""

    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An inline picture: size in points, its file name for the compiler, and its alternative text."""

    width: float
    height: float
    file: str
    description: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that a link in this document leads to."""

    name: str


Item = Text | Tab | LineBreak | PageBreak | Field | NoteMark | Picture | Bookmark
