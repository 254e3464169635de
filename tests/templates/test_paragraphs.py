"""Manuscript lines become Word paragraphs in the house's own styles."""

from collections.abc import Callable

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from lxml import etree

from templates.authoring.manuscript import ManuscriptRefused

Authored = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("= Words", "Heading 1"),
        ("== Words", "Heading 2"),
        ("=== Words", "Heading 3"),
        ("# Words", "Allegation"),
        ("## Words", "Allegation Level 2"),
        ("- Words", "Bullet"),
        ("Words", "Body"),
        ("| Words", "Block"),
        ("> Words", "Quote"),
        ("^ Words", "Case Caption"),
        ("_ Words", "Signature"),
    ],
)
def test_a_mark_chooses_the_style(authored: Authored, text: str, style: str) -> None:
    paragraphs = authored(text).paragraphs
    assert [(paragraph.text, paragraph.style.name) for paragraph in paragraphs] == [("Words", style)]


def test_lines_of_one_paragraph_are_joined_and_comments_dropped(authored: Authored) -> None:
    document = authored("One\n%% not this\ntwo.\n\nThree\n# four\nfive\n| six\n| seven")
    assert [paragraph.text for paragraph in document.paragraphs] == ["One two.", "Three", "four five", "six", "seven"]


def test_body_text_is_12_point_times_double_spaced_and_indented_half_an_inch(authored: Authored) -> None:
    styles = authored("Words").styles
    body = styles["Body"].paragraph_format
    assert (body.line_spacing, body.first_line_indent) == (2.0, Inches(0.5))
    fonts = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:sz')}").get(qn("w:val")) == "24"
    assert styles.element.find(qn("w:latentStyles")) is None


def test_single_spacing_puts_a_line_between_paragraphs(authored: Authored) -> None:
    body = authored("space: single\n\nWords").styles["Body"].paragraph_format
    assert (body.line_spacing, body.space_after) == (1.0, Pt(12))


def test_allegations_carry_real_numbering_in_two_levels(authored: Authored) -> None:
    document = authored("# One\n## Under\n# Two")
    numbering = document.part.numbering_part.element
    levels = numbering.findall(f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='0']/{qn('w:lvl')}")
    assert [level.find(qn("w:lvlText")).get(qn("w:val")) for level in levels] == ["%1.", "(%2)"]
    assert [level.find(qn("w:pStyle")).get(qn("w:val")) for level in levels] == ["Allegation", "AllegationLevel2"]
    for level, name in enumerate(("Allegation", "Allegation Level 2")):
        properties = document.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        assert properties.find(qn("w:ilvl")).get(qn("w:val")) == str(level)
        assert properties.find(qn("w:numId")).get(qn("w:val")) == "1"
    assert not [paragraph for paragraph in document.paragraphs if paragraph.text[:1].isdigit()]


def test_a_restart_is_a_new_instance_with_a_start_override(authored: Authored) -> None:
    document = authored("# One\n#restart Anew\n# Next\n## Under\n#restart Again")
    numbers = [paragraph._p.find(f"{qn('w:pPr')}//{qn('w:numId')}") for paragraph in document.paragraphs]
    assert [number is not None and number.get(qn("w:val")) for number in numbers] == [False, "3", "3", "3", "4"]
    instances = document.part.numbering_part.element.findall(qn("w:num"))
    overridden = [one.get(qn("w:numId")) for one in instances if one.find(f".//{qn('w:startOverride')}") is not None]
    assert overridden == ["3", "4"]


def test_inline_marks_set_runs_and_leave_template_tags_alone(authored: Authored) -> None:
    runs = authored("a **b** //c// __d__ {{ x__y__z }} {% if a//b %}**e**{% endif %}").paragraphs[0].runs
    assert [(run.text, bool(run.bold), bool(run.italic), bool(run.underline)) for run in runs] == [
        ("a ", False, False, False),
        ("b", True, False, False),
        (" ", False, False, False),
        ("c", False, True, False),
        (" ", False, False, False),
        ("d", False, False, True),
        (" {{ x__y__z }} {% if a//b %}", False, False, False),
        ("e", True, False, False),
        ("{% endif %}", False, False, False),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("§\\~9-14-107", "§\u00a09-14-107"),
        ("9\\-14\\-107", "9-14-107"),
        ("[[x]] yes [[ ]] no", "☒ yes ☐ no"),
        ("a<<tab>>b", "a\tb"),
        ("a<<br>>b", "a\nb"),
        ("\\*\\*a\\*\\* \\[\\[x]]", "**a** [[x]]"),
        ("Sign: ________ or ***", "Sign: ________ or ***"),
        ("https://example.gov/a", "https://example.gov/a"),
        ("a ~ b | c # d", "a ~ b | c # d"),
        ("{{ 'the child’s' }}", "{{ 'the child\\u2019s' }}"),
    ],
)
def test_signs_are_printed_as_meant(authored: Authored, text: str, printed: str) -> None:
    assert authored(text).paragraphs[0].text == printed


def test_a_no_break_hyphen_is_words_own(authored: Authored) -> None:
    (run,) = authored("9\\-14-107").paragraphs[0].runs
    assert [etree.QName(child).localname for child in run._r] == ["t", "noBreakHyphen", "t"]


def test_plus_keeps_a_paragraph_with_the_next_and_a_signature_block_keeps_together(authored: Authored) -> None:
    document = authored("|+ a\n| b\n_ c\n{%p if x %}\n_ d\n{%p endif %}\n_ e\n\nf")
    kept = {one.text: bool(one.paragraph_format.keep_with_next) for one in document.paragraphs}
    assert {sign: kept[sign] for sign in "abcdef"} == {
        "a": True, "b": False, "c": True, "d": True, "e": False, "f": False,
    }  # fmt: skip
    assert document.styles["Heading 2"].paragraph_format.keep_with_next


def test_a_page_break_lies_in_the_next_paragraph(authored: Authored) -> None:
    document = authored("a\n\n---\n\n{%p if x %}\n\nb\n\n{%p endif %}")
    assert [one.text for one in document.paragraphs if one.paragraph_format.page_break_before] == ["b"]


def test_an_include_is_read_in_place_and_parts_may_include_parts(authored: Authored) -> None:
    document = authored("a\n{include one}\nb", {"one": "^ c\n{include two}", "two": "d {{ e }}"})
    assert [paragraph.text for paragraph in document.paragraphs] == ["a", "c", "d {{ e }}", "b"]


def test_block_lines_may_be_empty(authored: Authored) -> None:
    assert [paragraph.text for paragraph in authored("| a\n|\n| b").paragraphs] == ["a", "", "b"]


def test_every_fault_of_a_manuscript_is_told_with_file_and_line(authored: Authored) -> None:
    faulty = ["**a", "=", "{include gone}", "words {%p if x %}", ":tabel", ":section sideways", "a \\d", "<<what>>"]
    text = "\n\n".join(faulty) + "\n{include p}"
    with pytest.raises(ManuscriptRefused) as refused:
        authored(text, {"p": "__b"})
    places = [fault.split(": ")[0] for fault in refused.value.faults]
    assert places == [
        "m.txt:5",
        "m.txt:1",
        "m.txt:3",
        "m.txt:7",
        "m.txt:9",
        "m.txt:11",
        "m.txt:13",
        "m.txt:15",
        "p.txt:1",
    ]


def test_an_include_of_itself_is_refused(authored: Authored) -> None:
    with pytest.raises(ManuscriptRefused, match=r"b\.txt:1: a\.txt includes itself"):
        authored("{include a}", {"a": "{include b}", "b": "{include a}"})


def test_a_page_break_that_nothing_follows_is_refused(authored: Authored) -> None:
    with pytest.raises(ManuscriptRefused, match=r"m\.txt:3"):
        authored("a\n\n---")


def test_block_text_is_set_left_and_captions_centred(authored: Authored) -> None:
    styles = authored("a").styles
    assert styles["Case Caption"].paragraph_format.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert styles["Block"].paragraph_format.alignment is None
    assert styles["Signature"].paragraph_format.left_indent == Inches(3.25)
