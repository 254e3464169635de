"""A template that cannot be kept is refused with part, paragraph and the author's own words, all faults at once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from service.drafting.draft import Draft
from service.errors import Fault, TemplateRefused
from service.rendering.word.templates import WordTemplates
from templates import templates_root

DraftOf = Callable[..., Draft]
TypedTemplate = Callable[[list[str]], WordTemplates]


def faults_of(templates: WordTemplates) -> tuple[Fault, ...]:
    with pytest.raises(TemplateRefused) as refused:
        templates.compile_all()
    return refused.value.faults


@pytest.mark.parametrize(
    ("tag", "code", "words"),
    [
        ("keep me {%p if x %}", "text_beside_tag", "whole paragraph"),
        ("{%p if x %}{%p if y %}", "two_tags_together", "a paragraph of its own"),
        ("{% p if x %}", "spaced_prefix", "without a space before the p"),
        ("{%- if x -%}a{%- endif -%}", "whitespace_control", "without - and +"),
        ("{%r if rich %}", "subdocument", "not supported"),
        ("{{p subdocument }}", "subdocument", "rich text"),
        ("{{ a – b }}", "sign_refused", "EN DASH"),
        ("{{ a", "unclosed_tag", "not closed"),
        ("a }}", "unopened_tag", "not opened"),
        ("{{ a b }}", "tag_unreadable", "cannot be read"),
        ("{{ a|default('x') }}", "filter_unknown", "default"),
        ("{% if a is defined %}b{% endif %}", "test_unknown", "defined"),
        ("{% include 'x' %}", "statement_unknown", "include"),
        ("{% import 'x' as y %}", "statement_unknown", "import"),
        ("{% macro m() %}", "statement_unknown", "macro"),
        ("{%tr for x in y %}", "text_beside_tag", "outside a table"),
        ("{% if a %}b", "unclosed_tag", "endif"),
        ("b{% endfor %}", "unopened_tag", "of its own"),
        ("{% for a in b %}c{% endif %}", "unopened_tag", "of its own"),
    ],
)
def test_a_tag_that_cannot_be_kept_is_refused_with_its_place(
    typed_template: TypedTemplate, tag: str, code: str, words: str
) -> None:
    fault = faults_of(typed_template(["before", tag, "after"]))[0]
    assert (fault.code, fault.part, fault.paragraph) == (code, "typed.docx/word/document.xml", 2)
    assert words in fault.message
    assert fault.snippet == tag


def test_every_committed_template_compiles() -> None:
    templates = WordTemplates(templates_root() / "filings")
    templates.compile_all()
    assert len({templates.digest(name) for name in templates.names()}) == len(templates.names()) > 0


def test_all_faults_are_told_at_once(typed_template: TypedTemplate) -> None:
    faults = faults_of(typed_template(["{{ a b }}", "fine", "x {%p if y %}", "{{ c", "{% if d %}"]))
    assert [fault.paragraph for fault in faults] == [1, 3, 4, 3, 5]


def test_an_end_in_another_cell_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "{% if x %}a"
    table.cell(0, 1).text = "b{% endif %}"
    document.save(str(tmp_path / "crossed.docx"))
    assert [fault.code for fault in faults_of(WordTemplates(tmp_path))] == ["crossed_tag"]


def test_text_beside_a_row_tag_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "{%tr for x in y %}"
    table.cell(0, 1).text = "lost"
    table.cell(1, 0).text = "{%tr endfor %}"
    document.save(str(tmp_path / "row.docx"))
    fault = faults_of(WordTemplates(tmp_path))[0]
    assert (fault.code, "whole table row" in fault.message) == ("text_beside_tag", True)


def test_a_page_break_beside_a_paragraph_tag_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{%p if x %}").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "break.docx"))
    assert faults_of(WordTemplates(tmp_path))[0].code == "text_beside_tag"


def with_part(path: Path, name: str, content: str) -> None:
    """Put one part more into a Word file."""
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, content)


@pytest.mark.parametrize("part", ["word/comments.xml", "word/endnotes.xml", "docProps/app.xml.xml"])
def test_a_tag_in_a_part_that_is_not_filled_in_is_refused(tmp_path: Path, part: str) -> None:
    docx.Document().save(str(tmp_path / "t.docx"))
    with_part(tmp_path / "t.docx", part, "<x>Ask {<b/>{ who }}</x>")
    fault = faults_of(WordTemplates(tmp_path))[0]
    assert (fault.code, fault.part) == ("tag_not_rendered", f"t.docx/{part}")


def test_tracked_changes_are_refused(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("kept")
    paragraph._p.append(paragraph._p.makeelement(docx.oxml.ns.qn("w:ins"), {}))
    document.save(str(tmp_path / "t.docx"))
    assert faults_of(WordTemplates(tmp_path))[0].code == "tracked_changes"


@pytest.mark.parametrize("content", [b"", b"PK", b"plain text"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.docx").write_bytes(content)
    assert faults_of(WordTemplates(tmp_path))[0].code == "not_word"


def test_a_document_type_declaration_is_refused(tmp_path: Path) -> None:
    source = io.BytesIO()
    docx.Document().save(source)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(tmp_path / "t.docx", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "boom">]>', 1)
            after.writestr(name, content)
    assert faults_of(WordTemplates(tmp_path))[0].code == "not_well_formed"


@pytest.mark.parametrize("name", ["absent", "../sample", "/etc/passwd", ""])
def test_a_template_that_is_not_there_is_refused(sample_templates: WordTemplates, draft_of: DraftOf, name: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        sample_templates.render(draft_of(name))
    assert refused.value.faults[0].code == "template_missing"


def test_every_absent_name_is_told_with_its_paragraph_and_the_nearest_name_there_is(
    typed_template: TypedTemplate, draft_of: DraftOf
) -> None:
    templates = typed_template(
        [
            "{{ plaintif }}",
            "{%p for child in childern %}",
            "x",
            "{%p endfor %}",
            "{% if corut.name %}y{% endif %}",
            "{{ court.cuonty }}",
            "{{ court.county }}",
        ]
    )
    draft = draft_of("typed", plaintiff="A", children=(), court={"county": "B"})
    with pytest.raises(TemplateRefused) as refused:
        templates.render(draft)
    told = [(fault.code, fault.paragraph, fault.message.rsplit("“", 1)[1]) for fault in refused.value.faults]
    assert told == [
        ("undefined_name", 1, "plaintiff”."),
        ("undefined_name", 2, "children”."),
        ("undefined_name", 5, "court”."),
        ("undefined_name", 6, "county”."),
    ]


def test_absent_names_are_told_for_every_part(sample_templates: WordTemplates, draft_of: DraftOf) -> None:
    with pytest.raises(TemplateRefused) as refused:
        sample_templates.render(draft_of("sample"))
    parts = {fault.part for fault in refused.value.faults}
    assert {"sample.docx/word/document.xml", "sample.docx/word/footer-portrait.xml"} <= parts


def test_the_paragraph_of_a_fault_in_a_table_row_is_told(
    sample_templates: WordTemplates, draft_of: DraftOf, sample_context: Callable[[str], dict[str, Any]]
) -> None:
    context = {**sample_context("K"), "lines": ({"provider": "A", "amuont": "1"},)}
    with pytest.raises(TemplateRefused) as refused:
        sample_templates.render(draft_of("sample", **context))
    assert [fault.snippet for fault in refused.value.faults] == ["{{ line.amount|upper }}"]


@pytest.mark.parametrize(
    "expression",
    [
        "cycler",
        "''.__class__.__mro__",
        "text.upper()",
        "text.__class__",
        "text * 1000000",
        "9 ** 9",
        "'%99999999d' % 1",
        "range(100000)|length",
        "members.items()",
        "1 // 0",
        "()|first",
        "(1, 2)[5]",
        "text + 1",
    ],
)
def test_an_expression_that_does_more_than_print_is_refused_and_tells_no_value(
    typed_template: TypedTemplate, draft_of: DraftOf, expression: str
) -> None:
    templates = typed_template(["", f"{{{{ {expression} }}}}"])
    with pytest.raises(TemplateRefused) as refused:
        templates.render(draft_of("typed", text="Secret", members={"a": "Secret"}))
    assert refused.value.faults[0].paragraph == 2
    assert "Secret" not in str(refused.value.faults)


def test_a_member_named_like_a_method_is_read_as_a_member(typed_template: TypedTemplate, draft_of: DraftOf) -> None:
    word = typed_template(["{{ exhibit.items }} {{ exhibit['copy'] }}"]).render(
        draft_of("typed", exhibit={"items": "three", "copy": "one"})
    )
    assert docx.Document(io.BytesIO(word)).paragraphs[0].text == "three one"


def test_a_table_that_loses_all_its_rows_is_refused(tmp_path: Path, draft_of: DraftOf) -> None:
    document = docx.Document()
    table = document.add_table(3, 1)
    for row, text in enumerate(["{%tr for x in items %}", "{{ x }}", "{%tr endfor %}"]):
        table.cell(row, 0).text = text
    document.save(str(tmp_path / "t.docx"))
    templates = WordTemplates(tmp_path)
    assert docx.Document(io.BytesIO(templates.render(draft_of("t", items=("a",))))).tables[0].cell(0, 0).text == "a"
    with pytest.raises(TemplateRefused) as refused:
        templates.render(draft_of("t", items=()))
    assert refused.value.faults[0].code == "table_emptied"


def test_a_tag_in_a_text_box_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    box = docx.oxml.parse_xml(
        f"<w:pict {docx.oxml.ns.nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict>"
    )
    document.add_paragraph("beside").runs[0]._r.append(box)
    document.save(str(tmp_path / "t.docx"))
    fault = faults_of(WordTemplates(tmp_path))[0]
    assert (fault.paragraph, "text box" in fault.message) == (2, True)


def with_footnotes(path: Path, text: str) -> None:
    """Give a Word file a footnotes part, as its content types declare it."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    source = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "[Content_Types].xml":
                override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                content = content.replace(b"</Types>", override.encode())
            after.writestr(name, content)
        after.writestr("word/footnotes.xml", f"<w:footnotes {docx.oxml.ns.nsdecls('w')}>{note}</w:footnotes>")


def test_footnotes_are_filled_in_and_their_faults_located(tmp_path: Path, draft_of: DraftOf) -> None:
    docx.Document().save(str(tmp_path / "t.docx"))
    with_footnotes(tmp_path / "t.docx", "See {{ authority }}.")
    templates = WordTemplates(tmp_path)
    with zipfile.ZipFile(io.BytesIO(templates.render(draft_of("t", authority="A & B")))) as file:
        assert b"See A &amp; B." in file.read("word/footnotes.xml")
    with pytest.raises(TemplateRefused) as refused:
        templates.render(draft_of("t", autority="A"))
    fault = refused.value.faults[0]
    assert (fault.part, fault.paragraph, fault.snippet) == ("t.docx/word/footnotes.xml", 1, "See {{ authority }}.")
