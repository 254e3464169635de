"""Automatically numbered paragraphs, as nested lists: the layout is Word's, the tags are L, LI, Lbl and LBody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import text_width
from service.rendering.typesetting.items import Item, Tab, Text
from service.rendering.typesetting.looks import Alignment, ParagraphLook, RunLook
from service.rendering.typesetting.markup import array, block, points
from service.rendering.typesetting.numbering import Level
from service.rendering.typesetting.paragraphs import edges, leading, paragraph_function, tallest_look
from service.rendering.typesetting.runs import set_items
from service.rendering.typesetting.tabs import TabSetter

_PASSED = 0.01


@dataclass(slots=True)
class ListEntry:
    """One numbered paragraph, ready to be nested; ``gap`` is the space that follows it within the list."""

    level: int
    label: str
    body: str
    gap: float = 0.0


def list_entry(
    composition: Composition, look: ParagraphLook, text: RunLook, items: Sequence[Item], level: Level
) -> ListEntry:
    """Step the numbering and set the paragraph; its label hangs where Word puts it."""
    label_text, label_look, position, end = _label(composition, look, text, level)
    shifted = _shifted(composition, look, end)
    if any(isinstance(item, Tab) for item in items):
        code = TabSetter(composition, look, text).set(items, end)
    else:
        code = set_items(composition, items, text)
    label = block(set_items(composition, [Text(label_text, label_look)], text))
    function = paragraph_function(composition, shifted, text, leading(look, tallest_look(items, text)))
    return ListEntry(
        look.list_level,
        f"Label({points(position)},{{set text({edges(look, text)});{label}}})",
        f"{function}({block(code)})",
    )


def _shifted(composition: Composition, look: ParagraphLook, end: float) -> ParagraphLook:
    """The look of the paragraph beside its label."""
    key = (id(look), end)
    if key not in composition.shifted_looks:
        composition.shifted_looks[key] = (replace(look, first=end - look.left, keep_next=False), look)
    return composition.shifted_looks[key][0]


def numbered_heading(
    composition: Composition, look: ParagraphLook, text: RunLook, items: Sequence[Item], level: Level
) -> list[Item]:
    """A heading keeps its number in its text."""
    label_text, label_look, _, _ = _label(composition, look, text, level)
    separators: dict[str, list[Item]] = {"tab": [Tab(text)], "space": [Text(" ", label_look)]}
    return [Text(label_text, label_look), *separators.get(level.suffix, []), *items]


def _label(
    composition: Composition, look: ParagraphLook, text: RunLook, level: Level
) -> tuple[str, RunLook, float, float]:
    """The label, its look, where it begins, and where the text after it begins."""
    written = composition.counters.next_label(look.list_id or "", look.list_level, level)
    label_look = composition.styles.label_look(level, text)
    width = text_width(written, label_look)
    origin = look.left + look.first
    shift = {Alignment.RIGHT: width, Alignment.CENTER: width / 2}.get(level.align, 0.0)
    position = origin - shift
    end = position + width
    if level.suffix == "space":
        end += text_width(" ", label_look)
    elif level.suffix == "tab":
        stops = sorted([stop.position for stop in look.tabs] + ([look.left] if look.first < 0 else []))
        every = composition.settings.default_tab
        end = next((stop for stop in stops if stop > end + _PASSED), (int((end + _PASSED) // every) + 1) * every)
    return written, label_look, position, end


def nest(entries: Sequence[ListEntry]) -> str:
    """The entries as one list, deeper levels within the entry before them."""
    code, position = [], 0
    while position < len(entries):
        nested, position = _nest_level(entries, position, entries[position].level)
        code.append(nested)
    return block(code)


def _nest_level(entries: Sequence[ListEntry], position: int, level: int) -> tuple[str, int]:
    labels: list[str] = []
    bodies: list[list[str]] = []
    while position < len(entries) and entries[position].level >= level:
        entry = entries[position]
        if entry.level > level and bodies:
            nested, position = _nest_level(entries, position, entry.level)
            bodies[-1].append(nested)
            continue
        labels.append(entry.label)
        bodies.append([entry.body, f"v({points(entry.gap)})"] if entry.gap else [entry.body])
        position += 1
    listed = ",".join(f"enum.item({number},{block(body)})" for number, body in enumerate(bodies, start=1))
    return f"List({array(labels)},{listed})", position
