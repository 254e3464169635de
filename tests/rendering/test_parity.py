"""The proof that PDF and Word document say the same, and that it fails whenever they do not."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from service.errors import ParityFailed
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset

Write = Callable[..., str]
WriteWord = Callable[..., bytes]
Change = Callable[[str], str]
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
UNHURRIED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def _changed(word: bytes, change: Change, part: str = "word/document.xml") -> bytes:
    """The same file with one part rewritten, which must make a difference."""
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(archive, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                before = content.decode()
                content = change(before).encode()
                assert content != before.encode()
            new.writestr(name, content)
    return archive.getvalue()


def _fails(word: bytes, pdf: bytes) -> ParityFailed:
    with pytest.raises(ParityFailed) as failure:
        check_parity(word, pdf)
    return failure.value


def _rewritten(xml: str, number: int, rewrite: Change) -> str:
    """The XML with one of its texts rewritten."""
    found = list(TEXT.finditer(xml))[number]
    return xml[: found.start(2)] + rewrite(found[2]) + xml[found.end(2) :]


@pytest.fixture(scope="module")
def typeset_once() -> dict[bytes, bytes]:
    """PDFs already made, by their Word file."""
    return {}


def _pdf(word: bytes, typeset_once: dict[bytes, bytes]) -> bytes:
    return typeset_once.setdefault(word, typeset_once.get(word) or typeset(word).pdf)


def test_a_faithful_pdf_passes_and_the_words_are_counted(pleading: bytes) -> None:
    report = check_parity(pleading, typeset(pleading).pdf)
    assert report.pages == 3
    assert report.words > 300


@UNHURRIED
@given(choice=st.data())
def test_a_word_dropped_from_any_text_is_noticed(
    pleading: bytes, typeset_once: dict[bytes, bytes], choice: st.DataObject
) -> None:
    texts = 12 + 3 + 40  # enough to reach caption, allegations and table
    number = choice.draw(st.integers(0, texts))

    def drop(text: str) -> str:
        words = text.split()
        del words[choice.draw(st.integers(0, len(words) - 1))]
        return " ".join(words)

    _fails(_changed(pleading, lambda xml: _rewritten(xml, number, drop)), _pdf(pleading, typeset_once))


@UNHURRIED
@given(choice=st.data())
def test_any_changed_figure_is_noticed(
    pleading: bytes, typeset_once: dict[bytes, bytes], choice: st.DataObject
) -> None:
    def change(xml: str) -> str:
        figures = [
            found.start(2) + at for found in TEXT.finditer(xml) for at, each in enumerate(found[2]) if each.isdigit()
        ]
        place = choice.draw(st.sampled_from(figures))
        other = choice.draw(st.sampled_from("0123456789"))
        assume(xml[place] != other)
        return xml[:place] + other + xml[place + 1 :]

    _fails(_changed(pleading, change), _pdf(pleading, typeset_once))


@UNHURRIED
@given(choice=st.data())
def test_a_word_added_anywhere_is_noticed(
    pleading: bytes, typeset_once: dict[bytes, bytes], choice: st.DataObject
) -> None:
    number, word = choice.draw(st.integers(0, 55)), choice.draw(st.sampled_from(["not", "7", "Example", "§"]))
    added = _changed(pleading, lambda xml: _rewritten(xml, number, lambda text: f"{text} {word}"))
    _fails(added, _pdf(pleading, typeset_once))


@UNHURRIED
@given(first=st.integers(0, 60), second=st.integers(0, 60))
def test_swapped_paragraphs_are_noticed(
    pleading: bytes, typeset_once: dict[bytes, bytes], first: int, second: int
) -> None:
    assume(first < second)

    def swap(xml: str) -> str:
        found = list(TEXT.finditer(xml))
        one, other = found[first], found[second]
        assume(one[2] != other[2])
        between = xml[one.end(2) : other.start(2)]
        return xml[: one.start(2)] + other[2] + between + one[2] + xml[other.end(2) :]

    _fails(_changed(pleading, swap), _pdf(pleading, typeset_once))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/numbering.xml", 'w:ilvl="0"><w:start w:val="1"/>', 'w:ilvl="0"><w:start w:val="2"/>'),
        ("word/numbering.xml", 'w:numFmt w:val="decimal"', 'w:numFmt w:val="upperRoman"'),
        ("word/numbering.xml", '"%1."', '"%1)"'),
        ("word/footnotes.xml", "Order No. 19", "Order No. 18"),
        ("word/footer1.xml", "Motion to Modify", "Motion to Quash"),
        ("word/footer1.xml", " of ", " out of "),
        ("word/footer1.xml", " PAGE ", " NUMPAGES "),
    ],
)
def test_changes_outside_the_body_are_noticed(pleading: bytes, part: str, old: str, new: str) -> None:
    _fails(_changed(pleading, lambda xml: xml.replace(old, new), part), typeset(pleading).pdf)


def test_capitals_that_a_style_asks_for_are_noticed(write_word: WriteWord, paragraph: Write) -> None:
    word = write_word(paragraph("Motion", '<w:pStyle w:val="Heading1"/>'))
    shouted = _changed(word, lambda xml: xml.replace("<w:rPr><w:b/>", "<w:rPr><w:b/><w:caps/>"), "word/styles.xml")
    _fails(shouted, typeset(word).pdf)
    check_parity(shouted, typeset(shouted).pdf)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:tblHeader/>", ""),
        ('<w:numId w:val="1"/>', '<w:numId w:val="0"/>'),
        ('<w:ilvl w:val="1"/>', '<w:ilvl w:val="0"/>'),
        ('<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/>', "</w:rPr>"),
    ],
)
def test_changes_of_structure_are_noticed(pleading: bytes, old: str, new: str) -> None:
    changed = _changed(pleading, lambda xml: xml.replace(old, new))
    _fails(changed, typeset(pleading).pdf)


def test_a_page_too_few_or_too_many_is_noticed(write_word: WriteWord, paragraph: Write) -> None:
    one = write_word(paragraph("one"))
    two = write_word(paragraph("one") + paragraph("two", "<w:pageBreakBefore/>"))
    assert "missing" in _fails(two, typeset(one).pdf).faults[0].message
    assert _fails(one, typeset(two).pdf).faults[0].message.startswith("Page 2")


def test_a_header_that_is_lost_on_one_page_is_noticed(write_word: WriteWord, paragraph: Write) -> None:
    body = paragraph("one") + paragraph("two", "<w:pageBreakBefore/>")
    parts = {"header1.xml": ("header", paragraph("DRAFT"))}
    section = '<w:headerReference w:type="{}" r:id="rId-header1.xml"/>'
    whole = write_word(body, section=section.format("default"), parts=parts)
    first_only = write_word(body, section=section.format("first") + "<w:titlePg/>", parts=parts)
    fault = _fails(whole, typeset(first_only).pdf).faults[0]
    assert (fault.part, fault.message.startswith("Page 2")) == ("word/header1.xml", True)


def test_a_header_row_that_does_not_come_again_is_noticed(write_word: WriteWord, table: Write) -> None:
    rows = [["Line", "Sum"], *([f"L{number}", "x"] for number in range(60))]
    repeating, once = write_word(table(rows, header=1)), write_word(table(rows))
    _fails(repeating, typeset(once).pdf)
    _fails(once, typeset(repeating).pdf)


def test_a_row_may_go_on_over_the_page_with_each_of_its_cells(
    write_word: WriteWord, table: Write, paragraph: Write
) -> None:
    def cell(mark: str) -> str:
        return "".join(paragraph(f"{mark} {number}") for number in range(60))

    word = write_word(table([[cell("left"), cell("right")]]) + paragraph("end"))
    assert check_parity(word, typeset(word).pdf).words == 241


def test_a_long_footnote_may_go_on_over_the_page(write_word: WriteWord, paragraph: Write) -> None:
    text = "".join(paragraph(f"Line {number} of the note.") for number in range(60))
    notes = f'<w:footnote w:id="2">{text}</w:footnote>'
    body = '<w:p><w:r><w:t>Called</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("end")
    word = write_word(body, parts={"footnotes.xml": ("footnotes", notes)})
    assert check_parity(word, typeset(word).pdf).pages > 1
    _fails(_changed(word, lambda xml: xml.replace("Line 59", "Line 58"), "word/footnotes.xml"), typeset(word).pdf)


def test_leaders_are_no_words_but_the_text_beside_them_is(write_word: WriteWord) -> None:
    def line(text: str) -> str:
        stop = '<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs></w:pPr>'
        return f"<w:p>{stop}<w:r><w:t>Medical expenses</w:t><w:tab/><w:t>{text}</w:t></w:r></w:p>"

    word = write_word(line("$4,812.37") + line("$.50"))
    pdf = typeset(word).pdf
    assert check_parity(word, pdf).words == 6
    _fails(write_word(line("$4,812.37") + line("$50")), pdf)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.lists(
        st.text("abcXYZ0159.,;:§“”’—–-/()$%&éñß☐☒\u2011\u00a0", min_size=1, max_size=30).filter(str.strip),
        min_size=1,
        max_size=80,
    ),
    align=st.sampled_from(["left", "both", "center", "right"]),
)
def test_whatever_is_written_passes_as_it_is_typeset(
    write_word: WriteWord, paragraph: Write, words: list[str], align: str
) -> None:
    text = " ".join(words).replace("&", "&amp;")
    word = write_word(paragraph(text, f'<w:jc w:val="{align}"/>') + paragraph(text, NUMBERED))
    check_parity(word, typeset(word).pdf)


def test_the_message_gives_the_place_and_no_word_of_the_document(pleading: bytes) -> None:
    failure = _fails(_changed(pleading, lambda xml: xml.replace("DANA EXAMPLE", "DANA OTHER")), typeset(pleading).pdf)
    (fault,) = failure.faults
    assert (fault.part, fault.paragraph, fault.snippet) == ("word/document.xml", 2, None)
    assert "DANA" not in failure.message + fault.message
