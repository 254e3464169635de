"""Sections: paper, margins, headers and footers; each section sets its own blocks at its own width."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.archive import MAIN_PART
from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.flow import Flow
from service.rendering.typesetting.geometry import CONTINUOUS, NEW_PAGE, Geometry, GeometryReader, LineNumbers
from service.rendering.typesetting.margin_texts import MarginTexts, Push, margin_parts
from service.rendering.typesetting.markup import literal, points
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.page_borders import Frame, draw_page_borders
from service.rendering.typesetting.prelude import END_MARK
from service.rendering.typesetting.styles import signature_of

MAX_PARAGRAPHS: Final = 50_000
_INVISIBLE: Final = frozenset(
    {"headerReference", "footerReference", "formProt", "noEndnote", "printerSettings", "rtlGutter"}
)


@dataclass(slots=True)
class _Section:
    """Blocks that share their pages, and what those pages are like."""

    elements: list[etree._Element]
    geometry: Geometry
    headers: Mapping[str, str]
    footers: Mapping[str, str]


class SectionSetter:
    """Sets the sections of a body one after another; headers and footers are inherited from the section before."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._findings = composition.findings

    def set(self, body: etree._Element) -> list[str]:
        """The statements of the whole document, each to stand at the top level."""
        statements: list[str] = []
        sections = self._sections(body)
        self._composition.numbers_lines = any(section.geometry.lines for section in sections)
        for number, section in enumerate(sections):
            place = Place(
                width=section.geometry.text_width,
                numbers_lines=section.geometry.lines is not None,
                page_numbers=section.geometry.numbering,
            )
            with self._composition.at(place):
                statements += self._page(number, section)
                statements += Flow(self._composition).set(section.elements)
        return [*statements, f"[#metadata(none)#label({literal(END_MARK)})]"]

    def _sections(self, body: etree._Element) -> list[_Section]:
        sections: list[_Section] = []
        headers: Mapping[str, str] = {}
        footers: Mapping[str, str] = {}
        for elements, properties in _split(body):
            geometry = self._geometry(properties)
            headers = {**headers, **margin_parts(self._composition, properties, "header")}
            footers = {**footers, **margin_parts(self._composition, properties, "footer")}
            section = _Section(list(elements), geometry, headers, footers)
            if not sections or geometry.starts == NEW_PAGE:
                sections.append(section)
            elif geometry.starts == CONTINUOUS and _goes_on(sections[-1], section):
                sections[-1].elements += elements
            else:
                self._findings.refuse(
                    "section", "A section that begins within a page and changes it is not typeset: begin a new page."
                )
        return sections

    def _geometry(self, properties: etree._Element | None) -> Geometry:
        styles = self._composition.styles
        geometry, problems = styles.recall(("section", signature_of(properties)), lambda: _geometry(properties))
        self._findings.refuse_all(problems)
        return geometry

    def _page(self, number: int, section: _Section) -> list[str]:
        geometry = section.geometry
        headers = MarginTexts(self._composition, "header", section.headers, geometry)
        footers = MarginTexts(self._composition, "footer", section.footers, geometry)
        top, bottom = headers.push(), footers.push()
        on_first = f"here().page()==locate(label({literal(_mark(number))})).page()"
        left = geometry.left + geometry.gutter
        settings = (
            f"width:{points(geometry.width)},height:{points(geometry.height)},"
            f"margin:(left:{points(left)},right:{points(geometry.right)},top:{top.margin},bottom:{bottom.margin}),"
            f"header-ascent:0pt,footer-descent:0pt,numbering:{literal(geometry.numbering)},"
            f"header:{headers.code(top.margin, on_first)},footer:{footers.code(bottom.margin, on_first)},"
            f"background:{self._background(section, bool(headers), bool(footers), on_first)}"
        )
        measured = top.measured or bottom.measured
        page = f"show:rest=>context{{set page({settings});rest}}" if measured else f"set page({settings})"
        start = [] if geometry.starts_at is None else [f"counter(page).update({geometry.starts_at})"]
        marked = geometry.first_differs or geometry.borders is not None
        mark = [f"[#metadata(none)#label({literal(_mark(number))})]"] if marked else []
        return [page, *self._line_numbers(geometry.lines), *start, *mark, *_first_page(top, bottom)]

    def _background(self, section: _Section, has_header: bool, has_footer: bool, on_first: str) -> str:  # noqa: FBT001
        """Page borders keep their distance from the text; headers and footers count as text unless told otherwise."""
        geometry, settings = section.geometry, self._composition.settings
        if geometry.borders is None:
            return "none"
        above = has_header and settings.borders_around_header
        below = has_footer and settings.borders_around_footer
        frame = Frame(
            left=geometry.left + geometry.gutter,
            top=min(geometry.header, geometry.top) if above else geometry.top,
            right=geometry.width - geometry.right,
            bottom=geometry.height - (min(geometry.footer, geometry.bottom) if below else geometry.bottom),
        )
        return draw_page_borders(geometry.borders, frame, (geometry.width, geometry.height), on_first)

    def _line_numbers(self, lines: LineNumbers | None) -> list[str]:
        if lines is None:
            return ["set par.line(numbering:none)"] if self._composition.numbers_lines else []
        shown = f"n+{lines.first - 1}" if lines.first > 1 else "n"
        number = (
            f'text(size:{points(self._composition.base.size)},top-edge:"baseline",bottom-edge:"baseline",[#({shown})])'
        )
        if lines.every > 1:
            number = f"if calc.rem({shown},{lines.every})==0{{{number}}}"
        named = f"numbering:n=>{{{number}}},number-align:right,number-clearance:{points(lines.distance)}"
        return [
            f"set par.line({named},numbering-scope:{literal(lines.scope)})",
            *(f"show {kind}:set par.line(numbering:none)" for kind in ("table", "grid")),
        ]


def _geometry(properties: etree._Element | None) -> tuple[Geometry, tuple[Problem, ...]]:
    reader = GeometryReader()
    for child in () if properties is None else properties:
        if short(child) not in _INVISIBLE:
            reader.read(child)
    return reader.geometry(), tuple(reader.problems)


def _first_page(top: Push, bottom: Push) -> list[str]:
    """Where the first page has other margins than the rest, its body is moved down or up, and kept from its foot."""
    moved = [] if top.first_page is None else [f"context v({top.first_page})"]
    if bottom.first_page is not None:
        moved.append(f"context Footroom({bottom.first_page})")
    return moved


def _goes_on(before: _Section, after: _Section) -> bool:
    """Whether a continuous section changes nothing of the page."""
    alike = replace(after.geometry, starts=before.geometry.starts, starts_at=before.geometry.starts_at)
    return (
        alike == before.geometry
        and after.geometry.starts_at is None
        and (before.headers, before.footers) == (after.headers, after.footers)
    )


def _split(body: etree._Element) -> Iterator[tuple[Sequence[etree._Element], etree._Element | None]]:
    """The body's elements by section, with the properties that stand at a section's end."""
    held: list[etree._Element] = []
    for element in body:
        held.append(element)
        properties = _section_end(element)
        if properties is not None:
            yield held, properties
            held = []
    if held:
        yield held, None


def _section_end(element: etree._Element) -> etree._Element | None:
    """The section properties that an element of the body is, or that its paragraph's own properties hold."""
    if element.tag == W + "sectPr":
        return element
    own = next(element.iterchildren(W + "pPr"), None) if element.tag == W + "p" else None
    return None if own is None else next(own.iterchildren(W + "sectPr", reversed=True), None)


def _mark(section: int) -> str:
    return f"section-{section}"


def set_document(composition: Composition) -> list[str]:
    """The statements of the whole body."""
    body = composition.archive.tree(MAIN_PART).find(W + "body")
    if body is None:
        composition.findings.refuse("not_word", "The document has no body: save it again in Word.")
        return []
    if sum(1 for _ in body.iter(W + "p")) > MAX_PARAGRAPHS:
        composition.findings.refuse(
            "too_large", f"The document has more than {MAX_PARAGRAPHS:,} paragraphs: divide it."
        )
        return []
    return SectionSetter(composition).set(body)
