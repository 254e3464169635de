"""No line of a page ends within a citation, a number or the last words of a title."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from service.rendering.document import RenderedDocument
from service.rendering.render import render
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import DRAWN, example
from tests.drafting.conftest import Drawer

_CUT = re.compile(r"(\bNo\.|\bNO\.|Civ\.|\bR\.|\bP\.|§|C\.F\.R\.|U\.S\.C\.|\d-)$")
_WITHIN_BRACKETS = re.compile(r"\S\(\w+\)\n\(\w+\)")


def line_ends(document: RenderedDocument) -> Iterator[tuple[str, str]]:
    for page in document.parity.texts:
        lines = [line.strip() for line in page.splitlines()]
        yield from pairwise(lines)


@pytest.mark.parametrize("kind", DRAWN)
def test_no_line_ends_within_a_citation_or_number(draw: Drawer, kind: str) -> None:
    templates = WordTemplates(templates_root() / "filings")
    for draft in draw(example(kind), signed=True):
        document = render(draft, templates)
        cut = [(first[-30:], second[:30]) for first, second in line_ends(document) if _CUT.search(first)]
        cut += [pair for pair in line_ends(document) if _WITHIN_BRACKETS.search("\n".join(pair))]
        cut += [(first, last) for first, last in line_ends(document) if last == "SUPPORT" and first.isupper()]
        assert not cut, draft.plan.name


def test_a_citation_is_found_in_the_page_as_it_is_written(draw: Drawer) -> None:
    templates = WordTemplates(templates_root() / "filings")
    brief = next(draft for draft in draw(example("modification")) if draft.plan.name == "brief-supporting-statement")
    pages = " ".join(render(brief, templates).parity.texts)
    assert "7(b)(2)" in pages
    assert "9-12-312(a)(3)" in pages
