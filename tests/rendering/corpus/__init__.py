"""Word documents made for one feature each, and whole filings, with what is to become of them."""

from tests.rendering.corpus.document import Corpus, Document
from tests.rendering.corpus.filings import foreign_filings, own_filings
from tests.rendering.corpus.page_features import add_notes_and_pictures, add_pages, add_tables
from tests.rendering.corpus.refusals import add_refusals
from tests.rendering.corpus.text_features import add_lists, add_paragraphs, add_references, add_text


def features() -> dict[str, Document]:
    """The documents made for one feature each, by name."""
    corpus = Corpus()
    for add in (add_text, add_paragraphs, add_lists, add_references, add_tables, add_pages, add_notes_and_pictures):
        add(corpus)
    add_refusals(corpus)
    return corpus.documents


def filings() -> dict[str, Document]:
    """Whole filings, by name."""
    return own_filings() | foreign_filings()
