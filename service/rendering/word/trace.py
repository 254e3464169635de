"""Which members of a draft's context each paragraph of its Word document comes from, and why the paragraph stands.

The template is filled in once more from a context that notes what is read, piece by piece: what is read before a piece
comes out was read for the paragraph that is open then. A copy of the template with marks at the beginning of each
branch and the end of each block tells what was read to choose a branch from what was read to be printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, NamedTuple

from jinja2 import Template

from service.rendering.word.compiling import CompiledPart
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.runs import PICTURES, PlacedPictures
from service.rendering.word.watching import Path, Reading, Watch

_TAG: Final = re.compile(r"\{%\s*(?P<word>if|elif|else|endif|for|endfor)\b(?P<rest>.*?)%\}", re.DOTALL)
_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
_STEP: Final = re.compile(r"<\?(?P<mark>block|branch|end)-of-tag (?P<tag>\d+)\?>|<w:p(?:[ /][^<>]*)?>|</w:p>")
"""What the trace goes by; values cannot bring it in, since they are escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedParagraph:
    """A paragraph of a part of the Word document by its number there, from 1.

    ``printed`` are the paths that were read for it, ``chosen`` those that decided whether it, or a part of it, stands;
    ``conditions`` the template's tags that it stands or falls with, outermost first.
    """

    number: int
    printed: frozenset[Path]
    chosen: frozenset[Path]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Something between paragraphs that a template's condition left out, and the paths that decided so."""

    condition: str
    chosen: frozenset[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPart:
    """What a part prints, and where its paragraphs, and those that are not there, come from."""

    name: str
    printed: str
    paragraphs: tuple[TracedParagraph, ...]
    left_out: tuple[Omission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedDocument:
    """A document part by part: its running text, and its headers, footers and footnotes in the template's order."""

    main: TracedPart
    others: tuple[TracedPart, ...]

    @property
    def parts(self) -> tuple[TracedPart, ...]:
        """All of them, the running text first."""
        return (self.main, *self.others)


class _Kind(Enum):
    BLOCK = "block"
    BRANCH = "branch"
    END = "end"
    OPENS = "<w:p>"
    CLOSES = "</w:p>"
    EMPTY = "<w:p/>"


@dataclass(frozen=True, slots=True)
class _Step:
    """A mark and the number of its tag, or where a paragraph opens, closes, or does both."""

    kind: _Kind
    tag: int = 0


class _Piece(NamedTuple):
    """Output as it is printed, and the steps in it; ``at_once`` where it begins with one that is a mark."""

    printed: str
    steps: tuple[_Step, ...] = ()
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedTemplate:
    """A compiled copy of a part with marks; ``tags`` are the conditions and loops, by the number in their marks.

    ``pieces`` are those of its own that were met, and none with a value in it.
    """

    part: CompiledPart
    template: Template
    tags: tuple[str, ...]
    pieces: dict[str, _Piece] = field(default_factory=dict, repr=False)

    def piece(self, output: str) -> _Piece:
        """A piece of output taken apart; where it has steps, it is the template's own."""
        known = self.pieces.get(output)
        if known is None:
            known = _taken_apart(output)
            if known.steps:
                self.pieces[output] = known
        return known


def _taken_apart(output: str) -> _Piece:
    found = list(_STEP.finditer(output)) if "<" in output else []
    if not found:
        return _Piece(output)
    return _Piece(
        printed=_STEP.sub(lambda step: "" if step["mark"] else step[0], output),
        steps=tuple(map(_step, found)),
        at_once=found[0]["mark"] is not None and found[0].start() == 0,
    )


def _step(found: re.Match[str]) -> _Step:
    if found["mark"]:
        return _Step(_Kind(found["mark"]), int(found["tag"]))
    if found[0] == "</w:p>":
        return _Step(_Kind.CLOSES)
    return _Step(_Kind.EMPTY if found[0].endswith("/>") else _Kind.OPENS)


def traced_template(part: CompiledPart, language: TemplateLanguage) -> TracedTemplate:
    """Compile a copy of a part that notes which branches are taken and prints the same."""
    tags: list[str] = []

    def marked(tag: re.Match[str]) -> str:
        word, number = tag["word"], len(tags)
        tags.append(" ".join(_COMMENT.sub("", f"{word}{tag['rest']}").split()))
        block = _mark(_Kind.BLOCK, number) if word in {"if", "for"} else ""
        return f"{block}{tag[0]}{_mark(_Kind.END if word.startswith('end') else _Kind.BRANCH, number)}"

    source = _TAG.sub(marked, part.source)
    template = language.from_string(source, globals=dict(part.constants))
    return TracedTemplate(part=part, template=template, tags=tuple(tags))


def _mark(kind: _Kind, number: int) -> str:
    return f"<?{kind.value}-of-tag {number}?>"


def trace(traced: TracedTemplate, context: Mapping[str, Any]) -> TracedPart:
    """Fill in a part, and follow what is read for each of its paragraphs; numbers are those of the template's output.

    What is printed is the same as without marks.
    """
    watch = Watch()
    names = {name: watch.named(value, (name,)) for name, value in context.items()}
    watch.readings()
    tracing = _Tracing(traced.tags)
    pieces = []
    pictures = PlacedPictures() if traced.part.prints_runs else None
    for output in traced.template.generate({**names, PICTURES: pictures}):
        piece = traced.piece(output)
        tracing.take(watch.readings(), piece)
        pieces.append(piece.printed)
    return TracedPart(
        name=traced.part.name,
        printed="".join(pieces),
        paragraphs=tuple(tracing.paragraphs()),
        left_out=tuple(tracing.left_out),
    )


@dataclass(slots=True)
class _Block:
    """A condition or loop that the output is within: what chose its branch, and what this turn of a loop is about."""

    begins: str
    tag: str = ""
    chosen: set[Path] = field(default_factory=set)
    turned: set[Path] = field(default_factory=set)


@dataclass(slots=True)
class _Paragraph:
    printed: set[Path]
    chosen: set[Path]
    conditions: list[str]


class _Tracing:
    """Follows the output of a template piece by piece."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self._blocks: list[_Block] = []
        self._begun: list[_Paragraph] = []
        self._open = False
        self._read: set[Path] = set()
        self._turned: set[Path] = set()
        self.left_out: list[Omission] = []

    def take(self, readings: Iterable[Reading], piece: _Piece) -> None:
        """What was read before a piece came out, and the piece."""
        for path, turned in readings:
            (self._turned if turned else self._read).add(path)
        if not piece.at_once:
            self._settle()
        for step in piece.steps:
            if step.kind is _Kind.OPENS or step.kind is _Kind.EMPTY:
                self._begin()
                self._open = step.kind is _Kind.OPENS
            elif step.kind is _Kind.CLOSES:
                self._open = False
            else:
                self._pass(step)
                self._settle()

    def _settle(self) -> None:
        """What was read and chose nothing is printed by the paragraph that is open."""
        if self._turned:
            self._read |= self._turned  # an entry taken out of a list without a loop
            self._turned = set()
        if self._open and self._read:
            self._begun[-1].printed |= self._read
            self._read.clear()

    def paragraphs(self) -> Iterator[TracedParagraph]:
        """What was found, in order."""
        for number, begun in enumerate(self._begun, start=1):
            yield TracedParagraph(
                number=number,
                printed=frozenset(begun.printed),
                chosen=frozenset(begun.chosen),
                conditions=tuple(dict.fromkeys(begun.conditions)),
            )

    def _begin(self) -> None:
        """What was read between paragraphs, as for the look of a cell, counts for the next."""
        begun = _Paragraph(printed=self._read, chosen=set(), conditions=[])
        for block in self._blocks:
            begun.printed |= block.turned
            begun.chosen |= block.chosen
            begun.conditions.append(block.tag)
        self._begun.append(begun)
        self._read = set()

    def _pass(self, mark: _Step) -> None:
        if mark.kind is _Kind.BLOCK:
            self._blocks.append(_Block(begins=self._tags[mark.tag]))
        elif mark.kind is _Kind.BRANCH:
            self._choose(self._blocks[-1], self._tags[mark.tag])
        else:
            block = self._blocks.pop()
            self._choose(block, "")
            if not block.tag and not self._open:
                self.left_out.append(Omission(condition=block.begins, chosen=frozenset(block.chosen)))

    def _choose(self, block: _Block, tag: str) -> None:
        """What was read since the block began, or since its last turn, chose this branch, or that there is none."""
        block.chosen |= self._read
        block.turned, self._turned = self._turned, set()
        block.tag = f"{block.tag} → {tag}" if tag == "else" and block.tag else tag or block.tag
        self._read = set()
        if self._open:
            begun = self._begun[-1]
            begun.printed |= block.turned
            begun.chosen |= block.chosen
            begun.conditions += [tag] if tag else []
