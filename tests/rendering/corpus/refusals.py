"""Documents that hold what would be lost or changed: each is refused, at the right place."""

from tests.rendering.corpus.document import Corpus, Refusal, cell, field_code, grid, listed, row, run, runs, shown_as
from tests.rendering.corpus.page_features import drawing
from tests.rendering.wordml import GEOMETRY, paragraph, table

FIRST = paragraph("First.")
IN_SECOND = {
    "a tracked insertion": ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "tracked_change"),
    "a tracked deletion": ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "tracked_change"),
    "a comment": ('<w:commentRangeStart w:id="0"/>', "comment"),
    "a text box of old": ("<w:r><w:pict/></w:r>", "unsupported_element"),
    "a text box": ('<w:r><mc:AlternateContent xmlns:mc="urn:mc"/></w:r>', "unsupported_element"),
    "an equation": ('<m:oMath xmlns:m="urn:m"/>', "unsupported_element"),
    "an endnote": ('<w:r><w:endnoteReference w:id="2"/></w:r>', "unsupported_element"),
    "a date field": (field_code("DATE", "1/1/2026"), "field_unsupported"),
    "a table of contents": (field_code('TOC \\o "1-3"', "Contents"), "field_unsupported"),
    "a merge field": (field_code("MERGEFIELD Name", "Dana"), "field_unsupported"),
    "a reference to nothing": (field_code("REF _Ref1 \\h", "x"), "link_target"),
    "Chinese": (run("漢字"), "glyph_missing"),
    "Hebrew": (run("שלום"), "glyph_missing"),
    "hidden text": (run("hidden", "<w:vanish/>"), "unsupported_value"),
    "a font that is not shipped": (run("x", '<w:rFonts w:ascii="Garamond" w:hAnsi="Garamond"/>'), "font_missing"),
    "a column break": ('<w:r><w:br w:type="column"/></w:r>', "unsupported_element"),
    "a prompt not filled in": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Name</w:t></w:r></w:sdtContent></w:sdt>",
        "unsupported_element",
    ),
}
OF_SECOND = {
    "a frame": ("<w:framePr/>", "unsupported_property"),
    "text from right to left": ("<w:bidi/>", "unsupported_value"),
    "a list that is not there": (listed(0, 77), "numbering"),
}
OF_PAGE = {
    "columns": ('<w:cols w:num="2"/>', "unsupported_value"),
    "a page border of apples": ('<w:pgBorders><w:top w:val="apples" w:sz="12"/></w:pgBorders>', "unsupported_value"),
    "a vertical centre": ('<w:vAlign w:val="center"/>', "unsupported_value"),
}
OUTSIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"


def add_refusals(corpus: Corpus) -> None:
    """Everything that must not be set."""
    for name, (content, code) in IN_SECOND.items():
        corpus.refused(name, FIRST + runs(content), Refusal(code, paragraph=2))
    for name, (properties, code) in OF_SECOND.items():
        corpus.refused(name, FIRST + paragraph("Second.", properties), Refusal(code, paragraph=2))
    for name, (properties, code) in OF_PAGE.items():
        corpus.refused(name, FIRST, Refusal(code), section=GEOMETRY + properties)
    corpus.refused(
        "a skipped heading",
        paragraph("A", '<w:pStyle w:val="Heading1"/>') + paragraph("C", '<w:pStyle w:val="Heading3"/>'),
        Refusal("heading_order", paragraph=2),
    )
    upright = '<w:textDirection w:val="btLr"/>'
    corpus.refused(
        "text turned in a cell",
        FIRST + grid([4680] * 2, [row(cell("a", 4680, upright), cell("b", 4680))]),
        Refusal("unsupported_value", paragraph=1),
    )
    floating = table([["a", "b"]], properties='<w:tblpPr w:tblpX="1"/>')
    corpus.refused("a floating table", FIRST + floating, Refusal("unsupported_property", paragraph=1))
    corpus.refused(
        "a picture without alternative text",
        FIRST + drawing("seal.png", ""),
        Refusal("alternative_text", paragraph=2),
        parts={"seal.png": ("image", b"\x89PNG\r\n\x1a\n" + bytes(40))},
    )
    corpus.refused(
        "a floating picture",
        FIRST + drawing("seal.png", 'descr="Seal"', "anchor"),
        Refusal("unsupported_element", paragraph=2),
        parts={"seal.png": ("image", b"\x89PNG\r\n\x1a\n")},
    )
    link = f'<Relationship Id="x" Type="{OUTSIDE}" Target="https://example.com" TargetMode="External"/>'
    for kind in ("hyperlink", "image"):
        corpus.refused(f"an outside {kind}", FIRST, Refusal("external_link"), external=link.format(kind))
    for kind, part in (("macros", "vbaProject.bin"), ("an embedded sheet", "embeddings/sheet1.xlsx")):
        corpus.refused(kind, FIRST, Refusal("active_content", f"word/{part}"), parts={part: ("package", b"x")})
    corpus.refused(
        "a fault in a header",
        FIRST,
        Refusal("glyph_missing", "word/header1.xml", 1),
        section=shown_as("header", "header1") + GEOMETRY,
        parts={"header1.xml": ("header", paragraph("漢"))},
    )
    corpus.refused(
        "mirrored margins", FIRST, Refusal("unsupported_value", "word/settings.xml"), settings="<w:mirrorMargins/>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    headed = table([[runs(run("a"), note), "b"], ["c", "d"]], header=1)
    corpus.refused(
        "a footnote in a header row",
        headed,
        Refusal("footnote"),
        parts={"footnotes.xml": ("footnotes", f'<w:footnote w:id="2">{paragraph("x")}</w:footnote>')},
    )
