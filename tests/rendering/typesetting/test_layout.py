"""Where things stand on the page, measured in the PDF."""

import ctypes
from collections.abc import Callable

import pypdfium2
import pytest

from service.rendering.typesetting.engine import typeset

Write = Callable[..., str]
WriteWord = Callable[..., bytes]
TAB = '</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">'
LINE = 13.8
"""A line of 12 pt Liberation Serif: (ascent + descent + gap) / em = 1.15."""


def _edges(word: bytes, needle: str, page: int = 1) -> tuple[float, float, float]:
    """Left and right edge of a text, and its baseline from the page's top, all in points."""
    document = pypdfium2.PdfDocument(typeset(word).pdf)
    try:
        text = document[page - 1].get_textpage()
        start, count = text.search(needle, match_case=True).get_next()
        across, up = ctypes.c_double(), ctypes.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(text, start, across, up)
        right = text.get_charbox(start + count - 1, loose=True)[2]
        return across.value, right, document[page - 1].get_height() - up.value
    finally:
        document.close()


def _top(word: bytes, needle: str) -> float:
    return _edges(word, needle)[2]


def test_text_begins_at_the_margins(write_word: WriteWord, paragraph: Write) -> None:
    left, _, baseline = _edges(write_word(paragraph("Hello")), "Hello")
    assert left == pytest.approx(72, abs=0.5)
    assert baseline == pytest.approx(72 + 12 * (0.891 + 0.0425), abs=0.5)


@pytest.mark.parametrize(
    ("spacing", "distance"),
    [
        ('w:line="240" w:lineRule="auto"', LINE),
        ('w:line="480" w:lineRule="auto"', 2 * LINE),
        ('w:line="360"', 1.5 * LINE),
        ('w:line="400" w:lineRule="exact"', 20),
        ('w:line="500" w:lineRule="atLeast"', 25),
        ('w:line="100" w:lineRule="atLeast"', LINE),
        ('w:after="240"', LINE + 12),
        ('w:before="120" w:after="240"', LINE + 12),
        ('w:before="300" w:after="240"', LINE + 15),
    ],
)
def test_lines_and_paragraphs_stand_as_far_apart_as_word_sets_them(
    write_word: WriteWord, paragraph: Write, spacing: str, distance: float
) -> None:
    word = write_word("".join(paragraph(text, f"<w:spacing {spacing}/>") for text in ("One", "Two")))
    assert _top(word, "Two") - _top(word, "One") == pytest.approx(distance, abs=0.3)


def test_spaces_between_paragraphs_add_up_when_the_document_says_so(write_word: WriteWord, paragraph: Write) -> None:
    body = "".join(paragraph(text, '<w:spacing w:before="120" w:after="240"/>') for text in ("One", "Two"))
    word = write_word(body, settings="<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>")
    assert _top(word, "Two") - _top(word, "One") == pytest.approx(LINE + 18, abs=0.3)


def test_contextual_spacing_falls_away_between_paragraphs_of_one_style(write_word: WriteWord, paragraph: Write) -> None:
    spaced = '<w:spacing w:after="240"/><w:contextualSpacing/>'
    word = write_word(
        paragraph("One", spaced) + paragraph("Two", spaced) + paragraph("Six", '<w:pStyle w:val="Heading1"/>')
    )
    assert _top(word, "Two") - _top(word, "One") == pytest.approx(LINE, abs=0.3)
    assert _top(word, "Six") - _top(word, "Two") == pytest.approx(LINE + 12, abs=0.3)


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ('<w:ind w:left="720"/>', 108),
        ('<w:ind w:left="720" w:firstLine="720"/>', 144),
        ('<w:ind w:left="1440" w:hanging="720"/>', 108),
        ('<w:ind w:left="-360"/>', 54),
        ('<w:ind w:start="36pt"/>', 108),
        ('<w:pStyle w:val="Body"/>', 108),
    ],
)
def test_indents_move_the_first_line(write_word: WriteWord, paragraph: Write, properties: str, left: float) -> None:
    assert _edges(write_word(paragraph("First words", properties)), "First")[0] == pytest.approx(left, abs=0.5)


def test_alignment_places_the_line(write_word: WriteWord, paragraph: Write) -> None:
    centred = _edges(write_word(paragraph("Centre", '<w:jc w:val="center"/>')), "Centre")
    assert (centred[0] + centred[1]) / 2 == pytest.approx(306, abs=0.5)
    assert _edges(write_word(paragraph("Right", '<w:jc w:val="right"/>')), "Right")[1] == pytest.approx(540, abs=0.5)


@pytest.mark.parametrize(
    ("kind", "position", "edge", "at"),
    [("left", 2880, 0, 216), ("right", 5760, 1, 360), ("right", 9360, 1, 540), ("right", 10080, 1, 576)],
)
def test_text_meets_its_tab_stop(
    write_word: WriteWord, paragraph: Write, kind: str, position: int, edge: int, at: float
) -> None:
    stop = f'<w:tabs><w:tab w:val="{kind}" w:pos="{position}"/></w:tabs>'
    assert _edges(write_word(paragraph(f"a{TAB}Word", stop)), "Word")[edge] == pytest.approx(at, abs=0.6)


def test_a_centre_tab_centres_and_a_decimal_tab_aligns_the_points(write_word: WriteWord, paragraph: Write) -> None:
    centre = '<w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs>'
    left, right, _ = _edges(write_word(paragraph(f"a{TAB}Middle", centre)), "Middle")
    assert (left + right) / 2 == pytest.approx(306, abs=0.6)
    decimal = '<w:tabs><w:tab w:val="decimal" w:pos="4680"/></w:tabs>'
    word = write_word(paragraph(f"a{TAB}1,234.50", decimal) + paragraph(f"b{TAB}7.25", decimal))
    assert _edges(word, ".50")[0] == pytest.approx(306, abs=0.6)
    assert _edges(word, ".25")[0] == pytest.approx(306, abs=0.6)


def test_page_numbers_are_centred_whatever_their_number_of_digits(write_word: WriteWord, paragraph: Write) -> None:
    footer = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="center" w:pos="4680"/><w:tab w:val="right" w:pos="9360"/></w:tabs></w:pPr>'
        '<w:r><w:t>left</w:t></w:r><w:r><w:tab/></w:r><w:fldSimple w:instr=" PAGE "/>'
        "<w:r><w:tab/></w:r><w:r><w:t>right</w:t></w:r></w:p>"
    )
    word = write_word(
        "".join(paragraph(f"x{number}", "<w:pageBreakBefore/>") for number in range(11)),
        section='<w:footerReference w:type="default" r:id="rId-footer1.xml"/>',
        parts={"footer1.xml": ("footer", footer)},
    )
    for page, number in ((2, "2\r\n"), (11, "11")):
        document = pypdfium2.PdfDocument(typeset(word).pdf)
        text = document[page - 1].get_textpage()
        whole = text.get_text_range()
        start = whole.index("left") + len("left ")
        boxes = [text.get_charbox(start + offset) for offset in range(len(number.strip()))]
        assert (boxes[0][0] + boxes[-1][2]) / 2 == pytest.approx(306, abs=1)
        document.close()


def test_each_section_has_its_own_width(write_word: WriteWord, paragraph: Write) -> None:
    wide = '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'
    end_of_first = f"<w:p><w:pPr><w:sectPr>{wide}</w:sectPr></w:pPr></w:p>"
    right = '<w:jc w:val="right"/>'
    word = write_word(paragraph("Wide", right) + end_of_first + paragraph("Tall", right))
    assert _edges(word, "Wide", 1)[1] == pytest.approx(720, abs=0.5)
    assert _edges(word, "Tall", 2)[1] == pytest.approx(540, abs=0.5)


def test_a_header_higher_than_the_margin_pushes_the_body_down(write_word: WriteWord, paragraph: Write) -> None:
    section = '<w:headerReference w:type="default" r:id="rId-header1.xml"/>'
    parts = {"header1.xml": ("header", "".join(paragraph(f"head{line}") for line in range(6)))}
    word = write_word(paragraph("Body"), section=section, parts=parts)
    assert _top(word, "Body") - _top(word, "head5") == pytest.approx(LINE, abs=0.3)


def test_the_space_below_the_last_double_spaced_line_of_a_page_is_left_out(
    write_word: WriteWord, paragraph: Write, page_texts: Callable[[bytes], list[str]]
) -> None:
    double = '<w:widowControl w:val="0"/><w:spacing w:line="480" w:lineRule="auto"/>'
    spacer = paragraph("spacer", '<w:spacing w:line="400" w:lineRule="exact"/>')
    first, _ = page_texts(typeset(write_word(spacer + "".join(paragraph(f"line {n}", double) for n in range(30)))).pdf)
    assert first.count("line") == 23  # 20 pt and 23 lines of 27.6 pt are 654.8 pt; the page holds 648


def test_a_paragraph_keeps_with_the_next_over_a_page_end(
    write_word: WriteWord, paragraph: Write, page_texts: Callable[[bytes], list[str]]
) -> None:
    filler = "".join(paragraph(f"line {number}") for number in range(45))
    numbered = '<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    for properties in ("<w:keepNext/>", numbered):
        word = write_word(
            filler + paragraph("keeper", properties) + paragraph("kept", "<w:keepLines/>") + paragraph("end")
        )
        _, second = page_texts(typeset(word).pdf)
        assert "keeper" in second


def test_rows_are_as_high_as_they_must_be_at_least(write_word: WriteWord, table: Write, paragraph: Write) -> None:
    for rule, least in (("", 72.0), ('w:hRule="exact"', 72.0)):
        row = f'<w:trHeight w:val="1440" {rule}/>'
        word = write_word(table([["Top"]], row=row, properties="") + paragraph("Below"))
        assert _top(word, "Below") - _top(word, "Top") == pytest.approx(least, abs=0.6)


def test_a_word_wider_than_its_column_stays_within_it(
    write_word: WriteWord, table: Write, page_texts: Callable[[bytes], list[str]]
) -> None:
    blank = "_" * 60
    word = write_word(table([[blank, blank, "x"]]))
    assert "".join(page_texts(typeset(word).pdf)[0].split()) == blank * 2 + "x"
    assert _edges(word, "x")[0] > 380


def test_a_table_centred_or_indented_stands_so(write_word: WriteWord, table: Write) -> None:
    plain = _edges(write_word(table([["Cell"]])), "Cell")[0]
    indented = _edges(write_word(table([["Cell"]], properties='<w:tblInd w:w="720" w:type="dxa"/>')), "Cell")[0]
    assert plain == pytest.approx(72 + 5.4, abs=0.5)
    assert indented == pytest.approx(108 + 5.4, abs=0.5)


def test_a_justified_line_is_spread_even_before_a_typed_line_break(write_word: WriteWord) -> None:
    broken = '<w:p><w:pPr><w:jc w:val="{}"/></w:pPr><w:r><w:t>few words</w:t><w:br/><w:t>last line</w:t></w:r></w:p>'
    assert _edges(write_word(broken.format("both")), "words")[1] == pytest.approx(540, abs=0.5)
    assert _edges(write_word(broken.format("both")), "line")[1] < 200
    assert _edges(write_word(broken.format("left")), "words")[1] < 200
