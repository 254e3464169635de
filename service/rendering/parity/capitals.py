"""What styles do to the words themselves, for the parity check: capitals, and leaders that fill tabs."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES: Final = W + "rPr"
RAISED: Final = W + "vertAlign"
_TELLING: Final = frozenset({W + "rStyle", W + "caps", W + "smallCaps", RAISED})
_LEADERS: Final = {"dot": ".", "hyphen": "-", "middleDot": "·", "underscore": ""}


class Capitals:
    """Which text is printed in capitals, large or small, and which tabs have leaders, by style."""

    def __init__(self, styles: bytes) -> None:
        root = etree.fromstring(styles) if styles else etree.Element("none")
        self._styles = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
        self._default = next(
            (each.get(W + "styleId") for each in root.iter(W + "style") if _is_default_paragraph(each)), None
        )
        self._known: dict[tuple[str | None, str], bool] = {}
        self._alone: dict[str | None, bool] = {}
        self._leaders: dict[str | None, frozenset[str]] = {}

    def told(self, run: etree._Element) -> Mapping[str, etree._Element]:
        """What the properties of a run say of its characters, by tag; few runs say anything."""
        properties = next(run.iterchildren(_PROPERTIES), ())
        return {str(each.tag): each for each in properties if each.tag in _TELLING}

    def of(self, told: Mapping[str, etree._Element], paragraph_style: str | None) -> bool:
        """Whether a run that is told this is printed in capitals."""
        if not told:
            return self._all_of(paragraph_style)
        character = value_of(told.get(W + "rStyle"))
        for name in ("caps", "smallCaps"):
            own = told.get(W + name)
            styled = self._styled(character, name) != self._styled(paragraph_style or self._default, name)
            if styled if own is None else is_on(own):
                return True
        return False

    def _all_of(self, style: str | None) -> bool:
        """Whether a paragraph style prints in capitals what its runs do not change."""
        if style not in self._alone:
            named = style or self._default
            self._alone[style] = self._styled(named, "caps") or self._styled(named, "smallCaps")
        return self._alone[style]

    def leaders(self, paragraph: etree._Element, style: str | None) -> str:
        """The leader that the paragraph's tabs may be filled with; none where its stops do not agree."""
        own = paragraph.find(f"{W}pPr/{W}tabs")
        kinds = self._style_leaders(style) | (_filled(own) if own is not None else frozenset())
        return next(iter(kinds)) if len(kinds) == 1 else ""

    def _style_leaders(self, style: str | None) -> frozenset[str]:
        if style not in self._leaders:
            self._leaders[style] = frozenset[str]().union(*(_filled(element) for element in self._chain(style)))
        return self._leaders[style]

    def _styled(self, style: str | None, name: str) -> bool:
        key = (style, name)
        if key not in self._known:
            found = (element.find(f"{W}rPr/{W}{name}") for element in self._chain(style))
            self._known[key] = next((is_on(own) for own in found if own is not None), False)
        return self._known[key]

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        seen = set[str | None]()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value_of(self._styles[style].find(W + "basedOn"))


def _filled(element: etree._Element) -> frozenset[str]:
    return frozenset(
        _LEADERS[stop.get(W + "leader", "")]
        for stop in element.iter(W + "tab")
        if _LEADERS.get(stop.get(W + "leader", ""))
    )


@lru_cache(maxsize=64)
def capitals_of(styles: bytes) -> Capitals:
    """What these styles do; documents of one template share it."""
    return Capitals(styles)


def value_of(element: etree._Element | None) -> str | None:
    """``w:val`` of an element that may be absent."""
    return None if element is None else element.get(W + "val")


def is_on(element: etree._Element) -> bool:
    """Whether an on/off property that is there is on."""
    return element.get(W + "val", "1") not in {"0", "false", "off"}


def _is_default_paragraph(style: etree._Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}
