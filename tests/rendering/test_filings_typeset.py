"""Every document of the example cases, from facts to a PDF that says the same."""

from collections.abc import Iterator

import pytest

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.facts.vocabulary import FilingKind
from service.law.determination import determine
from service.rendering.render import render
from service.rendering.typesetting.engine import PROFILE
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import FAMILIES, example

_DRAWN = (FilingKind.MEDICAL_SUPPORT, FilingKind.MODIFICATION, FilingKind.UNINSURED_CLAIM)


def _drafts(family: str, presentation: Presentation) -> Iterator[Draft]:
    facts = load_facts(example(family))
    for filing in determine(facts).filings:
        if filing.kind in _DRAWN:
            yield from draft_filing(facts, filing, presentation)


@pytest.fixture(scope="module")
def templates() -> WordTemplates:
    """The shipped templates, compiled once."""
    return WordTemplates(templates_root() / "filings")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "presentation",
    [Presentation(mark=PageMark.DRAFT, signed=False), Presentation(mark=PageMark.NONE, signed=True)],
    ids=["draft", "filed"],
)
def test_every_document_is_typeset_and_says_what_its_word_file_says(
    templates: WordTemplates, family: str, presentation: Presentation
) -> None:
    rendered = [render(draft, templates) for draft in _drafts(family, presentation)]
    assert len(rendered) >= len(_DRAWN)
    for document in rendered:
        assert document.profile == PROFILE
        assert document.pdf.startswith(b"%PDF-1.7")
        assert document.pages >= 1
