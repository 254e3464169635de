"""Setting blocks one after another: paragraphs, lists, tables and page breaks, with the space between them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.inline import InlineReader
from service.rendering.typesetting.items import Bookmark, Item, PageBreak, Tab
from service.rendering.typesetting.like_paragraphs import read_like
from service.rendering.typesetting.lists import ListEntry, list_entry, nest, numbered_heading
from service.rendering.typesetting.looks import ParagraphLook
from service.rendering.typesetting.markup import block, points
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.numbering import Level
from service.rendering.typesetting.paragraphs import (
    empty_paragraph,
    leading,
    most_lines,
    paragraph_function,
    tallest_line,
    tallest_look,
)
from service.rendering.typesetting.runs import set_items, width_of
from service.rendering.typesetting.styles import ResolvedParagraph
from service.rendering.typesetting.tables import set_table
from service.rendering.typesetting.tabs import TabSetter, decimal_shift

_INVISIBLE: Final = frozenset({"bookmarkEnd", "proofErr", "permStart", "permEnd", "tcPr", "sectPr"})
_SMALLEST_GAP: Final = 0.001


class Flow:
    """Sets the blocks of one container: a section of the body, a table cell, a header or a footer.

    ``height`` is an upper bound of how high the blocks of a header or footer are, in points; infinite once a table is
    among them. It is not reckoned for other containers.
    """

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._findings = composition.findings
        self._code: list[str] = []
        self._list: list[ListEntry] = []
        self._before: ParagraphLook | None = None
        self._leading = 0.0
        self._at_top = True
        self._after_table = False
        self.height = 0.0

    def set(self, elements: Iterable[etree._Element]) -> list[str]:
        """The code of all blocks, in order."""
        for element, following in pairwise([*self._unwrapped(elements), None]):
            if element is None:
                break
            if short(element) == "p":
                self._paragraph(element, following)
            elif short(element) == "tbl":
                self._table(element)
            else:
                self._code += set_items(
                    self._composition, [Bookmark(element.get(W + "name", ""))], self._composition.base
                )
        self._end_list()
        if self._composition.place.in_cell and self._before is not None:
            self._space(self._leading + self._before.after)
        return self._code

    def _unwrapped(self, elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
        """Paragraphs, tables and wanted bookmarks; content controls around blocks are looked through."""
        for element in elements:
            name = short(element)
            if name in {"p", "tbl"}:
                yield element
            elif name == "bookmarkStart":
                if element.get(W + "name") in self._composition.linked:
                    yield element
            elif name == "sdt":
                content = element.find(W + "sdtContent")
                yield from self._unwrapped(() if content is None else content)
            elif name not in _INVISIBLE:
                self._findings.refuse(
                    "unsupported_element", f"<{name.rpartition('}')[2]}> is not typeset: replace it by text."
                )

    def _paragraph(self, element: etree._Element, following: etree._Element | None) -> None:
        self._findings.enter_paragraph(element)
        resolved, items = read_like(self._composition, element) or self._read(element)
        look = resolved.look
        if not items and following is None and self._after_table and self._composition.place.in_cell:
            return  # Word asks for a paragraph after a table within a cell, and shows none that is empty
        self._after_table = False
        items, breaks_before, breaks_after = self._without_breaks(items)
        if look.page_break_before:
            self._break_page(weak=True)
        for _ in range(breaks_before):
            self._break_page(weak=False)
        only_break = not items and (breaks_before or breaks_after)
        ends_section = not items and element.find(f"{W}pPr/{W}sectPr") is not None
        if not only_break and not ends_section:
            self._numbered_or_plain(resolved, look, items, following)
        for _ in range(breaks_after):
            self._break_page(weak=False)

    def _read(self, element: etree._Element) -> tuple[ResolvedParagraph, list[Item]]:
        """How a paragraph looks, and what stands in it."""
        properties = next(element.iterchildren(W + "pPr"), None)
        resolved = self._composition.styles.paragraph(properties, self._composition.place.table)
        if resolved.problems:
            self._findings.refuse_all(resolved.problems)
        return resolved, InlineReader(self._composition, resolved.text).read(element)

    def _without_breaks(self, items: list[Item]) -> tuple[list[Item], int, int]:
        """The items, and how many page breaks go before and after them."""
        breaks = [number for number, item in enumerate(items) if isinstance(item, PageBreak)]
        if not breaks:
            return items, 0, 0
        kept = [number for number, item in enumerate(items) if not isinstance(item, (PageBreak, Bookmark))]
        before = sum(1 for each in breaks if kept and each < kept[0])
        after = sum(1 for each in breaks if not kept or each > kept[-1])
        if before + after != len(breaks):
            self._findings.refuse(
                "page_break", "A page break within a paragraph is not typeset: break the paragraph in two."
            )
        if self._composition.place.in_cell or self._composition.place.in_margin:
            self._findings.refuse(
                "page_break", "A page break in a table, a header or a footer is not typeset: remove it."
            )
        return [item for item in items if not isinstance(item, PageBreak)], before, after

    def _break_page(self, *, weak: bool) -> None:
        if self._composition.place.in_cell or self._composition.place.in_margin:
            self._findings.refuse(
                "page_break", "A page break in a table, a header or a footer is not typeset: remove it."
            )
            return
        self._end_list()
        self._code.append("pagebreak(weak:true)" if weak else "pagebreak()")
        self._before, self._leading, self._at_top = None, 0.0, True

    def _numbered_or_plain(
        self, resolved: ResolvedParagraph, look: ParagraphLook, items: list[Item], following: etree._Element | None
    ) -> None:
        look = self._heading(look, items)
        tallest = tallest_look(items, resolved.text if items else resolved.mark)
        between, gap = leading(look, tallest), self._gap(look)
        if self._composition.place.in_margin:
            lines = most_lines(items, self._composition.place.width - look.left - look.right)
            self.height += gap + lines * tallest_line(look, tallest, items)
        level = self._composition.styles.level(look)
        if level is not None and look.outline is None and not (look.borders or look.shading):
            self._list_paragraph(resolved, items, level, gap)
        else:
            self._end_list()
            self._space(gap)
            if level is not None:
                items = numbered_heading(self._composition, look, resolved.text, items, level)
            joined = self._without_inner_rules(look, following)
            self._code.append(self._plain(joined, resolved, items, between))
        self._before, self._leading, self._at_top = look, between, False

    def _heading(self, look: ParagraphLook, items: list[Item]) -> ParagraphLook:
        """A heading must not skip a level; one in a header or without text is no heading."""
        if look.outline is None:
            return look
        if self._composition.place.in_margin or not items:
            return replace(look, outline=None)
        fault = self._composition.headings.fault_of(look.outline + 1)
        if fault is not None:
            self._findings.refuse("heading_order", fault)
        return look

    def _gap(self, look: ParagraphLook) -> float:
        """The space between a paragraph and the one before, less what ``contextualSpacing`` takes from either."""
        before = self._before
        if before is None:
            return self._leading + look.before
        alike = before.style == look.style
        above = 0.0 if alike and before.contextual else before.after
        below = 0.0 if alike and look.contextual else look.before
        between = above + below if self._composition.settings.spaces_add else max(above, below)
        return self._leading + between

    def _space(self, gap: float) -> None:
        if gap > _SMALLEST_GAP:
            strong = self._at_top or self._composition.place.in_cell or not self._code
            self._code.append(f"v({points(gap)})" if strong else f"v({points(gap)},weak:true)")

    def _list_paragraph(self, resolved: ResolvedParagraph, items: list[Item], level: Level, gap: float) -> None:
        look = resolved.look
        if look.keep_next:
            self._end_list()
        if self._list:
            self._list[-1].gap = gap
        else:
            self._space(gap)
        self._list.append(list_entry(self._composition, look, resolved.text, items, level))
        if look.keep_next:  # a list cannot hold an entry to what follows it, so the entry is a list of its own
            self._end_list(sticky=True)

    def _end_list(self, *, sticky: bool = False) -> None:
        if self._list:
            code = nest(self._list)
            self._code.append(f"block(width:100%,sticky:true,{code})" if sticky else code)
            self._list = []
            self._at_top = False

    def _plain(self, look: ParagraphLook, resolved: ResolvedParagraph, items: list[Item], between: float) -> str:
        text = resolved.text
        function = paragraph_function(self._composition, look, text, between)
        if not [item for item in items if not isinstance(item, Bookmark)]:
            place = self._composition.place
            numbered = place.numbers_lines and not (place.in_cell or place.in_margin)
            empty = empty_paragraph(look, resolved.mark, numbered=numbered)
            return (
                f"{function}({empty})" if look.borders else block([*set_items(self._composition, items, text), empty])
            )
        if any(isinstance(item, Tab) for item in items):
            code = TabSetter(self._composition, look, text).set(items, look.left + look.first)
        else:
            code = set_items(self._composition, items, text)
            shift = decimal_shift(self._composition, look, items)
            if shift is not None:  # in a box: Word lets a figure overflow its cell, it must not wrap
                code = [f"box(width:{points(shift + width_of(items) + 1)},{block([f'h({points(shift)})', *code])})"]
        return f"{function}({block(code)})"

    def _without_inner_rules(self, look: ParagraphLook, following: etree._Element | None) -> ParagraphLook:
        """Paragraphs of like borders share one frame: rules between them are not drawn."""
        if not look.borders:
            return look
        after = None
        if following is not None and short(following) == "p":
            after = self._composition.styles.paragraph(following.find(W + "pPr"), self._composition.place.table).look
        hidden = {"top"} if _share_frame(self._before, look) else set()
        hidden |= {"bottom"} if _share_frame(after, look) else set()
        return replace(look, borders=tuple(each for each in look.borders if each.side not in hidden))

    def _table(self, element: etree._Element) -> None:
        self._end_list()
        if self._before is not None:
            self._space(self._leading + self._before.after)
        self._code.append(set_table(self._composition, element, lambda cell: Flow(self._composition).set(cell)))
        self._before, self._leading, self._at_top = None, 0.0, False
        self._after_table = True
        self.height = inf


def _share_frame(one: ParagraphLook | None, other: ParagraphLook) -> bool:
    return one is not None and (one.borders, one.left, one.right) == (other.borders, other.left, other.right)
