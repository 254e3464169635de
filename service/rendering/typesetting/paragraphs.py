"""Setting paragraphs: line height, indents, alignment, borders, keeping together, headings."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import line_measures
from service.rendering.typesetting.items import Item, LineBreak, Picture, Text
from service.rendering.typesetting.looks import SINGLE, Alignment, LineRule, ParagraphLook, RunLook
from service.rendering.typesetting.markup import paint, points, stroke
from service.rendering.typesetting.runs import font_list, width_of

_WORST_FILL: Final = 0.5
"""No line is filled to less than half where words are shorter than that."""
SINGLE_SPACED: Final = ParagraphLook()
"""The spacing of lines that a document begins with."""
_EXACT_ASCENT: Final = 0.8
"""Where the base line lies in a line of exact height, as Word places it."""


def line_edges(look: ParagraphLook, text: RunLook) -> tuple[float, float, str]:
    """How far a line reaches above and below its base line, and the unit: ``em`` grows with larger characters."""
    ascent, descent = line_measures(text)
    natural = ascent + descent
    if look.rule is LineRule.AUTO:
        return ascent, descent + natural * min(look.line / SINGLE - 1, 0.0), "em"
    if look.rule is LineRule.EXACT:
        return look.line * _EXACT_ASCENT, look.line * (1 - _EXACT_ASCENT), "pt"
    if natural * text.size >= look.line:
        return ascent, descent, "em"
    return look.line - descent * text.size, descent * text.size, "pt"


def leading(look: ParagraphLook, tallest: RunLook) -> float:
    """What a line spacing above one adds between lines, in points; below a page's last line it is left out."""
    if look.rule is not LineRule.AUTO or look.line <= SINGLE:
        return 0.0
    return sum(line_measures(tallest)) * tallest.size * (look.line / SINGLE - 1)


def tallest_look(items: Sequence[Item], otherwise: RunLook) -> RunLook:
    """The look of the largest characters among items; of the paragraph or its mark where there are none."""
    return max((item.look for item in items if isinstance(item, Text)), key=lambda look: look.size, default=otherwise)


def line_height(look: ParagraphLook, text: RunLook) -> float:
    """The height of one line, in points."""
    above, below, unit = line_edges(look, text)
    return (above + below) * (text.size if unit == "em" else 1)


def edges(look: ParagraphLook, text: RunLook) -> str:
    """The text settings that give lines their height."""
    above, below, unit = line_edges(look, text)
    return f"top-edge:{above:.4f}{unit},bottom-edge:{-below:.4f}{unit}"


def empty_paragraph(look: ParagraphLook, mark: RunLook, *, numbered: bool = False) -> str:
    """A paragraph without text is as high as its mark; it is a line of its own where lines are numbered."""
    if numbered and look.line_numbers:
        return f"{{set text({edges(look, mark)},size:{points(mark.size)});par(Blank)}}"
    return f"Empty({points(line_height(look, mark))},{str(look.keep_next).lower()})"


def paragraph_function(composition: Composition, look: ParagraphLook, text: RunLook, between: float) -> str:
    """The name of the function that sets text in this look, with ``between`` points added between its lines."""
    key = (id(look), id(text), between)
    known = composition.paragraph_functions.get(key)
    if known is None:
        name = composition.definitions.define("p", _code(composition, look, text, between))
        known = composition.paragraph_functions[key] = (name, look, text)
    return known[0]


def _code(composition: Composition, look: ParagraphLook, text: RunLook, between: float) -> str:
    outdent = min(look.left, look.left + look.first, 0.0)
    left, right = look.left - outdent, look.right
    if look.align in {Alignment.CENTER, Alignment.RIGHT}:
        outdent, left = look.left, 0.0
    body = _body(left + look.first)
    settings = _text_settings(composition, look, text)
    named = _par_settings(look, left, between)
    set_text = f"set text({settings});" if settings else ""
    if look.outline is None:
        element = f"{set_text}par({body})"
    else:
        element = f"heading(level:{look.outline + 1},{{{set_text}{body}}})"
    if composition.numbers_lines and not look.line_numbers:
        element = f"set par.line(numbering:none);{element}"
    code = f"{{set par({named});{element}}}" if named else f"{{{element}}}"
    if look.align in {Alignment.CENTER, Alignment.RIGHT}:
        code = f"align({look.align},{code})"
    if outdent or right:
        code = f"pad(left:{points(outdent)},right:{points(right)},{code})"
    return _kept(look, _ruled(look, code))


def _body(first: float) -> str:
    return f"{{h({points(first)});b}}" if abs(first) > 0.001 else "b"  # noqa: PLR2004 - less than a thousandth is nothing


def _par_settings(look: ParagraphLook, left: float, between: float) -> str:
    settings = []
    if between:
        settings.append(f"leading:{points(between)}")
    if left:
        settings.append(f"hanging-indent:{points(left)}")
    if look.align is Alignment.JUSTIFY:
        settings.append("justify:true")
    return ",".join(settings)


def _text_settings(composition: Composition, look: ParagraphLook, text: RunLook) -> str:
    base = composition.base
    own_edges = edges(look, text)
    settings = [own_edges] if own_edges != edges(SINGLE_SPACED, base) else []
    if text.size != base.size or look.outline is not None:
        settings.append(f"size:{points(text.size)}")
    if text.font != base.font:
        settings.append(font_list(text.font))
    if text.bold != base.bold or look.outline is not None:
        settings.append(f'weight:"{"bold" if text.bold else "regular"}"')
    if text.italic != base.italic:
        settings.append(f'style:"{"italic" if text.italic else "normal"}"')
    if text.color != base.color:
        settings.append(f"fill:{paint(text.color)}")
    if not look.widow_control:
        settings.append("costs:(widow:0%,orphan:0%)")
    return ",".join(settings)


def _ruled(look: ParagraphLook, code: str) -> str:
    """Borders and shading. Rules above and below take room; those at the sides hang outside the indents, as in Word."""
    if not look.borders and look.shading is None:
        return code
    settings = ["width:100%"]
    if look.shading is not None:
        settings.append(f"fill:{paint(look.shading)}")
    if look.borders:
        strokes = ",".join(
            f"{each.side}:{stroke(each.border, upright=each.side in {'left', 'right'})}" for each in look.borders
        )
        settings.append(f"stroke:({strokes})")
        for argument, sides in (("inset", {"top", "bottom"}), ("outset", {"left", "right"})):
            distances = [f"{each.side}:{points(each.distance)}" for each in look.borders if each.side in sides]
            if distances:
                settings.append(f"{argument}:({','.join(distances)})")
    return f"block({','.join(settings)},{code})"


def _kept(look: ParagraphLook, code: str) -> str:
    if not (look.keep_next or look.keep_lines):
        return code
    settings = ("sticky:true," if look.keep_next else "") + ("breakable:false," if look.keep_lines else "")
    return f"block(width:100%,{settings}{code})"


def most_lines(items: Sequence[Item], width: float) -> int:
    """How many lines items fill at the most: exact while each fits one line, else far on the safe side."""
    lines, held = 0, list[Item]()
    for item in [*items, LineBreak()]:
        if isinstance(item, LineBreak):
            natural = width_of(held, widest=True)
            lines += 1 if natural <= width else ceil(natural / max(width * _WORST_FILL, 1.0)) + 1
            held = []
        else:
            held.append(item)
    return lines


def tallest_line(look: ParagraphLook, tallest: RunLook, items: Sequence[Item]) -> float:
    """The height of a line that holds all of these items, with the space to the next."""
    pictures = [item.height for item in items if isinstance(item, Picture)]
    return max([line_height(look, tallest) + leading(look, tallest), *pictures])
