"""Broken templates made by hand, and what their drafts would give them."""

from collections.abc import Callable, Sequence

import pytest

from service.rendering.lint.linting import LintReport, lint
from service.rendering.lint.shapes import GivenNames

NAMES = GivenNames(
    names={
        "plaintiff": "text",
        "court": {"county": "text", "docket": "text"},
        "children": [{"name": "text", "schools": [{"title": "text"}]}],
        "show": "flag",
        "seal": "runs",
        "document": {"title": "text", "dated": "text"},
    },
    elsewhere=frozenset({"worksheet"}),
)
Place = tuple[str, str, int | None]
LANGUAGE = '<w:rPrDefault><w:rPr><w:lang w:val="en-US"/>'


@pytest.fixture(scope="session")
def names() -> GivenNames:
    return NAMES


@pytest.fixture
def write_lines(write_word: Callable[..., bytes], paragraph: Callable[..., str]) -> Callable[..., bytes]:
    """A Word file with these lines as paragraphs; what begins with ``<`` stands as it is."""

    def write(lines: Sequence[str], **parts: object) -> bytes:
        body = "".join(line if line.startswith("<") else paragraph(line) for line in lines)
        return write_word(body, **parts)

    return write


@pytest.fixture
def places() -> Callable[[bytes], list[Place]]:
    """Code and place of everything the linter finds, less that these small documents name no language."""

    def find(word: bytes) -> list[Place]:
        return places_of(lint(word, NAMES))

    return find


def places_of(report: LintReport) -> list[Place]:
    return [
        (fault.code, fault.part or "", fault.paragraph) for fault in report.faults if fault.code != "language_missing"
    ]
