"""Headers and footers: what stands in them, which page shows which, and how far they push the body in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.flow import Flow
from service.rendering.typesetting.geometry import Geometry
from service.rendering.typesetting.markup import block, points
from service.rendering.typesetting.names import R, W

_NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class MarginText:
    """The blocks of one header or footer, and how many points high they are at most."""

    code: str
    height: float


@dataclass(frozen=True, slots=True)
class Push:
    """A page margin, and by how much the first page of the section has a different one; both as Typst code.

    ``measured``: whether the code measures text, which only works in a context.
    """

    margin: str
    first_page: str | None
    measured: bool


class MarginTexts:
    """The headers or footers of one section, by kind: ``default``, ``first``, ``even``."""

    def __init__(self, composition: Composition, kind: str, parts: Mapping[str, str], geometry: Geometry) -> None:
        self._composition = composition
        self._geometry = geometry
        self._distance = geometry.header if kind == "header" else geometry.footer
        self._margin = geometry.top if kind == "header" else geometry.bottom
        self._side = "top" if kind == "header" else "bottom"
        shown = {"default": True, "first": geometry.first_differs, "even": composition.settings.even_and_odd}
        self._texts = {name: self._read(part) for name, part in parts.items() if shown.get(name, False)}

    def __bool__(self) -> bool:
        return bool(self._texts)

    def _read(self, part: str) -> MarginText:
        composition = self._composition
        with composition.part(part) as root, composition.at(replace(composition.place, in_margin=True)):
            flow = Flow(composition)
            code = block(flow.set(root))
        return MarginText(code or _NOTHING, flow.height)

    def push(self) -> Push:
        """The page margin: where a header is too high for it, the body begins below the header, as in Word."""
        if all(self._distance + each.height <= self._margin for each in self._texts.values()):
            return Push(points(self._margin), None, measured=False)
        usual = self._taken("default")
        if self._composition.settings.even_and_odd:
            usual = f"Same({usual},{self._taken('even')})"
        if not self._geometry.first_differs:
            return Push(usual, None, measured=True)
        return Push(usual, f"{self._taken('first')}-{usual}", measured=True)

    def _taken(self, kind: str) -> str:
        """The room that the margin takes on pages of this kind."""
        text = self._texts.get(kind)
        if text is None or self._distance + text.height <= self._margin:
            return points(self._margin)
        code = f"block(width:{points(self._geometry.text_width)},{text.code})"
        return f"calc.max({points(self._margin)},{points(self._distance)}+measure({code}).height)"

    def code(self, margin: str, on_first: str) -> str:
        """The header or footer as the page is to show it."""
        chosen = self._placed("default", margin)
        if self._composition.settings.even_and_odd:
            chosen = f"if calc.even(counter(page).get().first()){{{self._placed('even', margin)}}}else{{{chosen}}}"
        if self._geometry.first_differs:
            first = self._placed("first", margin)
            chosen = f"if {on_first}{{{first}}}else{{{chosen}}}"
        return f"context{{{chosen}}}" if chosen.startswith("if ") else chosen

    def _placed(self, kind: str, margin: str) -> str:
        """A header or footer at its distance from the paper's edge."""
        text = self._texts.get(kind)
        if text is None or text.code == _NOTHING:
            return _NOTHING
        offset = points(self._distance if self._side == "top" else -self._distance)
        return f"block(height:{margin},width:100%,place({self._side},dy:{offset},block(width:100%,{text.code})))"


def margin_parts(composition: Composition, properties: etree._Element | None, kind: str) -> dict[str, str]:
    """The parts that a section names as its headers or footers, by kind of page."""
    found = {}
    for reference in () if properties is None else properties.iterchildren(f"{W}{kind}Reference"):
        relationship = composition.relationships.get(reference.get(R + "id", ""))
        if relationship is None:
            composition.findings.refuse("part_missing", f"A {kind} is not in the file: insert it again in Word.")
        else:
            found[reference.get(W + "type", "default")] = relationship.target
    return found
