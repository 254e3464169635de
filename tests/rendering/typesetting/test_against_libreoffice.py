"""The same pages as a word processor sets: LibreOffice is the oracle where it is installed."""

from collections import Counter

import pytest

from service.rendering.pages import page_count
from service.rendering.typesetting.engine import typeset
from tests.rendering import oracle
from tests.rendering.corpus import features, filings

pytestmark = pytest.mark.skipif(not oracle.is_installed(), reason="LibreOffice is not installed")

DOCUMENTS = {name: each for name, each in (features() | filings()).items() if each.refusal is None}
AGREED = 0.95


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Every document of the corpus as we set it and as LibreOffice does, which runs once for all."""
    words = {name: each.make() for name, each in DOCUMENTS.items()}
    theirs = oracle.converted(words, tmp_path_factory.mktemp("libreoffice"))
    return {name: (typeset(word).pdf, theirs[name]) for name, word in words.items()}


def test_pages_are_as_many(both: dict[str, tuple[bytes, bytes]]) -> None:
    alike = [page_count(ours) == page_count(theirs) for ours, theirs in both.values()]
    assert sum(alike) >= AGREED * len(alike)


def test_lines_break_at_the_same_words(both: dict[str, tuple[bytes, bytes]]) -> None:
    ours, missing = Counter[str](), Counter[str]()
    for one, other in both.values():
        lines = oracle.lines_of(one)
        ours += lines
        missing += lines - oracle.lines_of(other)
    assert missing.total() <= (1 - AGREED) * ours.total()


def test_pages_say_the_same_in_every_document(both: dict[str, tuple[bytes, bytes]]) -> None:
    differing = [
        name
        for name, (ours, theirs) in both.items()
        if not DOCUMENTS[name].differs and oracle.characters_of(ours) != oracle.characters_of(theirs)
    ]
    assert not differing
