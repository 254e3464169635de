"""Documents made for one feature of pages, tables, notes or pictures each."""

import io

from PIL import Image

from tests.rendering.corpus.document import (
    MANNER,
    Corpus,
    cell,
    field_code,
    grid,
    lines,
    listed,
    margin_parts,
    row,
    run,
    runs,
    shown_as,
)
from tests.rendering.wordml import GEOMETRY, STYLES, paragraph, table

SUMS = [["Line", "Provider", "Balance"], *([str(number), "Clinic", f"${number}0.25"] for number in range(1, 61))]
BANDS = (
    '<w:style w:type="table" w:styleId="Bands"><w:name w:val="Bands"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
    '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8"/>'
    '</w:tcBorders><w:shd w:val="clear" w:fill="D9E2F3"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top w:val="double" w:sz="4"/>'
    "</w:tcBorders></w:tcPr></w:tblStylePr>"
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:i/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr></w:style>'
)
LOOK = (
    '<w:tblStyle w:val="Bands"/><w:tblLook w:firstRow="1" w:lastRow="1" w:firstColumn="1" w:noHBand="0" w:noVBand="1"/>'
)


def add_tables(corpus: Corpus) -> None:
    """Grids, spans, heights, rules, styles."""
    corpus.typeset("a plain table", table(SUMS[:8]) + paragraph(MANNER))
    corpus.typeset("a header row that comes again", table(SUMS, header=1))
    corpus.typeset("two header rows", table([["Expenses", "of", "2026"], *SUMS], header=2))
    wide = row(cell("all", 9360, '<w:gridSpan w:val="3"/>'))
    three = row(*(cell(text, 3120) for text in "abc"))
    corpus.typeset("cells merged across", grid([3120] * 3, [wide, three, wide]))
    tall = row(cell("tall", 3120, '<w:vMerge w:val="restart"/>'), cell("b", 3120), cell("c", 3120))
    below = row(cell("", 3120, "<w:vMerge/>"), cell("e", 3120), cell("f", 3120))
    corpus.typeset("cells merged down", grid([3120] * 3, [tall, below, below]) + paragraph("After."))
    thick = '<w:tcBorders><w:bottom w:val="single" w:sz="24"/></w:tcBorders>'
    corpus.typeset(
        "lines of single cells",
        grid(
            [4680] * 2,
            [
                row(cell("a", 4680, thick), cell("b", 4680)),
                row(cell("c", 4680), cell("d", 4680, '<w:tcBorders><w:left w:val="nil"/></w:tcBorders>')),
            ],
        ),
    )
    double = '<w:tcBorders><w:top w:val="single" w:sz="4"/><w:bottom w:val="double" w:sz="4"/></w:tcBorders>'
    total = row(cell("Total", 4680, double), cell("$447.39", 4680, double))
    corpus.typeset(
        "a total with double line", grid([4680] * 2, [row(cell("Sum", 4680), cell("$447.39", 4680)), total], "")
    )
    corpus.typeset(
        "shaded cells",
        grid([4680] * 2, [row(cell("a", 4680, '<w:shd w:val="clear" w:fill="DDDDDD"/>'), cell("b", 4680))]),
    )
    middle = '<w:vAlign w:val="center"/>'
    corpus.typeset("text in the middle of cells", grid([4680] * 2, [row(cell(MANNER, 4680), cell("b", 4680, middle))]))
    for rule in ("atLeast", "exact"):
        height = f'<w:trHeight w:val="900" w:hRule="{rule}"/>'
        corpus.typeset(f"rows of height {rule}", table([["a", "b"], ["c", "d"]], row=height) + paragraph("After."))
    long = [[MANNER, MANNER * 2] for _ in range(9)]
    corpus.typeset("rows that may break", table(long))
    corpus.typeset("rows that may not break", table(long, row="<w:cantSplit/>"))
    inner = table([["x", "y"], ["z", "w"]]).replace('w:w="4680"', 'w:w="2000"') + paragraph()
    corpus.typeset("a table in a table", table([["Outer", inner], ["a", "b"]]) + paragraph("After."))
    caption = [["DANA EXAMPLE", "§", "CASE NO. 60DR-26-1"], ["v.", "§", ""], ["RILEY EXAMPLE", "§", "DIVISION IV"]]
    corpus.typeset("a caption without lines", table(caption, properties="") + paragraph(MANNER))
    corpus.typeset(
        "bands of a table style",
        grid([3120] * 3, [row(*(cell(text, 3120) for text in each)) for each in SUMS[:9]], LOOK),
        styles=STYLES + BANDS,
    )
    narrow = grid(
        [2000] * 2, [row(cell("a", 2000), cell("b", 2000))], '<w:tblStyle w:val="Grid"/><w:jc w:val="center"/>'
    )
    corpus.typeset("a table in the middle", narrow + paragraph(MANNER))
    indented = narrow.replace('<w:jc w:val="center"/>', '<w:tblInd w:w="1440" w:type="dxa"/>')
    corpus.typeset("an indented table", indented + paragraph(MANNER))
    shares = table([["a", "b"], ["c", "d"]]).replace('w:w="4680" w:type="dxa"', 'w:w="2500" w:type="pct"')
    corpus.typeset("widths in per cent", shares + paragraph(MANNER))
    points = '<w:tabs><w:tab w:val="decimal" w:pos="1800"/></w:tabs>'
    figures = [[text, paragraph(text, points)] for text in ("$1,234.50", "$7.25", "$12,000.00")]
    corpus.typeset("figures at the point", table(figures))
    margins = '<w:top w:w="100" w:type="dxa"/><w:left w:w="200" w:type="dxa"/>'
    roomy = f'<w:tblStyle w:val="Grid"/><w:tblCellMar>{margins}</w:tblCellMar>'
    corpus.typeset("cell margins", table([["a", MANNER], ["c", "d"]], properties=roomy) + paragraph("After."))
    spaced = '<w:spacing w:before="60" w:after="60"/><w:jc w:val="right"/>'
    corpus.typeset("space in cells", table([[paragraph(MANNER, spaced), "b"], ["c", paragraph("d", spaced)]]))
    corpus.typeset("a list in a cell", table([[paragraph(MANNER, listed()) + paragraph(MANNER, listed()), "b"]]))


def add_pages(corpus: Corpus) -> None:
    """Headers, footers, page numbers, paper, sections, line numbers, page borders."""
    two = lines(60)
    number = runs(
        run("Page "),
        field_code("PAGE", "1"),
        run(" of "),
        field_code("NUMPAGES", "2"),
        properties='<w:jc w:val="center"/>',
    )
    usual = shown_as("header", "header1") + shown_as("footer", "footer1")
    corpus.typeset(
        "header and footer",
        two,
        section=usual + GEOMETRY,
        parts=margin_parts(header1=paragraph("Head"), footer1=number),
    )
    first = shown_as("header", "header1") + shown_as("header", "header2", "first") + "<w:titlePg/>"
    corpus.typeset(
        "another first header",
        two,
        section=first + GEOMETRY,
        parts=margin_parts(header1=paragraph("Later"), header2=paragraph("First")),
    )
    both = shown_as("header", "header1") + shown_as("header", "header2", "even")
    corpus.typeset(
        "odd and even headers",
        lines(110),
        section=both + GEOMETRY,
        settings="<w:evenAndOddHeaders/>",
        parts=margin_parts(header1=paragraph("Odd"), header2=paragraph("Even")),
    )
    corpus.typeset(
        "a header that pushes",
        two,
        section=shown_as("header", "header1") + GEOMETRY,
        parts=margin_parts(header1=lines(6, "Head {}")),
    )
    corpus.typeset(
        "a footer that pushes",
        two,
        section=shown_as("footer", "footer1") + GEOMETRY,
        parts=margin_parts(footer1=lines(6, "Foot {}")),
    )
    corpus.typeset(
        "a letterhead on the first page",
        two,
        section=first + GEOMETRY,
        parts=margin_parts(header1=paragraph("Later"), header2=lines(8, "Letterhead {}")),
    )
    corpus.typeset(
        "a first page without the tall header",
        two,
        section=first + GEOMETRY,
        parts=margin_parts(header1=lines(6, "Tall {}"), header2=paragraph("First")),
    )
    feet = shown_as("footer", "footer1") + shown_as("footer", "footer2", "first") + "<w:titlePg/>"
    corpus.typeset(
        "a tall foot on the first page",
        two,
        section=feet + GEOMETRY,
        parts=margin_parts(footer1=paragraph("Later"), footer2=lines(8, "Foot {}")),
    )
    corpus.typeset(
        "Roman page numbers",
        two,
        section=shown_as("footer", "footer1") + GEOMETRY + '<w:pgNumType w:fmt="lowerRoman" w:start="3"/>',
        parts=margin_parts(footer1=runs(field_code("PAGE", "iii"), properties='<w:jc w:val="center"/>')),
    )
    corpus.typeset(
        "a Roman field",
        two,
        section=shown_as("footer", "footer1") + GEOMETRY,
        parts=margin_parts(footer1=runs(field_code("PAGE \\* ROMAN", "I"))),
    )
    wide = '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'
    corpus.typeset(
        "a wide section",
        paragraph(MANNER * 3) + f"<w:p><w:pPr><w:sectPr>{wide}</w:sectPr></w:pPr></w:p>" + paragraph(MANNER * 3),
    )
    goes_on = f"<w:p><w:pPr><w:sectPr>{GEOMETRY}</w:sectPr></w:pPr>{run(MANNER)}</w:p>" + paragraph(MANNER)
    corpus.typeset("a section that goes on", goes_on, section='<w:type w:val="continuous"/>' + GEOMETRY)
    narrow = GEOMETRY.replace('w:left="1440"', 'w:left="2160"').replace('w:gutter="0"', 'w:gutter="360"')
    corpus.typeset("margins and gutter", paragraph(MANNER * 8), section=narrow)
    corpus.typeset("legal paper", lines(80), section=GEOMETRY.replace('w:h="15840"', 'w:h="20160"'))
    corpus.typeset(
        "line numbers",
        paragraph(MANNER * 4) + paragraph() + lines(60),
        section=GEOMETRY + '<w:lnNumType w:countBy="1"/>',
    )
    fifth = '<w:lnNumType w:countBy="5" w:restart="continuous" w:distance="500"/>'
    corpus.typeset("every fifth line numbered", lines(70), section=GEOMETRY + fifth)
    corpus.typeset(
        "lines without numbers",
        lines(5) + paragraph(MANNER, "<w:suppressLineNumbers/>") + lines(5),
        section=GEOMETRY + '<w:lnNumType w:countBy="1"/>',
    )
    sides = ("top", "left", "bottom", "right")
    for origin, kind in (("text", "double"), ("page", "single")):
        drawn = "".join(f'<w:{side} w:val="{kind}" w:sz="12" w:space="20"/>' for side in sides)
        corpus.typeset(
            f"page border from the {origin}",
            two,
            section=GEOMETRY + f'<w:pgBorders w:offsetFrom="{origin}">{drawn}</w:pgBorders>',
        )


def add_notes_and_pictures(corpus: Corpus) -> None:
    """Footnotes; PNG and JPEG."""

    def call(note: int) -> str:
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{note}"/></w:r>'

    def note(number: int, *paragraphs: str) -> str:
        return f'<w:footnote w:id="{number}">{"".join(paragraphs)}</w:footnote>'

    small = '<w:sz w:val="20"/>'
    one = note(2, paragraph(MANNER, run=small))
    corpus.typeset(
        "a footnote", runs(run(MANNER), call(2)) + paragraph(MANNER), parts={"footnotes.xml": ("footnotes", one)}
    )
    several = (
        note(2, paragraph("First.", run=small))
        + note(3, paragraph("Second.", run=small))
        + note(4, paragraph(MANNER, run=small))
    )
    called = "".join(runs(run(MANNER), call(number)) for number in (2, 3, 4))
    corpus.typeset("several footnotes", called + lines(40), parts={"footnotes.xml": ("footnotes", several)})
    sizes = note(2, paragraph("Small.", run=small)) + note(3, paragraph("Large.", run='<w:sz w:val="28"/>'))
    corpus.typeset(
        "footnotes of two sizes",
        runs(run("One"), call(2), run(" two"), call(3)),
        parts={"footnotes.xml": ("footnotes", sizes)},
    )
    slanted = note(2, runs(run("See ", "<w:i/>" + small), run("the order.", small)))
    corpus.typeset("a footnote in italics", runs(run(MANNER), call(2)), parts={"footnotes.xml": ("footnotes", slanted)})
    for kind in ("PNG", "JPEG"):
        picture = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(picture, kind)
        name = f"seal.{kind.lower()}"
        corpus.typeset(
            f"a picture in {kind}",
            drawing(name, 'descr="Seal of the court"') + paragraph(MANNER),
            parts={name: ("image", picture.getvalue())},
        )


def drawing(name: str, description: str, placed: str = "inline") -> str:
    """A paragraph with a picture of one inch."""
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:{placed} xmlns:wp="{space}/wordprocessingDrawing">'
        f'<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="seal" {description}/>'
        f'<a:graphic xmlns:a="{space}/main"><a:graphicData uri="{space}/picture">'
        f'<pic:pic xmlns:pic="{space}/picture"><pic:nvPicPr/>'
        f'<pic:blipFill><a:blip r:embed="rId-{name}"/></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{placed}></w:drawing></w:r></w:p>"
    )
