"""Pictures and rich text: printed where the template says, in the look of the words around them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from service.drafting.draft import Draft
from service.drafting.printed import Picture, RichText, TextRun
from service.errors import TemplateRefused
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates

DraftOf = Callable[..., Draft]


def image(kind: str = "PNG", size: tuple[int, int] = (40, 20), colour: str = "red") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


SEAL = Picture(content=image(), alternative_text="Seal of “A & <B>”", width_inches=1.5)
WORDS = RichText((TextRun(text="A & <B>", bold=True), TextRun(text=" plain "), TextRun(text="{{ c }}", italic=True)))


@pytest.fixture
def render(tmp_path: Path, draft_of: DraftOf) -> Callable[..., bytes]:
    """Fills in a document of python-docx."""

    def filled(document: Any, **context: Any) -> bytes:
        document.save(str(tmp_path / "t.docx"))
        return WordTemplates(tmp_path).render(draft_of("t", **context))

    return filled


def part(word: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return etree.fromstring(file.read(name))


def test_rich_text_stands_in_runs_of_its_own_and_its_neighbours_keep_their_look(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Before {{r words }} after")
    run.italic, run.font.name = True, "Times New Roman"
    runs = docx.Document(io.BytesIO(render(document, words=WORDS))).paragraphs[0].runs
    assert [(each.text, bool(each.bold), bool(each.italic), each.font.name) for each in runs] == [
        ("Before ", False, True, "Times New Roman"),
        ("A & <B>", True, True, "Times New Roman"),
        (" plain ", False, True, "Times New Roman"),
        ("{{ c }}", False, True, "Times New Roman"),
        (" after", False, True, "Times New Roman"),
    ]


def test_a_tag_split_over_runs_is_put_together(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("a {")
    for piece in ("{r wo", "rds }", "} b {{r words }}"):
        paragraph.add_run(piece)
    text = docx.Document(io.BytesIO(render(document, words=WORDS))).paragraphs[0].text
    assert text == "a A & <B> plain {{ c }} b A & <B> plain {{ c }}"


def test_underline_and_bold_stand_where_words_schema_wants_them(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("{{r words }}")
    run.font.size, run.font.name = docx.shared.Pt(10), "Times New Roman"
    words = RichText((TextRun(text="x", bold=True, italic=True, underline=True),))
    body = part(render(document, words=words), "word/document.xml")
    properties = next(each for each in body.iter(qn("w:rPr")) if each.find(qn("w:u")) is not None)
    assert [etree.QName(child).localname for child in properties] == ["rFonts", "b", "i", "sz", "u"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_in_the_file_with_its_text_and_proportions(render: Callable[..., bytes], kind: str) -> None:
    document = docx.Document()
    document.add_paragraph("See {{r seal }}.")
    content = image(kind)
    word = render(document, seal=Picture(content=content, alternative_text="The seal", width_inches=1.5))
    opened = docx.Document(io.BytesIO(word))
    shape = opened.inline_shapes[0]
    assert (shape.width.inches, shape.height.inches) == (1.5, 0.75)
    assert shape._inline.docPr.get("descr") == "The seal"
    relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert opened.part.related_parts[relation].blob == content
    assert opened.part.related_parts[relation].content_type == f"image/{kind.lower()}"


def test_pictures_in_loops_and_headers_get_ids_of_their_own_and_are_kept_once(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    for line in ("{%p for x in items %}", "{{ x }} {{r seal }}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "{{r seal }}"
    word = render(document, seal=SEAL, items=("a", "b"))
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        assert [name for name in file.namelist() if name.startswith("word/media/")] == [
            name for name in file.namelist() if name.endswith(".png")
        ]
        assert len([name for name in file.namelist() if name.endswith(".png")]) == 1
        assert len(file.namelist()) == len(set(file.namelist()))
    ids = [
        each.get("id") for name in ("document", "header1") for each in part(word, f"word/{name}.xml").iter("{*}docPr")
    ]
    assert len(ids) == len(set(ids)) == 3


def test_the_same_draft_gives_the_same_bytes(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    document.add_paragraph("{{r seal }}{{r words }}")
    assert render(document, seal=SEAL, words=WORDS) == render(document, seal=SEAL, words=WORDS)


def test_a_picture_and_rich_text_go_on_into_the_pdf(
    tmp_path: Path, draft_of: DraftOf, write_word: Callable[..., bytes], paragraph: Callable[..., str]
) -> None:
    (tmp_path / "t.docx").write_bytes(write_word(paragraph("{{r words }} and {{r seal }}")))
    word = WordTemplates(tmp_path).render(draft_of("t", words=WORDS, seal=SEAL))
    pdf = typeset(word).pdf
    check_parity(word, pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages[0].get_images()) == 1


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (Picture(content=image(), alternative_text=" ", width_inches=1), "alternative text"),
        (Picture(content=image(), alternative_text="x", width_inches=0), "width"),
        (Picture(content=image(), alternative_text="x", width_inches=23), "width"),
        (Picture(content=image("GIF"), alternative_text="x", width_inches=1), "neither a sound PNG"),
        (Picture(content=image()[:40], alternative_text="x", width_inches=1), "neither a sound PNG"),
        (Picture(content=b"", alternative_text="x", width_inches=1), "neither a sound PNG"),
        (RichText((TextRun(text="a\nb"),)), "control character"),
        (("a", "b"), "prints a value of kind tuple"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_paragraph(
    render: Callable[..., bytes], picture: object, words: str
) -> None:
    document = docx.Document()
    document.add_paragraph("a")
    document.add_paragraph("{{r shown }}")
    with pytest.raises(TemplateRefused) as refused:
        render(document, shown=picture)
    fault = refused.value.faults[0]
    assert (fault.code, fault.paragraph) == ("value_refused", 2)
    assert words in fault.message


def test_a_picture_printed_as_text_is_refused_and_the_right_tag_named(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    document.add_paragraph("{{ seal }}")
    with pytest.raises(TemplateRefused) as refused:
        render(document, seal=SEAL)
    assert "{{r name }}" in refused.value.faults[0].message


def test_an_absent_name_in_a_run_tag_is_told(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    document.add_paragraph("{{r saal }}")
    with pytest.raises(TemplateRefused) as refused:
        render(document, seal=SEAL)
    assert (refused.value.faults[0].code, refused.value.faults[0].paragraph) == ("undefined_name", 1)


def test_plain_text_may_be_printed_as_a_run(render: Callable[..., bytes]) -> None:
    document = docx.Document()
    document.add_paragraph("{{r name }}")
    assert docx.Document(io.BytesIO(render(document, name="A & B"))).paragraphs[0].text == "A & B"
