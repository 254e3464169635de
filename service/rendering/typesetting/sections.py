"""Sections: paper, margins, headers and footers; each section sets its own blocks at its own width."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.archive import MAIN_PART
from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.flow import Flow
from service.rendering.typesetting.geometry import Geometry, GeometryReader
from service.rendering.typesetting.markup import block, literal, points
from service.rendering.typesetting.names import R, W, short
from service.rendering.typesetting.prelude import END_MARK

MAX_PARAGRAPHS: Final = 20_000
_INVISIBLE: Final = frozenset(
    {"headerReference", "footerReference", "formProt", "noEndnote", "printerSettings", "rtlGutter"}
)


@dataclass(frozen=True, slots=True)
class _Margin:
    """The blocks of one header or footer, and how many points high they are at most."""

    code: str
    height: float


class SectionSetter:
    """Sets the sections of a body one after another; headers and footers are inherited from the section before."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._findings = composition.findings
        self._headers: Mapping[str, str] = {}
        self._footers: Mapping[str, str] = {}

    def set(self, body: etree._Element) -> list[str]:
        """The statements of the whole document, each to stand at the top level."""
        statements: list[str] = []
        for number, (elements, properties) in enumerate(_split(body)):
            geometry = self._geometry(properties)
            if number and not geometry.starts_new_page:
                self._findings.refuse(
                    "section", "A section that begins within a page is not typeset: begin it on a new page."
                )
            self._headers = {**self._headers, **self._margin_parts(properties, "header")}
            self._footers = {**self._footers, **self._margin_parts(properties, "footer")}
            with self._composition.at(Place(width=geometry.text_width)):
                statements += self._page(number, geometry)
                statements += Flow(self._composition).set(elements)
        return [*statements, f"[#metadata(none)#label({literal(END_MARK)})]"]

    def _geometry(self, properties: etree._Element | None) -> Geometry:
        reader = GeometryReader()
        for child in () if properties is None else properties:
            if short(child) not in _INVISIBLE:
                reader.read(child)
        self._findings.refuse_all(tuple(reader.problems))
        return reader.geometry()

    def _margin_parts(self, properties: etree._Element | None, kind: str) -> dict[str, str]:
        found = {}
        for reference in () if properties is None else properties.iterchildren(f"{W}{kind}Reference"):
            relationship = self._composition.relationships.get(reference.get(R + "id", ""))
            if relationship is None:
                self._findings.refuse("part_missing", f"A {kind} is not in the file: insert it again in Word.")
            else:
                found[reference.get(W + "type", "default")] = relationship.target
        return found

    def _page(self, number: int, geometry: Geometry) -> list[str]:
        headers = {kind: self._margin(part) for kind, part in self._headers.items() if self._shown(kind, geometry)}
        footers = {kind: self._margin(part) for kind, part in self._footers.items() if self._shown(kind, geometry)}
        top, needs_top = self._pushed(headers, geometry.header, geometry.top, geometry.text_width)
        bottom, needs_bottom = self._pushed(footers, geometry.footer, geometry.bottom, geometry.text_width)
        header = self._choice(headers, number, geometry)
        footer = self._choice(footers, number, geometry)
        left = geometry.left + geometry.gutter
        settings = (
            f"width:{points(geometry.width)},height:{points(geometry.height)},"
            f"margin:(left:{points(left)},right:{points(geometry.right)},top:{top},bottom:{bottom}),"
            f"header-ascent:0pt,footer-descent:0pt,header:{_block('top', geometry.header, top, header)},"
            f"footer:{_block('bottom', geometry.footer, bottom, footer)}"
        )
        measured = needs_top or needs_bottom
        page = f"show:rest=>context{{set page({settings});rest}}" if measured else f"set page({settings})"
        start = [] if geometry.starts_at is None else [f"counter(page).update({geometry.starts_at})"]
        mark = [f"[#metadata(none)#label({literal(_mark(number))})]"] if geometry.first_differs else []
        return [page, *start, *mark]

    def _shown(self, kind: str, geometry: Geometry) -> bool:
        settings = {"default": True, "first": geometry.first_differs, "even": self._composition.settings.even_and_odd}
        return settings.get(kind, False)

    def _margin(self, part: str) -> _Margin:
        with (
            self._composition.part(part) as root,
            self._composition.at(replace(self._composition.place, in_margin=True)),
        ):
            flow = Flow(self._composition)
            code = block(flow.set(root))
        return _Margin(code or "none", flow.height)

    def _pushed(self, margins: Mapping[str, _Margin], distance: float, margin: float, width: float) -> tuple[str, bool]:
        """The page margin: where a header is too high for it, the body begins below the header, as in Word."""
        if all(distance + each.height <= margin for each in margins.values()):
            return points(margin), False
        if len(margins) > 1:
            self._findings.refuse(
                "header", "Headers or footers of several kinds are higher than the margin: widen the margin."
            )
        code = next(iter(margins.values())).code
        return (
            f"calc.max({points(margin)},{points(distance)}+measure(block(width:{points(width)},{code})).height)",
            True,
        )

    def _choice(self, margins: Mapping[str, _Margin], number: int, geometry: Geometry) -> str:
        """Which header a page shows: the first page's, the even pages', or the one for all."""
        chosen = margins["default"].code if "default" in margins else "none"
        if self._composition.settings.even_and_odd:
            even = margins["even"].code if "even" in margins else "none"
            chosen = f"if calc.even(counter(page).get().first()){{{even}}}else{{{chosen}}}"
        if geometry.first_differs:
            first = margins["first"].code if "first" in margins else "none"
            chosen = f"if here().page()==locate(label({literal(_mark(number))})).page(){{{first}}}else{{{chosen}}}"
        return f"context{{{chosen}}}" if chosen.startswith("if ") else chosen


def _split(body: etree._Element) -> Iterator[tuple[Sequence[etree._Element], etree._Element | None]]:
    """The body's elements by section, with the properties that stand at a section's end."""
    held: list[etree._Element] = []
    for element in body:
        held.append(element)
        properties = element if short(element) == "sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if properties is not None:
            yield held, properties
            held = []
    if held:
        yield held, None


def _block(side: str, distance: float, margin: str, code: str) -> str:
    """A header or footer at its distance from the paper's edge."""
    if code == "none":
        return "none"
    offset = points(distance if side == "top" else -distance)
    return f"block(height:{margin},width:100%,place({side},dy:{offset},block(width:100%,{code})))"


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
