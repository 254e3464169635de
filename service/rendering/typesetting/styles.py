"""The style sheet: defaults, style inheritance and direct formatting, resolved into looks (ECMA-376-1, 17.7.2)."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

from lxml import etree

from service.rendering.typesetting.archive import parse_part
from service.rendering.typesetting.attributes import Partial, value_of, whole_number
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.fonts import FAMILIES, SERIF
from service.rendering.typesetting.looks import ParagraphLook, RunLook
from service.rendering.typesetting.names import A, W
from service.rendering.typesetting.numbering import Level, Numbering
from service.rendering.typesetting.properties import merge, read_paragraph_properties, read_run_properties
from service.rendering.typesetting.table_styles import RegionFormat, TableFormat, TableStyles

_TOGGLES: Final = ("bold", "italic", "strike", "caps", "small_caps")
"""Set in a paragraph style and in a character style at once, these cancel each other (ECMA-376-1, 17.7.3)."""

_MEMO_LIMIT: Final = 4096
_MEMO_ROOM: Final = 2_000_000
"""How many characters all keys may have that one style sheet remembers by; documents of harm bring long ones."""
Signature = tuple[tuple[Any, ...], ...]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class StyleSettings:
    """What one style sets together with those it is based on."""

    paragraph: Partial
    run: Partial
    list_id: str | None
    list_level: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ResolvedParagraph:
    """A paragraph's look, that of its text, and that of its mark, which gives an empty paragraph its height."""

    look: ParagraphLook
    text: RunLook
    mark: RunLook
    problems: tuple[Problem, ...]


_NOTHING: Final = StyleSettings({}, {}, None, None, ())


class StyleSheet:
    """Styles, theme fonts and numbering definitions of one template; holds no state of any document."""

    def __init__(self, styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> None:
        root = None if styles is None else parse_part("word/styles.xml", styles)
        self.numbering = Numbering(None if numbering is None else parse_part("word/numbering.xml", numbering))
        self._theme = _theme_fonts(None if theme is None else parse_part("word/theme/theme1.xml", theme))
        self._elements: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._settings: dict[str, StyleSettings] = {}
        self._paragraphs: dict[tuple[Signature, TableFormat | None], ResolvedParagraph] = {}
        self._runs: dict[tuple[RunLook, Signature], tuple[RunLook, tuple[Problem, ...]]] = {}
        for style in () if root is None else root.iterchildren(W + "style"):
            self._elements[style.get(W + "styleId", "")] = style
            if style.get(W + "default") in {"1", "true", "on"}:
                self._defaults[style.get(W + "type", "")] = style.get(W + "styleId", "")
        self._recalled: dict[Hashable, Any] = {}
        self._room = _MEMO_ROOM
        self.tables = TableStyles(self._elements)
        base = None if root is None else root.find(W + "docDefaults")
        self._base_paragraph, problems = read_paragraph_properties(
            None if base is None else base.find(f"{W}pPrDefault/{W}pPr")
        )
        self._base_run, more = read_run_properties(None if base is None else base.find(f"{W}rPrDefault/{W}rPr"))
        self.problems = problems + more

    def recall(self, key: Hashable, read: Callable[[], Found], may_keep: Callable[[], bool] | None = None) -> Found:
        """What was read before under a key, or is read now: documents of one template share it.

        What is read must depend on nothing but the key and the styles. Where the key may hold words of a document,
        ``may_keep`` says whether it does not.
        """
        known: Found | None = self._recalled.get(key)
        if known is None:
            known = read()
            if may_keep is None or may_keep():
                self._keep(self._recalled, key, known)
        return known

    def _keep(self, memory: dict[Any, Any], key: Hashable, found: object) -> None:
        """Within bounds; what holds a fault is never kept, for who made a change and such may stand in its key."""
        room = self._room - len(repr(key))
        if room >= 0 and len(memory) < _MEMO_LIMIT:
            self._room = room
            memory[key] = found

    def default(self, kind: str) -> str | None:
        """The style that applies where none is named: ``paragraph`` or ``table``."""
        return self._defaults.get(kind)

    def settings(self, style: str | None) -> StyleSettings:
        """What a style sets; an unknown or circular one is a problem."""
        if style is None:
            return _NOTHING
        if style not in self._settings:
            self._settings[style] = StyleSettings(
                {}, {}, None, None, (Problem("style", f"Style “{style}” is based on itself: mend it."),)
            )
            self._settings[style] = self._read(style)
        return self._settings[style]

    def base_text(self) -> RunLook:
        """The look of text in the default paragraph style; what cannot be used falls to where it is used."""
        run = merge(self._base_run, self.settings(self.default("paragraph")).run)
        return self._run_look(run)[0]

    def paragraph(self, properties: etree._Element | None, table: TableFormat | None) -> ResolvedParagraph:
        """Resolve a ``pPr`` (which may be absent) inside a formatted table (or none)."""
        key = (signature_of(properties), table)
        known = self._paragraphs.get(key)
        if known is None:
            known = self._resolve(properties, table)
            if not known.problems:
                self._keep(self._paragraphs, key, known)
        return known

    def run(self, properties: etree._Element | None, base: RunLook) -> tuple[RunLook, tuple[Problem, ...]]:
        """Resolve an ``rPr`` (which may be absent) over the look of the paragraph's text."""
        if properties is None or not len(properties):
            return base, ()
        key = (base, signature_of(properties))
        known = self._runs.get(key)
        if known is None:
            known = self._resolve_run(properties, base)
            if not known[1]:
                self._keep(self._runs, key, known)
        return known

    def label_look(self, level: Level, text: RunLook) -> RunLook:
        """The look of a list's label: that of the paragraph's text, with what the level sets."""
        return self._run_look(level.run, text)[0]

    def level(self, resolved: ParagraphLook) -> Level | None:
        """The numbering level of a paragraph."""
        return None if resolved.list_id is None else self.numbering.level(resolved.list_id, resolved.list_level)

    def _read(self, style: str) -> StyleSettings:
        element = self._elements.get(style)
        if element is None:
            return StyleSettings(
                {}, {}, None, None, (Problem("style", f"The document has no style “{style}”: choose another style."),)
            )
        parent = self.settings(value_of(element.find(W + "basedOn")))
        paragraph, problems = read_paragraph_properties(element.find(W + "pPr"))
        run, more = read_run_properties(element.find(W + "rPr"))
        list_id = value_of(element.find(f"{W}pPr/{W}numPr/{W}numId")) or parent.list_id
        level = value_of(element.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        if list_id is not None and level is None:
            level = str(self.numbering.level_of_style(list_id, style) or 0)
        return StyleSettings(
            merge(parent.paragraph, paragraph),
            merge(parent.run, run),
            list_id,
            whole_number(level, 0) if level is not None else parent.list_level,
            (*parent.problems, *(_in_style(each, style) for each in problems + more)),
        )

    def _resolve(self, properties: etree._Element | None, table: TableFormat | None) -> ResolvedParagraph:
        named = None if properties is None else value_of(properties.find(W + "pStyle"))
        style = named or self.default("paragraph")
        outer, settings = self._around(table), self.settings(style)
        own, problems = read_paragraph_properties(properties)
        look = merge(merge(self._base_paragraph, outer.paragraph), settings.paragraph)
        list_id, level, numbered = self._numbered(properties, settings)
        if numbered is not None:
            problems += numbered.problems
            look = merge(look, numbered.paragraph)
            if (
                properties is None or properties.find(W + "numPr") is None
            ):  # a list style's own indents win over the list's
                look |= {name: settings.paragraph[name] for name in ("left", "first") if name in settings.paragraph}
        elif list_id is not None:
            problems += (
                Problem(
                    "numbering", "The paragraph belongs to a list that is not defined: apply the list again in Word."
                ),
            )
            list_id = None
        text, font_problems = self._run_look(merge(merge(self._base_run, outer.run), settings.run))
        mark, mark_problems = self.run(None if properties is None else properties.find(W + "rPr"), text)
        return ResolvedParagraph(
            _paragraph_look(merge(look, own), style or "", list_id, level),
            text,
            mark,
            (*self.problems, *outer.problems, *settings.problems, *problems, *font_problems, *mark_problems),
        )

    def _around(self, table: TableFormat | None) -> RegionFormat:
        """What a table's style and its regions set for the text within."""
        if table is None:
            return RegionFormat({}, {}, {}, ())
        style, regions = self.settings(table.style), self.tables.of(table)
        return RegionFormat(
            merge(style.paragraph, regions.paragraph),
            merge(style.run, regions.run),
            {},
            (*style.problems, *regions.problems),
        )

    def _numbered(
        self, properties: etree._Element | None, settings: StyleSettings
    ) -> tuple[str | None, int, Level | None]:
        """The list and level that apply; list 0 takes a paragraph out of its style's list."""
        own_list = None if properties is None else value_of(properties.find(f"{W}numPr/{W}numId"))
        own_level = None if properties is None else value_of(properties.find(f"{W}numPr/{W}ilvl"))
        list_id = own_list or settings.list_id
        level = whole_number(own_level, 0 if own_list else settings.list_level or 0)
        if list_id in {None, "0"}:
            return None, 0, None
        return list_id, level, self.numbering.level(list_id or "", level)

    def _resolve_run(self, properties: etree._Element, base: RunLook) -> tuple[RunLook, tuple[Problem, ...]]:
        own, problems = read_run_properties(properties)
        character = self.settings(value_of(properties.find(W + "rStyle")))
        styled = {
            name: (value != getattr(base, name) if name in _TOGGLES else value) for name, value in character.run.items()
        }
        look, more = self._run_look(merge(styled, own), base)
        return look, (*character.problems, *problems, *more)

    def _run_look(self, partial: Partial, base: RunLook | None = None) -> tuple[RunLook, tuple[Problem, ...]]:
        members = dict(partial)
        problems: tuple[Problem, ...] = ()
        declared = members.pop("font", None if base is not None else "Times New Roman")
        if declared is not None:
            name = self._theme.get(declared, declared)
            if name not in FAMILIES:
                problems = (
                    Problem("font_missing", f"The font “{name}” does not ship with the service: use Times New Roman."),
                )
            members["font"] = FAMILIES.get(name, SERIF)
        if base is None:
            return RunLook(**members), problems
        return (_over(base, members) if members else base), problems


def _over(base: RunLook, members: Partial) -> RunLook:
    known = {name: getattr(base, name) for name in RunLook.__slots__}
    return RunLook(**(known | members))


def _paragraph_look(partial: Partial, style: str, list_id: str | None, level: int) -> ParagraphLook:
    members = dict(partial)
    stops = members.pop("tabs", {})
    kept = tuple(sorted(stop for stop in stops.values() if stop is not None))
    return ParagraphLook(**members, tabs=kept, style=style, list_id=list_id, list_level=level)


def _in_style(problem: Problem, style: str) -> Problem:
    return Problem(problem.code, f"Style “{style}”: {problem.message}")


def signature_of(element: etree._Element | None) -> Signature:
    """The whole content of a properties element (which may be absent), to recognise its like."""
    if element is None:
        return ()
    return tuple([(each.tag, *each.items()) for each in element.iter()])


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """Theme font names as ``rFonts`` refers to them, marked by a plus sign, and the fonts they stand for."""
    found: dict[str, str] = {}
    for kind in ("major", "minor") if theme is not None else ():
        latin = None if theme is None else theme.find(f".//{A}{kind}Font/{A}latin")
        if latin is not None:
            font = latin.get("typeface", "")
            found |= {f"+{kind}HAnsi": font, f"+{kind}Ascii": font}
    return found


@lru_cache(maxsize=64)
def style_sheet(styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> StyleSheet:
    """The style sheet of these parts; documents of one template share it, and what it has resolved."""
    return StyleSheet(styles, numbering, theme)
