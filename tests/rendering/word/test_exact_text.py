"""What a fact says is what the Word document says, sign by sign."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.drafting.draft import Draft
from service.errors import TemplateRefused
from service.rendering.word.templates import WordTemplates

Context = Callable[[str], dict[str, Any]]
DraftOf = Callable[..., Draft]

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60)


def paragraphs(word: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs]


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> WordTemplates:
    directory = tmp_path_factory.mktemp("echo")
    document = docx.Document()
    document.add_paragraph("[{{ text }}]")
    document.add_table(1, 1).cell(0, 0).text = "[{{ text }}]"
    document.sections[0].footer.paragraphs[0].text = "[{{ text }}]"
    document.save(str(directory / "echo.docx"))
    return WordTemplates(directory)


@settings(max_examples=150, deadline=None)
@given(text=PRINTABLE)
def test_any_text_without_control_characters_comes_out_as_it_went_in(
    echo: WordTemplates, draft_of: DraftOf, text: str
) -> None:
    document = docx.Document(io.BytesIO(echo.render(draft_of("echo", text=text))))
    assert document.paragraphs[0].text == f"[{text}]"
    assert document.tables[0].cell(0, 0).text == f"[{text}]"
    assert document.sections[0].footer.paragraphs[0].text == f"[{text}]"


@pytest.mark.parametrize(
    "text",
    [
        "Smith & Sons <Freight> LLC",
        "100<100 > 99",
        "{{ 7*7 }}",
        "{% if true %}x{% endif %}",
        "{# gone #}",
        "{_{ }_} {_% %_}",
        "\"quoted\" and 'quoted' and “quoted”",
        "O’Brien, José-Luís\u00a0Núñez",
        "&amp; &lt; &#65; ]]> <!-- -->",
        "  two spaces before, two after  ",
        "x" * 300,
        "<?restart 3?>",
        "☐ ☒ § — 日本",
    ],
)
def test_awkward_text_comes_out_as_it_went_in(echo: WordTemplates, draft_of: DraftOf, text: str) -> None:
    assert paragraphs(echo.render(draft_of("echo", text=text))) == [f"[{text}]"]


@pytest.mark.parametrize("sign", ["\n", "\t", "\r", "\a", "\f", "\x00", "\x7f", "\x85", "\ud800", "\uffff"])
def test_a_control_character_is_refused_and_its_value_not_told(
    echo: WordTemplates, draft_of: DraftOf, sign: str
) -> None:
    with pytest.raises(TemplateRefused) as refused:
        echo.render(draft_of("echo", text=f"Secret{sign}Name"))
    first = refused.value.faults[0]
    assert (first.code, first.paragraph, first.snippet) == ("value_refused", 1, "[{{ text }}]")
    assert "Secret" not in str(refused.value.faults)


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], {"a": "b"}, b"a", object()])
def test_only_text_and_whole_numbers_are_printed(echo: WordTemplates, draft_of: DraftOf, value: object) -> None:
    with pytest.raises(TemplateRefused) as refused:
        echo.render(draft_of("echo", text=value))
    assert refused.value.faults[0].code == "value_refused"


def test_signs_in_a_literal_of_the_template_are_printed_as_typed(
    typed_template: Callable[[list[str]], WordTemplates], draft_of: DraftOf
) -> None:
    templates = typed_template(
        ['{{ "Smith & Sons <x> &lt;" }}', "{_{ braces }_}", "{% if 1 < 2 and 3 > 2 %}less{% endif %}"]
    )
    assert paragraphs(templates.render(draft_of("typed"))) == ["Smith & Sons <x> &lt;", "{{ braces }}", "less"]


def test_the_title_and_the_date_stand_in_the_core_properties(
    sample_templates: WordTemplates, draft_of: DraftOf, sample_context: Context
) -> None:
    word = sample_templates.render(draft_of("sample", **sample_context("K1")))
    core = docx.Document(io.BytesIO(word)).core_properties
    assert (core.title, core.language) == ("Motion to Modify", "en-US")
    assert core.author == "State of Arkansas, Office of Child Support Enforcement"
    assert core.created is not None
    assert core.created.date().isoformat() == "2026-11-23"
    assert core.modified == core.created


def test_the_same_draft_gives_the_same_bytes_with_fixed_times_and_content_types_first(
    sample_directory: Path, draft_of: DraftOf, sample_context: Context
) -> None:
    draft = draft_of("sample", **sample_context("K1"))
    words = {WordTemplates(sample_directory).render(draft) for _ in range(3)}
    assert len(words) == 1
    with zipfile.ZipFile(io.BytesIO(words.pop())) as file:
        assert file.namelist()[0] == "[Content_Types].xml"
        assert len(set(file.namelist())) == len(file.namelist())
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_tag_of_the_template_is_left(
    sample_templates: WordTemplates, draft_of: DraftOf, sample_context: Context
) -> None:
    with zipfile.ZipFile(io.BytesIO(sample_templates.render(draft_of("sample", **sample_context("K1"))))) as file:
        texts = [re.sub("<[^>]+>", "", file.read(name).decode()) for name in file.namelist()]
    assert not [text for text in texts if re.search(r"\{[{%#]|[%}]\}", text)]


def test_a_condition_that_fails_leaves_no_blank_paragraph_and_a_header_without_a_mark_one_empty_one(
    sample_templates: WordTemplates, draft_of: DraftOf, sample_context: Context
) -> None:
    context = {**sample_context("K1"), "quoted": "", "signed": False, "mark": "", "children": ()}
    document = docx.Document(io.BytesIO(sample_templates.render(draft_of("sample", **context))))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name != "Spacer"]
    assert texts.count("") == 1, "the one blank block line of the caption"
    assert not [text for text in texts if text.startswith("/s/")]
    assert [paragraph.text for paragraph in document.sections[0].header.paragraphs] == [""]


def test_a_cell_emptied_by_a_condition_keeps_a_paragraph(tmp_path: Path, draft_of: DraftOf) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p if shown %}"
    cell.add_paragraph("words")
    cell.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "cell.docx"))
    rendered = docx.Document(io.BytesIO(WordTemplates(tmp_path).render(draft_of("cell", shown=False))))
    assert [paragraph.text for paragraph in rendered.tables[0].cell(0, 0).paragraphs] == [""]


def test_a_digest_is_the_sha256_of_the_template_file(sample_directory: Path, sample_templates: WordTemplates) -> None:
    expected = hashlib.sha256((sample_directory / "sample.docx").read_bytes()).hexdigest()
    assert sample_templates.digest("sample") == expected
    assert sample_templates.names() == ("sample",)


@pytest.mark.parametrize(
    ("pieces", "printed"),
    [
        (["Dear {", "{ na", "me }", "}, hello"], "Dear Ann, hello"),
        (["{", "%p if shown %", "}"], None),
        (["{% if name == “Ann” %}yes", "{% endif %}"], "yes"),
        (["{{\u00a0name }}", " and ", "{{ name }} "], "Ann and Ann "),
    ],
)
def test_tags_that_word_has_split_over_runs_are_read_whole(
    tmp_path: Path, draft_of: DraftOf, pieces: list[str], printed: str | None
) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = bool(number % 2)
    if printed is None:
        document.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "split.docx"))
    word = WordTemplates(tmp_path).render(draft_of("split", name="Ann", shown=True))
    assert paragraphs(word) == ([] if printed is None else [printed])
