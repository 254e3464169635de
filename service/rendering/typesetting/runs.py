"""Setting items without tabs: text in its look, breaks, page numbers, notes and pictures, as Typst code."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import MONO, MONO_EXCESS, RAISED, SERIF, SYMBOLS, text_width
from service.rendering.typesetting.items import Bookmark, Field, Item, LineBreak, NoteMark, Picture, Text
from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.markup import block, literal, paint, points
from service.rendering.typesetting.prelude import BLANK_LINE, BREAK

_HYPHEN_BEFORE_FIGURE: Final = re.compile(r"(?<=[^\s-]-)(?=\d)")
_KEPT_BEFORE_FIGURE: Final = re.compile(r"\u2011(?=\d)")
_SPACED: Final = re.compile(r"\S+|\s+")
_WORDS: Final = re.compile(r"\s+|[^\s-]+-*|-+")
_UNDERLINE: Final = {
    "single": "underline({})",
    "double": "underline(stroke:.04em,underline(offset:.2em,stroke:.04em,{}))",
    "thick": "underline(stroke:.1em,{})",
}


def set_items(composition: Composition, items: Sequence[Item], base: RunLook) -> list[str]:
    """One Typst expression per item; adjacent text of one look is joined."""
    code: list[str] = []
    for position, item in enumerate(items):
        if isinstance(item, Text):
            before = items[position - 1] if position else None
            if not (isinstance(before, Text) and _alike(before, item)):
                text = _joined(items, position) if position + 1 < len(items) else item.text
                code.append(_set_text(composition, text, item, base))
        elif isinstance(item, LineBreak):
            after = items[position + 1] if position + 1 < len(items) else None
            empty = not position or after is None or isinstance(items[position - 1], LineBreak)
            code += [BLANK_LINE, BREAK] if empty and position + 1 < len(items) else [BREAK]
            if after is None:
                code.append(BLANK_LINE)
        elif isinstance(item, Field):
            shown = _wrapped(run_function(composition, item.look, base), item.code)
            code.append(shown if item.target is None else f"link(label({literal(item.target)}),{shown})")
        elif isinstance(item, NoteMark):
            code.append(_footnote(composition, item.note))
        elif isinstance(item, Picture):
            code.append(_picture(item))
        elif isinstance(item, Bookmark):
            code.append(f"[#metadata(none)#label({literal(item.name)})]")
    return code


def width_of(items: Sequence[Item], *, widest: bool = False) -> float:
    """The width in points of items set on one line, page numbers being as narrow or as wide as they may be."""
    width = 0.0
    for item in items:
        if isinstance(item, Text):
            width += text_width(item.text, item.look)
        elif isinstance(item, Field):
            width += text_width(item.widest if widest else item.narrowest, item.look)
        elif isinstance(item, Picture):
            width += item.width
        elif isinstance(item, NoteMark):
            width += text_width("00", RunLook(size=12 * RAISED))
    return width


def run_function(composition: Composition, look: RunLook, base: RunLook) -> str:
    """The name of the function that turns text of the base look into this look; empty when they are alike."""
    if look is base or look == base:
        return ""
    code = "b"
    members = ",".join(differences(look, base))
    if members:
        code = f"text({members},b)"
    if look.raised is not None:
        code = f"{look.raised}({code})"
    if look.underline is not None:
        code = _UNDERLINE[look.underline].format(code)
    if look.strike:
        code = f"strike({code})"
    if look.shading is not None:
        code = f"highlight(fill:{paint(look.shading)},{code})"
    return "" if code == "b" else composition.definitions.define("r", code)


def differences(look: RunLook, base: RunLook) -> list[str]:
    """The text settings that make this look of that one, without what is drawn around the characters."""
    members = []
    if look.bold != base.bold:
        members.append(f'weight:"{"bold" if look.bold else "regular"}"')
    if look.italic != base.italic:
        members.append(f'style:"{"italic" if look.italic else "normal"}"')
    if look.size != base.size:
        members.append(f"size:{points(look.size)}")
    if look.font != base.font:
        members.append(font_list(look.font))
    if look.color != base.color:
        members.append(f"fill:{paint(look.color)}")
    return members


def text_settings(look: RunLook) -> str:
    """All that text of this look sets, whatever is set around it."""
    return (
        f"{font_list(look.font)},size:{points(look.size)},fill:{paint(look.color)},"
        f'weight:"{"bold" if look.bold else "regular"}",style:"{"italic" if look.italic else "normal"}"'
    )


def font_list(family: str) -> str:
    """The family, and the one that stands in for single characters; typewriter letters at ten to the inch exactly."""
    tracking = f"{-MONO_EXCESS:.4f}em" if family == MONO else "0pt"
    return f"font:({literal(family)},{literal(SERIF if family == SYMBOLS else SYMBOLS)}),tracking:{tracking}"


def _alike(one: Text, other: Text) -> bool:
    return (one.look is other.look or one.look == other.look) and one.target == other.target


def _joined(items: Sequence[Item], position: int) -> str:
    first = items[position]
    parts = []
    for item in items[position:]:
        if not (isinstance(item, Text) and isinstance(first, Text) and _alike(first, item)):
            break
        parts.append(item.text)
    return "".join(parts)


def _set_text(composition: Composition, text: str, item: Text, base: RunLook) -> str:
    shown = text.upper() if item.look.caps else text
    function = run_function(composition, item.look, base)
    if item.look.small_caps and not item.look.caps:
        code = _wrapped(function, block(_small_capitals(shown)))
    else:
        code = _wrapped(function, block(_breakable(shown, item.look, composition.place.width)))
    return code if item.target is None else f"link(label({literal(item.target)}),{code})"


def _footnote(composition: Composition, note: str) -> str:
    if composition.place.in_margin or note not in composition.notes:
        where = "in a header or footer" if composition.place.in_margin else "without text"
        composition.findings.refuse("footnote", f"A footnote {where} is not typeset: put its words into the text.")
    return f"footnote({composition.notes.get(note, literal(''))})"


def _breakable(text: str, look: RunLook, width: float) -> list[str]:
    """Text with the line breaks that Word allows beyond Unicode's rules.

    Word breaks after a hyphen before a figure (Unicode line breaking, LB25, does not), and anywhere in a word that is
    wider than its column. A space too small to see allows a break and leaves the text as it is. A no-break hyphen
    before a figure is set as a plain one, which Unicode keeps there as well: a reader can search the PDF for it.
    """
    pieces = [text]
    if "-" in text or "\u2011" in text:
        pieces = [_KEPT_BEFORE_FIGURE.sub("-", piece) for piece in _HYPHEN_BEFORE_FIGURE.split(text)]
    if len(text) * look.size > width and max(map(len, text.split()), default=0) * look.size > width:
        pieces = [each for piece in pieces for each in _fitting(piece, look, width)]
    code = _kept_whole(pieces[0])
    for piece in pieces[1:]:
        code += ["h(.001pt)", *_kept_whole(piece)]
    return code


def _kept_whole(text: str) -> list[str]:
    """Text in which no line ends between two brackets, as in “303.32(c)(5)”: Word keeps these, Unicode does not."""
    if ")(" not in text:
        return [literal(text)]
    code: list[str] = []
    for kept, group in groupby(_SPACED.findall(text), key=lambda word: ")(" in word):
        words = list(group)
        code += [f"box({literal(word)})" for word in words] if kept else [literal("".join(words))]
    return code


def _fitting(text: str, look: RunLook, width: float) -> list[str]:
    """The text cut into characters wherever a word of it is wider than the column."""
    pieces = [""]
    for part in _WORDS.findall(text):
        if len(part) * look.size > width and text_width(part, look) > width:
            pieces += [*part, ""]
        else:
            pieces[-1] += part
    return [piece for piece in pieces if piece] or [text]


def _wrapped(function: str, code: str) -> str:
    return f"{function}({code})" if function else code


def _small_capitals(text: str) -> list[str]:
    """Liberation has no small capitals: lower case is set as capitals at four fifths of the size, as Word does."""
    runs = groupby(text, key=lambda each: each != each.upper())
    parts = [("".join(letters), small) for small, letters in runs]
    return [f"Small({literal(part.upper())})" if small else literal(part) for part, small in parts]


def _picture(picture: Picture) -> str:
    size = f"width:{points(picture.width)},height:{points(picture.height)}"
    return f"box(baseline:0pt,image({literal('/' + picture.file)},{size},alt:{literal(picture.description)}))"
