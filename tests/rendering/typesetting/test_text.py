"""What is read on the page: numbering, fields, headers, capitals, symbols, notes."""

import struct
import zlib
from collections.abc import Callable

import pytest

from service.errors import DocumentRefused
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset

Write = Callable[..., str]
WriteWord = Callable[..., bytes]
Texts = Callable[[bytes], list[str]]


def _words(word: bytes, page_texts: Texts) -> list[list[str]]:
    """The words of every page, after the parity check has passed."""
    pdf = typeset(word).pdf
    check_parity(word, pdf)
    return [page.replace("\ufffe", "-").split() for page in page_texts(pdf)]


def _listed(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_lists_number_themselves_level_by_level_and_restart(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    levels = [(0, 1), (1, 1), (1, 1), (2, 1), (0, 1), (1, 1), (0, 2), (0, 1), (0, 3)]
    word = write_word("".join(paragraph("x", _listed(level, number)) for level, number in levels))
    labels = ["1.", "(a)", "(b)", "1.b.i", "2.", "(a)", "1.", "2.", "•"]
    assert _words(word, page_texts)[0] == [part for label in labels for part in (label, "x")]


def test_a_list_may_belong_to_a_style_and_a_paragraph_may_leave_it(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Listed"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Listed"/></w:style>'
    )
    body = (
        paragraph("a", '<w:pStyle w:val="Listed"/>')
        + paragraph("b", '<w:pStyle w:val="Child"/>')
        + paragraph("c", '<w:pStyle w:val="Child"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert _words(write_word(body, styles=styles), page_texts)[0] == ["1.", "a", "2.", "b", "c"]


def test_a_heading_may_carry_a_number(write_word: WriteWord, paragraph: Write, page_texts: Texts) -> None:
    centred = write_word(paragraph("Grounds", f'<w:pStyle w:val="Heading1"/>{_listed(0)}'))
    assert _words(centred, page_texts)[0] == ["1.", "Grounds"]
    left = write_word(paragraph("Grounds", f'<w:pStyle w:val="Heading1"/>{_listed(0)}<w:jc w:val="left"/>'))
    assert _words(left, page_texts)[0] == ["1.", "Grounds"]


def test_small_capitals_and_capitals_are_printed_as_capitals(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    off = '<w:smallCaps w:val="0"/>'
    body = (
        paragraph("Straße one", run="<w:caps/>")
        + paragraph("Office Two", run="<w:smallCaps/>")
        + paragraph("three", '<w:pStyle w:val="Titled"/>')
        + paragraph("four", '<w:pStyle w:val="Titled"/>', off)
    )
    assert _words(write_word(body), page_texts)[0] == ["STRASSE", "ONE", "OFFICE", "TWO", "THREE", "four"]


def test_marks_beyond_latin_are_set(write_word: WriteWord, paragraph: Write, page_texts: Texts) -> None:
    text = "☐ ☒ § José-Luís O’Brien “quoted” — Søndergård ½ © № a\u0301"
    (words,) = _words(write_word(paragraph(text)), page_texts)
    assert words[:6] == ["☐", "☒", "§", "José-Luís", "O’Brien", "“quoted”"]


def test_typst_code_in_the_text_is_printed_as_those_characters(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    text = '#read("/etc/passwd") *bold* $x$ \\ "quoted" // not a comment {{ 7*7 }} @ref [x] #let'
    (words,) = _words(write_word(paragraph(text)), page_texts)
    assert words == text.split()


def test_symbols_and_special_hyphens_are_characters(write_word: WriteWord, page_texts: Texts) -> None:
    runs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t xml:space="preserve"> A </w:t></w:r>'
        "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>breaking opt</w:t><w:softHyphen/><w:t>ional</w:t></w:r>"
    )
    (words,) = _words(write_word(f"<w:p>{runs}</w:p>"), page_texts)
    assert words[:2] == ["☐", "A"]
    assert words[2].replace("\u2011", "-").replace("\u2010", "-") == "non-breaking"
    assert words[3].replace("\u00ad", "") == "optional"


def test_a_statute_number_keeps_together_and_can_be_searched(write_word: WriteWord, page_texts: Texts) -> None:
    number = "<w:t>9</w:t><w:noBreakHyphen/><w:t>14</w:t><w:noBreakHyphen/><w:t>516</w:t>"
    for filling in range(60, 100):
        run = f'<w:r><w:t xml:space="preserve">{"i" * filling} </w:t>{number}</w:r>'
        (words,) = _words(write_word(f"<w:p>{run}</w:p>"), page_texts)
        assert words[-1] == "9-14-516"


def test_line_breaks_break_even_when_doubled_or_last(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    broken = "<w:p><w:r><w:t>alpha</w:t><w:br/><w:br/><w:t>beta</w:t><w:br/></w:r></w:p>"
    assert _words(write_word(broken + paragraph("gamma")), page_texts)[0] == ["alpha", "beta", "gamma"]


@pytest.mark.parametrize(
    "breaking",
    ["<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>",
     '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>',
     '<w:p><w:r><w:br w:type="page"/><w:t>two</w:t></w:r></w:p>'],
)  # fmt: skip
def test_a_page_break_begins_a_page(write_word: WriteWord, paragraph: Write, page_texts: Texts, breaking: str) -> None:
    assert _words(write_word(paragraph("one") + breaking), page_texts) == [["one"], ["two"]]


def test_page_x_of_y_is_right_on_every_page_in_both_kinds_of_field(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = '<w:r><w:instrText xml:space="preserve"> NUMPAGES </w:instrText></w:r>'
    total = f"{mark('begin')}{instruction}{mark('separate')}<w:r><w:t>99</w:t></w:r>{mark('end')}"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    footer = f'<w:p>{number}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{total}</w:p>'
    word = write_word(
        "".join(paragraph(f"p{number}", "<w:pageBreakBefore/>") for number in range(3)),
        section='<w:footerReference w:type="default" r:id="rId-footer1.xml"/>',
        parts={"footer1.xml": ("footer", footer)},
    )
    assert [page[-3:] for page in _words(word, page_texts)] == [[str(page), "of", "3"] for page in (1, 2, 3)]


def test_first_and_even_pages_have_their_own_headers(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    kinds = ("first", "default", "even")
    section = "".join(f'<w:headerReference w:type="{kind}" r:id="rId-{kind}.xml"/>' for kind in kinds) + "<w:titlePg/>"
    word = write_word(
        "".join(paragraph(f"p{number}", "<w:pageBreakBefore/>") for number in range(4)),
        section=section,
        parts={f"{kind}.xml": ("header", paragraph(kind)) for kind in kinds},
        settings="<w:evenAndOddHeaders/>",
    )
    assert [page[0] for page in _words(word, page_texts)] == ["first", "even", "default", "even"]


def test_a_later_section_may_have_a_first_page_and_begin_its_own_count(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    footer = '<w:p><w:fldSimple w:instr=" PAGE "/><w:r><w:t>/</w:t></w:r><w:fldSimple w:instr=" NUMPAGES "/></w:p>'
    own = (
        '<w:headerReference w:type="first" r:id="rId-first.xml"/>'
        '<w:footerReference w:type="default" r:id="rId-foot.xml"/>'
        '<w:footerReference w:type="first" r:id="rId-foot.xml"/>'
    )
    body = (
        paragraph("a")
        + f"<w:p><w:pPr><w:sectPr>{own}</w:sectPr></w:pPr></w:p>"
        + paragraph("b")
        + paragraph("c", "<w:pageBreakBefore/>")
    )
    word = write_word(
        body,
        section='<w:pgNumType w:start="1"/><w:titlePg/>',
        parts={"first.xml": ("header", paragraph("opening")), "foot.xml": ("footer", footer)},
    )
    assert _words(word, page_texts) == [["a", "1/3"], ["opening", "b", "1/3"], ["c", "2/3"]]


def test_table_rows_are_read_row_by_row_and_header_rows_come_again(
    write_word: WriteWord, table: Write, page_texts: Texts
) -> None:
    rows = [["Line", "Sum"], *([f"L{number}", f"${number}"] for number in range(60))]
    first, second = _words(write_word(table(rows, header=1)), page_texts)
    assert first[:4] == ["Line", "Sum", "L0", "$0"]
    assert second[:2] == ["Line", "Sum"]
    assert second[2:] == [part for number in range((len(first) - 2) // 2, 60) for part in (f"L{number}", f"${number}")]


def test_merged_cells_say_their_text_once(write_word: WriteWord, page_texts: Texts) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    span, starts = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell('wide', span)}{cell('tall', starts)}</w:tr>"
        f"<w:tr>{cell('a')}{cell('b')}{cell('', '<w:vMerge/>')}</w:tr>"
    )
    grid = '<w:gridCol w:w="2000"/>' * 3
    layout = f'<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    assert _words(write_word(f"<w:tbl>{layout}{rows}</w:tbl>"), page_texts) == [["wide", "tall", "a", "b"]]


def test_footnotes_are_numbered_and_stand_on_the_page_that_calls_them(
    write_word: WriteWord, paragraph: Write, page_texts: Texts
) -> None:
    def calling(text: str, note: int) -> str:
        return f'<w:p><w:r><w:t>{text}</w:t></w:r><w:r><w:footnoteReference w:id="{note}"/></w:r></w:p>'

    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in ((5, "late"), (3, "early"))
    )
    body = calling("One", 3) + paragraph("next", "<w:pageBreakBefore/>") + calling("Two", 5)
    first, second = _words(write_word(body, parts={"footnotes.xml": ("footnotes", notes)}), page_texts)
    assert first == ["One1", "1", "early"]
    assert second == ["next", "Two2", "2", "late"]


def test_links_lead_to_bookmarks_within_the_document(write_word: WriteWord, page_texts: Texts) -> None:
    link = '<w:p><w:hyperlink w:anchor="Prayer"><w:r><w:t>see the prayer</w:t></w:r></w:hyperlink></w:p>'
    mark = '<w:p><w:bookmarkStart w:id="1" w:name="Prayer"/><w:r><w:t>PRAYER</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    word = write_word(link + mark)
    assert _words(word, page_texts)[0] == ["see", "the", "prayer", "PRAYER"]
    assert b"/Link" in typeset(word).pdf


def _png(width: int = 4, height: int = 4) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + bytes([40, 40, 120] * width) for _ in range(height if height < 100 else 1))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _picture(description: str, inner: str = "") -> str:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing">'
        '<wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="1" name="seal" {description}/><a:graphic xmlns:a="{drawing}/main"><a:graphicData>'
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr/><pic:blipFill><a:blip r:embed="rId-seal.png"/>{inner}'
        "</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def test_a_picture_carries_its_alternative_text(write_word: WriteWord) -> None:
    word = write_word(_picture('descr="Seal of the court"'), parts={"seal.png": ("image", _png())})
    assert b"/Figure" in typeset(word).pdf


@pytest.mark.parametrize(
    ("description", "content", "inner", "code"),
    [
        ("", _png(), "", "alternative_text"),
        ('descr="Seal"', b"GIF89a", "", "unsupported_element"),
        ('descr="Seal"', _png()[:50], "", "not_settable"),
        ('descr="Seal"', _png(90_000, 90_000), "", "too_large"),
        (
            'descr="Seal"',
            _png(),
            '<a:srcRect xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" l="5"/>',
            "unsupported_element",
        ),
    ],
)
def test_pictures_that_cannot_be_shown_whole_are_refused(
    write_word: WriteWord, description: str, content: bytes, inner: str, code: str
) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        typeset(write_word(_picture(description, inner), parts={"seal.png": ("image", content)}))
    assert {fault.code for fault in refusal.value.faults} == {code}


def test_a_long_table_of_like_rows_says_what_each_of_its_cells_says(
    write_word: WriteWord, paragraph: Write, table: Write, page_texts: Texts
) -> None:
    """Whatever a cell holds among its like: signs that XML or the typesetter reserve, breaks, nothing, too much."""
    odd = [
        'say "A"',
        "A",
        "x&amp;y",
        "back\\slash",
        "",
        "  blanks  ",
        "12-34",
        "(a)(b)",
        "☐ ticked",
        "a long text " * 9,
    ]
    lines = "<w:p><w:r><w:t>first {0}</w:t><w:br/><w:t>{1}</w:t></w:r></w:p>"
    rows = [[str(number), odd[number % len(odd)], lines.format(number, odd[number % 3])] for number in range(60)]
    pages = _words(write_word(table([["No.", "What", "Lines"], *rows], header=1) + paragraph("End.")), page_texts)
    assert len(pages) > 1
    assert all(page[:3] == ["No.", "What", "Lines"] for page in pages[:-1])
    shown = [word for page in pages for word in page if word not in {"No.", "What", "Lines", "End."}]
    written = [(number, odd[number % len(odd)], f"first {number}", odd[number % 3]) for number in range(60)]
    assert sorted(shown) == sorted(
        word.replace("&amp;", "&") for cells in written for text in cells for word in str(text).split()
    )
