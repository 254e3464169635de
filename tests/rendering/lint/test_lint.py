"""What the linter says of finished documents, of whole files, of accessibility, and how its commented copy is made."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.errors import DocumentRefused
from service.law.determination import determine
from service.rendering.lint.findings import Severity
from service.rendering.lint.linting import lint
from service.rendering.lint.shapes import GivenNames, registry
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import FAMILIES, example
from tests.rendering.lint.conftest import Place

BODY = "word/document.xml"
TEMPLATES = sorted((templates_root() / "filings").glob("*.docx"))
WriteLines = Callable[..., bytes]
Places = Callable[[bytes], list[Place]]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_of_the_house_has_a_fault(path: Path) -> None:
    if path.stem not in registry().templates:
        pytest.skip("no draft of the variants uses this template")
    report = lint(path.read_bytes(), registry().of(path.stem))
    assert [fault for fault in report.faults if fault.severity is Severity.ERROR] == []
    assert {fault.code for fault in report.faults} <= {"name_of_other_templates", "no_heading"}


@pytest.mark.parametrize("kind", FAMILIES)
def test_no_finished_document_of_the_examples_has_a_fault(kind: str) -> None:
    facts = load_facts(example(kind))
    templates = WordTemplates(templates_root() / "filings")
    presentation = Presentation(mark=PageMark.DRAFT, signed=False)
    for draft in draft_filing(facts, determine(facts).of(facts.kind), presentation):
        report = lint(templates.render(draft))
        assert [(fault.code, fault.paragraph) for fault in report.faults] == [], draft.template


def test_a_finished_document_may_print_braces_apart_from_any_tag(write_lines: WriteLines, places: Places) -> None:
    assert places(write_lines(["A { and a } stand here.", "Tabs\tas signs are nothing to a document."])) == []


def test_a_finished_document_is_refused_by_the_linter_for_what_the_typesetter_refuses(write_lines: WriteLines) -> None:
    word = write_lines(["a", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", "漢"])
    with pytest.raises(DocumentRefused) as refused:
        typeset(word)
    told = [(fault.code, fault.part, fault.paragraph, fault.snippet, fault.message) for fault in lint(word).faults]
    assert [fault for fault in told if fault[0] != "language_missing"] == [
        (fault.code, fault.part, fault.paragraph, fault.snippet, fault.message) for fault in refused.value.faults
    ]


def test_a_link_that_leads_out_is_told_where_it_stands_and_not_twice(write_lines: WriteLines, places: Places) -> None:
    link = '<w:p><w:hyperlink r:id="rId99"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    outward = (
        '<Relationship Id="rId99" TargetMode="External" Target="https://example.gov" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
    )
    word = write_lines(["a", link, "{{ plaintif }}"], external=outward)
    assert places(word) == [("external_link", BODY, 2), ("undefined_name", BODY, 3)]


def test_macros_do_not_hide_the_other_faults(write_lines: WriteLines, places: Places) -> None:
    word = io.BytesIO(write_lines(["a", "{{ plaintif }}"]))
    with zipfile.ZipFile(word, "a") as file:
        file.writestr("word/vbaProject.bin", b"macro")
    assert places(word.getvalue()) == [
        ("undefined_name", BODY, 2),
        ("active_content", "word/vbaProject.bin", None),
    ]


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused):
        lint(content)


@pytest.mark.parametrize(
    ("header", "properties", "codes"),
    [
        (0, '<w:tblStyle w:val="Grid"/>', ["table_header", "table_title"]),
        (1, '<w:tblStyle w:val="Grid"/>', ["table_title"]),
        (1, '<w:tblStyle w:val="Grid"/><w:tblCaption w:val="Sums"/>', []),
        (0, "", []),
    ],
)
def test_a_table_with_rules_needs_a_header_row_and_a_title(
    write_lines: WriteLines,
    places: Places,
    table: Callable[..., str],
    header: int,
    properties: str,
    codes: list[str],
) -> None:
    word = write_lines(["a", table([["Line", "Sum"], ["1", "$2.00"]], header=header, properties=properties)])
    assert places(word) == [(code, BODY, 2) for code in codes]


def test_a_picture_without_alternative_text_a_title_and_headings_are_missed(
    write_lines: WriteLines, places: Places
) -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="1" cy="1"/><wp:docPr id="1" name="x"/><a:graphic '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    core = "<coreProperties/>"
    told = places(write_lines(["a"] * 12 + [drawing, "b"], core=core))
    assert ("alternative_text", BODY, 13) in told
    assert ("no_heading", BODY, None) in told
    assert ("title_missing", "docProps/core.xml", None) in told


def test_the_message_names_the_nearest_name_and_the_open_tag(write_lines: WriteLines, names: GivenNames) -> None:
    lines = ["{{ court.cuonty }}", "{%p for c in children %}", "{%p if show %}", "a", "{%p endfor %}"]
    told = {fault.code: fault.message for fault in lint(write_lines(lines), names).faults}
    assert "“court.county”" in told["undefined_name"]
    assert "{%p if … %} is still open where {%p endfor %} of paragraph 5 comes" in told["unclosed_tag"]


def faulty(write_lines: WriteLines, paragraph: Callable[..., str]) -> bytes:
    note = '<w:p><w:r><w:t>Note.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = {"footnotes.xml": ("footnotes", f'<w:footnote w:id="2">{paragraph("{{ autority }}")}</w:footnote>')}
    return write_lines(["The {{ plaintif }}.", "fine", note, "{%p if show %}", "漢 {{ a – b }}"], parts=notes)


def test_the_copy_holds_a_comment_at_each_fault(
    write_lines: WriteLines, paragraph: Callable[..., str], names: GivenNames
) -> None:
    report = lint(faulty(write_lines, paragraph), names)
    document = docx.Document(io.BytesIO(report.annotated))
    assert {comment.author for comment in document.comments} == {"OCSE Filings"}
    texts = {comment.comment_id: comment.text for comment in document.comments}
    assert len(texts) == len(report.faults) >= 5
    anchored: dict[str, list[str]] = {}
    for position, each in enumerate(document.paragraphs, start=1):
        for start in each._p.iter(docx.oxml.ns.qn("w:commentRangeStart")):
            anchored.setdefault(str(position), []).append(texts[int(start.get(docx.oxml.ns.qn("w:id")))])
    assert any("undefined_name" in text and "plaintif" in text for text in anchored["1"])
    assert any("word/footnotes.xml" in text for text in anchored["3"])
    assert any("unclosed_tag" in text for text in anchored["4"])
    assert {code for text in anchored["5"] for code in ("glyph_missing", "sign_refused") if code in text} == {
        "glyph_missing",
        "sign_refused",
    }
    assert [each.text for each in document.paragraphs][:2] == ["The {{ plaintif }}.", "fine"]


def test_comments_that_were_there_are_kept(write_lines: WriteLines, paragraph: Callable[..., str]) -> None:
    own = {"comments.xml": ("comments", f'<w:comment w:id="4" w:author="A">{paragraph("mine")}</w:comment>')}
    report = lint(write_lines(["{{ plaintif }}"], parts=own))
    comments = list(docx.Document(io.BytesIO(report.annotated)).comments)
    assert [comment.comment_id for comment in comments][:2] == [4, 5]
    assert comments[0].text == "mine"


def test_a_file_without_faults_is_handed_back_as_it_is() -> None:
    word = (templates_root() / "filings" / "summons.docx").read_bytes()
    assert lint(word, registry().of("summons")).annotated == word


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_word_processor_opens_the_copy(
    write_lines: WriteLines, paragraph: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "copy.docx").write_bytes(lint(faulty(write_lines, paragraph)).annotated)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "copy.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF-")


def test_a_text_that_would_be_searched_without_end_is_told_or_refused(write_lines: WriteLines, places: Places) -> None:
    assert ("unclosed_tag", BODY, 1) in places(write_lines(["{% if " * 2000]))
    assert ("unclosed_tag", BODY, 1) in places(write_lines(["{{ " + "x" * 3000 + " }}"]))
    with pytest.raises(DocumentRefused) as refused:
        lint(write_lines(["{{ a }}" * 5001]))
    assert refused.value.faults[0].code == "too_large"


def test_brackets_and_conditions_without_end_are_told(write_lines: WriteLines, places: Places) -> None:
    assert places(write_lines(["a", "{{ " + "(" * 900 + "plaintiff" + ")" * 900 + " }}"])) == [
        ("tag_unreadable", BODY, 2)
    ]
    nested = ["{%p for c in children %}"] * 40 + ["{%p endfor %}"] * 40
    assert ("tag_unreadable", BODY, None) in places(write_lines(nested))
