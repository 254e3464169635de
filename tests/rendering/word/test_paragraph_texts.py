"""The text of paragraphs is the same however it is read: as the service writes a part, or by a parser."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.rendering.word.templates import WordTemplates
from service.rendering.word.text import _as_parsed, _as_written, _texts
from templates import templates_root
from tests.builders import FAMILIES, example

LANGUAGE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OTHERWISE = {
    "a comment": "<w:p><w:r><!-- <w:t>said</w:t> --></w:r></w:p>",
    "a character data section": "<w:p><w:r><w:t><![CDATA[<w:t>said</w:t>]]></w:t></w:r></w:p>",
    "an instruction": "<w:p><?said <w:t>said</w:t>?></w:p>",
    "a numeric reference": "<w:p><w:r><w:t>&#167; 9</w:t></w:r></w:p>",
    "another prefix": f'<x:p xmlns:x="{LANGUAGE}"><x:r><x:t>said</x:t></x:r></x:p>',
    "the prefix for another language": '<w:p xmlns:w="urn:other"><w:t>not said</w:t></w:p>',
    "a text with an attribute": '<w:p><w:r><w:t xml:lang="a>b">said</w:t></w:r></w:p>',
    "an empty text": "<w:p><w:r><w:t/></w:r></w:p>",
    "a text parted by an element": "<w:p><w:r><w:t>said<w:br/> and more</w:t></w:r></w:p>",
    "a carriage return": "<w:p><w:r><w:t>said\r\nand more</w:t></w:r></w:p>",
}
PIECES = st.sampled_from(
    ("<w:p/>", "<w:p>", "</w:p>", "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:pPr><w:tabs/></w:pPr>", "<w:tbl/>")
)


def _part(body: str) -> bytes:
    return f'{DECLARATION}<w:document xmlns:w="{LANGUAGE}"><w:body>{body}</w:body></w:document>'.encode()


@pytest.mark.parametrize("family", FAMILIES)
def test_what_the_service_writes_is_read_without_a_parser_and_reads_the_same(family: str) -> None:
    templates = WordTemplates(templates_root() / "filings")
    facts = load_facts(example(family))
    for draft in draft_filing(facts, determine(facts).of(facts.kind), Presentation(mark=PageMark.TEST, signed=True)):
        with zipfile.ZipFile(BytesIO(templates.render(draft))) as package:
            for name in package.namelist():
                if name == "word/document.xml":
                    assert _as_written(package.read(name)) == _as_parsed(package.read(name))


@pytest.mark.parametrize("body", OTHERWISE.values(), ids=OTHERWISE.keys())
def test_what_is_written_otherwise_is_left_to_a_parser(body: str) -> None:
    assert _as_written(_part(body)) is None
    assert _texts(_part(body)) == _as_parsed(_part(body))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8) | PIECES))
def test_any_words_read_the_same(pieces: list[str]) -> None:
    said = (
        each if each.startswith("<w:") else f"<w:r><w:t>{escape(each, {chr(34): '&#34;'})}</w:t></w:r>"
        for each in pieces
        if each not in {"<w:p>", "</w:p>"}
    )
    part = _part(f"<w:p>{'</w:p><w:p>'.join(said)}</w:p>".replace("\ufffe", "").replace("\uffff", ""))
    assert _texts(part) == _as_parsed(part)
