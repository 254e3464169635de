"""What the typesetter cannot carry over is refused, with its place, and all of it at once."""

from collections.abc import Callable

import pytest

from service.errors import DocumentRefused, Fault
from service.rendering.typesetting.engine import typeset

Write = Callable[..., str]
WriteWord = Callable[..., bytes]

RUN = {
    "hidden text": ("<w:vanish/>", "unsupported_value"),
    "a font that does not ship": ('<w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/>', "font_missing"),
    "two Latin fonts": ('<w:rFonts w:ascii="Times New Roman" w:hAnsi="DejaVu Sans"/>', "font_missing"),
    "an attribute nobody knows": ('<w:b w:val="1" w:extra="1"/>', "unsupported_attribute"),
    "a property nobody knows": ("<w:sparkle/>", "unsupported_property"),
    "another vocabulary's property": ('<x:b xmlns:x="urn:x"/>', "unsupported_property"),
    "a wavy underline": ('<w:u w:val="wave"/>', "unsupported_value"),
    "spread letters": ('<w:spacing w:val="20"/>', "unsupported_value"),
    "a colour by name": ('<w:color w:val="red"/>', "unsupported_value"),
    "a switch that is neither on nor off": ('<w:i w:val="maybe"/>', "unsupported_value"),
    "a patterned shade": ('<w:shd w:val="pct25" w:fill="auto"/>', "unsupported_value"),
    "text from right to left": ("<w:rtl/>", "unsupported_value"),
    "a character border": ('<w:bdr w:val="single" w:sz="4"/>', "unsupported_value"),
    "a giant size": ('<w:sz w:val="4000"/>', "unsupported_value"),
}
PARAGRAPH = {
    "a frame": ('<w:framePr w:w="100"/>', "unsupported_property"),
    "tracked formatting": ("<w:pPrChange/>", "unsupported_property"),
    "an alignment nobody knows": ('<w:jc w:val="thaiDistribute"/>', "unsupported_value"),
    "right-to-left": ("<w:bidi/>", "unsupported_value"),
    "automatic spacing": ('<w:spacing w:beforeAutospacing="1"/>', "unsupported_value"),
    "spacing in lines": ('<w:spacing w:beforeLines="100"/>', "unsupported_attribute"),
    "an indent in characters": ('<w:ind w:firstLineChars="200"/>', "unsupported_attribute"),
    "a bar tab": ('<w:tabs><w:tab w:val="bar" w:pos="720"/></w:tabs>', "unsupported_value"),
    "a wavy border": ('<w:pBdr><w:top w:val="wave" w:sz="4"/></w:pBdr>', "unsupported_value"),
    "a border between paragraphs": ('<w:pBdr><w:between w:val="single" w:sz="4"/></w:pBdr>', "unsupported_value"),
    "a style that is not there": ('<w:pStyle w:val="Nowhere"/>', "style"),
    "a theme font without theme": ('<w:pStyle w:val="Themed"/>', "font_missing"),
    "a list that is not there": ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>', "numbering"),
}
CONTENT = {
    "an insertion": ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "tracked_change"),
    "a deletion": ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "tracked_change"),
    "a comment": ('<w:commentRangeStart w:id="0"/>', "comment"),
    "a cross-reference to a place that is not there": ('<w:fldSimple w:instr=" REF _Ref1 "/>', "link_target"),
    "a reference to the page of nothing": ('<w:fldSimple w:instr=" PAGEREF _Ref1 "/>', "link_target"),
    "a reference above or below": ('<w:fldSimple w:instr=" REF _Ref1 \\p "/>', "field_unsupported"),
    "a link field out of the document": ('<w:fldSimple w:instr=" HYPERLINK https://example.com "/>', "external_link"),
    "a date field": ('<w:fldSimple w:instr=" DATE "/>', "field_unsupported"),
    "a page number in words": ('<w:fldSimple w:instr=" PAGE \\* CardText "/>', "field_unsupported"),
    "a field without end": (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        "field_unsupported",
    ),
    "a drawing of old": ("<w:r><w:pict/></w:r>", "unsupported_element"),
    "a column break": ('<w:r><w:br w:type="column"/></w:r>', "unsupported_element"),
    "a formula": ('<m:oMath xmlns:m="urn:m"/>', "unsupported_element"),
    "an alternative content block": ('<mc:AlternateContent xmlns:mc="urn:mc"/>', "unsupported_element"),
    "a symbol from an unknown font": ('<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>', "glyph_missing"),
    "a character no font has": ("<w:r><w:t>漢字</w:t></w:r>", "glyph_missing"),
    "Hebrew": ("<w:r><w:t>שלום</w:t></w:r>", "glyph_missing"),
    "a private character": ("<w:r><w:t>\uf0a8</w:t></w:r>", "glyph_missing"),
    "a link to a place that is not there": (
        '<w:hyperlink w:anchor="gone"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
        "link_target",
    ),
    "a note without text": ('<w:r><w:footnoteReference w:id="9"/></w:r>', "footnote"),
    "an endnote": ('<w:r><w:endnoteReference w:id="9"/></w:r>', "unsupported_element"),
    "a page break within words": ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "page_break"),
    "a prompt left in a form field": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Name</w:t></w:r></w:sdtContent></w:sdt>",
        "unsupported_element",
    ),
}
SECTION = {
    "columns": ('<w:cols w:num="2"/>', "unsupported_value"),
    "line numbers by section": ('<w:lnNumType w:countBy="1" w:restart="newSection"/>', "unsupported_value"),
    "a page border of apples": ('<w:pgBorders><w:top w:val="apples" w:sz="4"/></w:pgBorders>', "unsupported_value"),
    "a page border with a shadow": (
        '<w:pgBorders><w:top w:val="single" w:sz="4" w:shadow="1"/></w:pgBorders>',
        "unsupported_value",
    ),
    "a line grid": ('<w:docGrid w:type="lines"/>', "unsupported_value"),
    "page numbers in words": ('<w:pgNumType w:fmt="cardinalText"/>', "unsupported_value"),
    "a negative margin": ('<w:pgMar w:top="-1440"/>', "unsupported_value"),
    "a banner": ('<w:pgSz w:w="90000" w:h="15840"/>', "unsupported_value"),
}
TABLE = {
    "a floating table": '<w:tblPr><w:tblpPr w:tblpX="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>',
    "a diagonal line": (
        '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc>'
        '<w:tcPr><w:tcBorders><w:tl2br w:val="single" w:sz="4"/></w:tcBorders></w:tcPr><w:p/></w:tc></w:tr>'
    ),
    "no column widths": "<w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>",
    "a row longer than the grid": (
        '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
        "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    ),
    "a width that is left to Word": (
        '<w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr>'
    ),
    "a merge that continues nothing": (
        '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    ),
    "turned text": (
        '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
        '<w:tr><w:tc><w:tcPr><w:textDirection w:val="btLr"/></w:tcPr><w:p/></w:tc></w:tr>'
    ),
}
SETTINGS = {
    "automatic hyphenation": "<w:autoHyphenation/>",
    "mirrored margins": "<w:mirrorMargins/>",
    "a setting nobody knows": "<w:sparkle/>",
    "a compatibility option nobody knows": "<w:compat><w:lineWrapLikeWord6/></w:compat>",
}


def _faults(word: bytes) -> tuple[Fault, ...]:
    with pytest.raises(DocumentRefused) as refusal:
        typeset(word)
    return refusal.value.faults


@pytest.mark.parametrize("case", RUN)
def test_run_properties_that_are_not_typeset_are_refused_where_they_stand(
    write_word: WriteWord, paragraph: Write, case: str
) -> None:
    properties, code = RUN[case]
    (fault,) = _faults(write_word(paragraph("First.") + paragraph("Second one.", run=properties)))
    assert (fault.code, fault.part, fault.paragraph, fault.snippet) == (code, "word/document.xml", 2, "Second one.")


@pytest.mark.parametrize("case", PARAGRAPH)
def test_paragraph_properties_that_are_not_typeset_are_refused_where_they_stand(
    write_word: WriteWord, paragraph: Write, case: str
) -> None:
    properties, code = PARAGRAPH[case]
    faults = _faults(write_word(paragraph("First.") + paragraph("Second one.", properties)))
    assert {(fault.code, fault.paragraph) for fault in faults} == {(code, 2)}


@pytest.mark.parametrize("case", CONTENT)
def test_content_that_is_not_typeset_is_refused_and_never_dropped(
    write_word: WriteWord, paragraph: Write, case: str
) -> None:
    content, code = CONTENT[case]
    faults = _faults(write_word(paragraph("First.") + f"<w:p>{content}</w:p>"))
    assert {(fault.code, fault.paragraph) for fault in faults} == {(code, 2)}


@pytest.mark.parametrize("case", SECTION)
def test_page_properties_that_are_not_typeset_are_refused(write_word: WriteWord, paragraph: Write, case: str) -> None:
    properties, code = SECTION[case]
    (fault,) = _faults(write_word(paragraph("text"), section=properties))
    assert fault.code == code


@pytest.mark.parametrize("case", TABLE)
def test_tables_that_are_not_typeset_are_refused(write_word: WriteWord, paragraph: Write, case: str) -> None:
    faults = _faults(write_word(f"<w:tbl>{TABLE[case]}</w:tbl>" + paragraph("after")))
    assert {fault.part for fault in faults} == {"word/document.xml"}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_that_would_change_the_page_are_refused(write_word: WriteWord, paragraph: Write, case: str) -> None:
    (fault,) = _faults(write_word(paragraph("text"), settings=SETTINGS[case]))
    assert fault.part == "word/settings.xml"


def test_a_fault_in_a_style_names_the_style(write_word: WriteWord, paragraph: Write) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Odd"><w:rPr><w:emboss/></w:rPr></w:style>'
    (fault,) = _faults(write_word(paragraph("x", '<w:pStyle w:val="Odd"/>'), styles=styles))
    assert "Odd" in fault.message


def test_a_style_that_nothing_uses_may_hold_anything(write_word: WriteWord, paragraph: Write) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Odd"><w:rPr><w:emboss/></w:rPr></w:style>'
    assert typeset(write_word(paragraph("x"), styles=styles)).pages == 1


def test_styles_that_rest_on_each_other_are_refused(write_word: WriteWord, paragraph: Write) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in (("A", "B"), ("B", "A"))
    )
    assert {fault.code for fault in _faults(write_word(paragraph("x", '<w:pStyle w:val="A"/>'), styles=styles))} == {
        "style"
    }


def test_every_fault_of_a_document_comes_in_one_answer(write_word: WriteWord, paragraph: Write) -> None:
    body = paragraph("one", run="<w:vanish/>") + paragraph("two") + paragraph("three", "<w:bidi/>") + paragraph("四")
    parts = {"footer1.xml": ("footer", paragraph("five", run="<w:emboss/>"))}
    section = '<w:footerReference w:type="default" r:id="rId-footer1.xml"/>'
    faults = _faults(write_word(body, section=section, parts=parts, settings="<w:autoHyphenation/>"))
    assert {(fault.part, fault.paragraph) for fault in faults} == {
        ("word/settings.xml", None),
        ("word/document.xml", 1),
        ("word/document.xml", 3),
        ("word/document.xml", 4),
        ("word/footer1.xml", 1),
    }


def test_a_snippet_is_cut_at_forty_characters(write_word: WriteWord, paragraph: Write) -> None:
    (fault,) = _faults(write_word(paragraph("x" * 100, "<w:bidi/>")))
    assert fault.snippet == "x" * 40


@pytest.mark.parametrize(
    ("levels", "faulty"), [([1], None), ([1, 2, 2, 1], None), ([1, 3], 2), ([2], 1), ([1, 2, 3, 2, 3], None)]
)
def test_headings_begin_with_the_first_level_and_skip_none(
    write_word: WriteWord, paragraph: Write, levels: list[int], faulty: int | None
) -> None:
    word = write_word("".join(paragraph("Heading", f'<w:pStyle w:val="Heading{level}"/>') for level in levels))
    if faulty is None:
        assert typeset(word).pages == 1
    else:
        assert [(fault.code, fault.paragraph) for fault in _faults(word)] == [("heading_order", faulty)]


@pytest.mark.parametrize(("missing", "code"), [("title", "title_missing"), ("modified", "date_missing")])
def test_a_document_without_title_or_date_is_refused(
    write_word: WriteWord, paragraph: Write, missing: str, code: str
) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        + ("" if missing == "title" else "<dc:title>Order</dc:title>")
        + ("" if missing == "modified" else "<dcterms:modified>2026-11-14T00:00:00Z</dcterms:modified>")
        + "</cp:coreProperties>"
    )
    (fault,) = _faults(write_word(paragraph("text"), core=core))
    assert (fault.code, fault.part) == (code, "docProps/core.xml")


def test_a_line_of_more_tabs_than_it_has_room_for_is_refused_at_once(write_word: WriteWord) -> None:
    body = "<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r>" + "<w:t>a</w:t><w:tab/>" * 20_000 + "</w:r></w:p>"
    with pytest.raises(DocumentRefused) as refused:
        typeset(write_word(body))
    assert [(fault.code, fault.paragraph) for fault in refused.value.faults] == [("tab", 2)]
