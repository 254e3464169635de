"""``word/styles.xml``: the whole style sheet, nothing inherited from anyone's defaults."""

from dataclasses import dataclass, replace

from lxml import etree

from templates.authoring.manuscript import Kind, Spacing
from templates.authoring.wordml import W, el, flag, font_size, serialize

FONT = "Times New Roman"
TEXT_SIZE_PT = 12
SMALL_SIZE_PT = 10
ALLEGATIONS_NUM_ID = 1
BULLETS_NUM_ID = 2
_SINGLE = 240
_DOUBLE = 480
_HALF_INCH = 720
_PAGE_MIDDLE = 4680
_LINE = 240
_ONE_POINT = 20
_CELL_PADDING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style; distances in twips, ``line`` in 240ths of a line unless ``exact`` (then twips)."""

    id: str
    name: str
    based_on: str | None = "Normal"
    next: str | None = None
    line: int = _SINGLE
    exact: bool = False
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first_line: int = 0
    align: str | None = None
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    numbering: tuple[int, int] | None = None
    bold: bool = False
    size_pt: float | None = None
    right_tab: int | None = None


def styles_part(spacing: Spacing) -> bytes:
    """The style sheet with body text and allegations spaced as the manuscript asks."""
    root = el("styles", _defaults())
    for style in _house_styles(spacing):
        root.append(_paragraph_style(style))
    root.append(_table_style())
    return serialize(root)


def _defaults() -> etree._Element:
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    run = el("rPr", fonts, *font_size(TEXT_SIZE_PT), el("lang", val="en-US"))
    spacing = el("spacing", before=0, after=0, line=_SINGLE, lineRule="auto")
    return el("docDefaults", el("rPrDefault", run), el("pPrDefault", el("pPr", el("widowControl"), spacing)))


def _house_styles(spacing: Spacing) -> list[_Style]:
    line, after = (_DOUBLE, 0) if spacing is Spacing.DOUBLE else (_SINGLE, _LINE)
    body = _Style(id=Kind.BODY, name="Body", line=line, after=after, first_line=_HALF_INCH)
    allegation = replace(body, id=Kind.ALLEGATION, name="Allegation", first_line=0, numbering=(ALLEGATIONS_NUM_ID, 0))
    table_text = _Style(id="TableText", name="Table Text", before=_CELL_PADDING, after=_CELL_PADDING)
    return [
        _Style(id="Normal", name="Normal", based_on=None),
        *_headings(),
        body,
        allegation,
        replace(allegation, id=Kind.SUBALLEGATION, name="Allegation Level 2", numbering=(ALLEGATIONS_NUM_ID, 1)),
        _Style(id=Kind.BULLET, name="Bullet", numbering=(BULLETS_NUM_ID, 0), after=_LINE // 2),
        _Style(id=Kind.BLOCK, name="Block"),
        _Style(id=Kind.QUOTE, name="Quote", left=_HALF_INCH, right=_HALF_INCH, after=_LINE, align="both"),
        _Style(id=Kind.CENTRED, name="Case Caption", align="center", bold=True),
        _Style(id=Kind.SIGNATURE, name="Signature", left=_PAGE_MIDDLE, keep_lines=True),
        table_text,
        replace(table_text, id="TableHeading", name="Table Heading", bold=True, keep_next=True),
        _Style(id="Header", name="header"),
        _Style(id="PageMark", name="Page Mark", based_on="Header", align="center", bold=True, size_pt=SMALL_SIZE_PT),
        _Style(id="Footer", name="footer", size_pt=SMALL_SIZE_PT, right_tab=2 * _PAGE_MIDDLE),
        _Style(id="Spacer", name="Spacer", line=_ONE_POINT, exact=True, size_pt=1),
    ]


def _headings() -> list[_Style]:
    title = _Style(
        id=Kind.TITLE,
        name="heading 1",
        next=Kind.BODY,
        before=_LINE,
        after=_LINE,
        align="center",
        keep_next=True,
        keep_lines=True,
        outline=0,
        bold=True,
    )
    heading = replace(title, id=Kind.HEADING, name="heading 2", outline=1)
    return [
        title,
        heading,
        replace(heading, id=Kind.SUBHEADING, name="heading 3", outline=2, align=None, after=_LINE // 2),
    ]


def _paragraph_style(style: _Style) -> etree._Element:
    element = el("style", el("name", val=style.name), type="paragraph", styleId=style.id)
    if style.based_on is None:
        element.set(f"{{{W}}}default", "1")
    else:
        element.append(el("basedOn", val=style.based_on))
    if style.next:
        element.append(el("next", val=style.next))
    element.append(el("qFormat"))
    element.append(_paragraph_properties(style))
    run = el("rPr", flag("b", on=style.bold))
    run.extend(font_size(style.size_pt) if style.size_pt else ())
    if len(run):
        element.append(run)
    return element


def _paragraph_properties(style: _Style) -> etree._Element:
    rule = "exact" if style.exact else "auto"
    properties = el("pPr", flag("keepNext", on=style.keep_next), flag("keepLines", on=style.keep_lines))
    if style.numbering:
        num_id, level = style.numbering
        properties.append(el("numPr", el("ilvl", val=level), el("numId", val=num_id)))
    if style.right_tab:
        properties.append(el("tabs", el("tab", val="right", pos=style.right_tab)))
    properties.append(el("spacing", before=style.before, after=style.after, line=style.line, lineRule=rule))
    if style.left or style.right:
        properties.append(el("ind", left=style.left, right=style.right))
    elif style.first_line:
        properties.append(el("ind", firstLine=style.first_line))
    if style.align:
        properties.append(el("jc", val=style.align))
    if style.outline is not None:
        properties.append(el("outlineLvl", val=style.outline))
    return properties


def _table_style() -> etree._Element:
    margins = el(
        "tblCellMar",
        el("top", w=0, type="dxa"),
        el("left", w=108, type="dxa"),
        el("bottom", w=0, type="dxa"),
        el("right", w=108, type="dxa"),
    )
    properties = el("tblPr", el("tblInd", w=0, type="dxa"), margins)
    name = el("name", val="Normal Table")
    return el("style", name, properties, type="table", default="1", styleId="TableNormal")
