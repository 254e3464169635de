"""Drafts of the example cases, and their words as the Word documents hold them."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import docx
import pytest
from docx.table import Table

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.facts.case import CaseFacts
from service.law.determination import determine
from service.rendering.word.templates import WordTemplates
from templates import templates_root

Drawer = Callable[..., tuple[Draft, ...]]
Reader = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def draw() -> Drawer:
    """Drafts of a facts document, or of facts, unsigned or signed."""

    def drawn(facts: CaseFacts | Mapping[str, Any], *, signed: bool = False) -> tuple[Draft, ...]:
        case = facts if isinstance(facts, CaseFacts) else load_facts(facts)
        presentation = Presentation(mark=PageMark.NONE if signed else PageMark.DRAFT, signed=signed)
        return draft_filing(case, determine(case).of(case.kind), presentation)

    return drawn


@pytest.fixture(scope="session")
def read(draw: Drawer) -> Reader:
    """The words of every document of a facts document, by the document's name; a line for each paragraph or cell."""
    templates = WordTemplates(templates_root() / "filings")

    def words(facts: CaseFacts | Mapping[str, Any], *, signed: bool = False) -> dict[str, str]:
        return {draft.plan.name: "\n".join(_lines(templates.render(draft))) for draft in draw(facts, signed=signed)}

    return words


def _lines(word: bytes) -> Iterator[str]:
    for block in docx.Document(io.BytesIO(word)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(cell.text.replace("\n", " / ").replace("\u00a0", " ") for cell in row.cells).rstrip()
        else:
            yield block.text.replace("\u00a0", " ")
