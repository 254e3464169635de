"""Manuscript text → :class:`Manuscript`: includes, front matter, paragraphs. Tables are read in ``table_reading``."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from templates.authoring.inline import MarkupFault, read_runs
from templates.authoring.manuscript import (
    Block,
    Kind,
    Manuscript,
    ManuscriptRefused,
    Orientation,
    PageBreak,
    Paragraph,
    Place,
    Run,
    SectionBreak,
    Spacing,
    Tag,
)
from templates.authoring.table_reading import read_table

_INCLUDE = re.compile(r"\{include ([a-z0-9_-]+)\}")
_FRONT_MATTER = re.compile(r"(title|footer|space): *(.*)")
_MARKED = re.compile(r"(#restart|===|==|=|##|#|-|\||>|\^|_)(\+?)(?: +(.*)|)")
_TAG_LINE = re.compile(r"\{%p .*?%\}")
_MISPLACED_TAG = re.compile(r"\{[%{#]-?\s*(?:p|tr|tc) ")
_KIND_OF_MARK = {
    "=": Kind.TITLE,
    "==": Kind.HEADING,
    "===": Kind.SUBHEADING,
    "#": Kind.ALLEGATION,
    "#restart": Kind.ALLEGATION,
    "##": Kind.SUBALLEGATION,
    "-": Kind.BULLET,
    "|": Kind.BLOCK,
    ">": Kind.QUOTE,
    "^": Kind.CENTRED,
    "_": Kind.SIGNATURE,
}
_MAY_BE_EMPTY = {Kind.BLOCK, Kind.CENTRED, Kind.SIGNATURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text and where it stands."""

    text: str
    place: Place


def read_manuscript(path: Path) -> Manuscript:
    """Read a manuscript with everything it includes from ``parts`` beside it.

    Raises:
        ManuscriptRefused: All that does not follow the markup, each fault with file and line.
    """
    faults: list[str] = []
    lines = _expand(path, path.parent / "parts", (), faults)
    matter, lines = _front_matter(lines, faults)
    blocks = _Reader(lines=lines, faults=faults).blocks()
    footer: tuple[Run, ...] = ()
    try:
        footer = read_runs(matter.get("footer", ""))
    except MarkupFault as fault:
        faults.append(f"{path.name}: footer: {fault}")
    if faults:
        raise ManuscriptRefused(tuple(faults))
    return Manuscript(
        title=matter.get("title", "{{ document.title }}"),
        footer=footer,
        spacing=Spacing(matter.get("space", Spacing.DOUBLE)),
        blocks=tuple(blocks),
    )


def _expand(path: Path, parts: Path, above: tuple[Path, ...], faults: list[str]) -> list[Line]:
    lines: list[Line] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = Place(file=path.name, line=number)
        text = raw.strip()
        include = _INCLUDE.fullmatch(text)
        if include is None:
            if not text.startswith("%%"):
                lines.append(Line(text=text, place=place))
            continue
        part = parts / f"{include[1]}.txt"
        if part in (*above, path):
            faults.append(f"{place}: {part.name} includes itself.")
        elif not part.is_file():
            faults.append(f"{place}: there is no parts/{part.name}.")
        else:
            blank = Line(text="", place=place)
            lines += [blank, *_expand(part, parts, (*above, path), faults), blank]
    return lines


def _front_matter(lines: list[Line], faults: list[str]) -> tuple[dict[str, str], list[Line]]:
    matter: dict[str, str] = {}
    body = list(lines)
    while body and ((entry := _FRONT_MATTER.fullmatch(body[0].text)) or not body[0].text):
        line = body.pop(0)
        if entry is None:
            continue
        if entry[1] == "space" and entry[2] not in set(Spacing):
            faults.append(f"{line.place}: space is double or single.")
            continue
        matter[entry[1]] = entry[2].strip()
    return matter, body


@dataclass(slots=True)
class _Reader:
    lines: list[Line]
    faults: list[str]
    at: int = 0
    read: list[Block] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            try:
                self._block(line)
            except MarkupFault as fault:
                self.faults.append(f"{line.place}: {fault}")
        return self.read

    def _block(self, line: Line) -> None:
        text = line.text
        self.at += 1
        if not text:
            return
        if text == "---":
            self.read.append(PageBreak(place=line.place))
        elif _TAG_LINE.fullmatch(text):
            self.read.append(Tag(text=text))
        elif text.startswith(":section"):
            self.read.append(SectionBreak(orientation=_orientation(text)))
        elif text.startswith(":table"):
            self._table(line)
        elif text.startswith(":"):
            raise MarkupFault(f"{text.split()[0]} is not known here; known are :table, :end and :section.")
        else:
            self._paragraph(text)

    def _table(self, first: Line) -> None:
        rows: list[str] = []
        while self.at < len(self.lines) and self.lines[self.at].text != ":end":
            rows.append(self.lines[self.at].text)
            self.at += 1
        if self.at == len(self.lines):
            raise MarkupFault("this table has no :end.")
        self.at += 1
        self.read.append(read_table(first.text.removeprefix(":table"), rows, first.place))

    def _paragraph(self, first: str) -> None:
        marked = _MARKED.fullmatch(first)
        mark, plus, text = ("", "", first) if marked is None else (marked[1], marked[2], marked[3] or "")
        texts = [text]
        while self.at < len(self.lines) and _continues(self.lines[self.at].text):
            texts.append(self.lines[self.at].text)
            self.at += 1
        kind = _KIND_OF_MARK.get(mark, Kind.BODY)
        whole = " ".join(part for part in texts if part)
        if not whole and kind not in _MAY_BE_EMPTY:
            raise MarkupFault(f"nothing stands behind {mark}.")
        if _MISPLACED_TAG.search(whole):
            raise MarkupFault("a {%p … %} tag stands alone on its line, a {%tr … %} tag alone on a line of a table.")
        paragraph = Paragraph(kind=kind, runs=read_runs(whole), keep_next=bool(plus), restart=mark == "#restart")
        self.read.append(paragraph)


def _continues(text: str) -> bool:
    starts_anew = text in {"", "---"} or text.startswith((":table", ":section")) or _TAG_LINE.fullmatch(text)
    return not starts_anew and not _MARKED.fullmatch(text)


def _orientation(text: str) -> Orientation:
    name = text.removeprefix(":section").strip()
    if name not in set(Orientation):
        raise MarkupFault("a section is :section landscape or :section portrait.")
    return Orientation(name)
