"""The corpus: every document is typeset so that the PDF says the same, or refused at the right place."""

import pytest

from service.errors import DocumentRefused
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import PROFILE, typeset
from tests.rendering.corpus import features, filings

FEATURES = features()
FILINGS = filings()
DOCUMENTS = FEATURES | FILINGS
TO_BE_SET = [name for name, document in DOCUMENTS.items() if document.refusal is None]
TO_BE_REFUSED = [name for name, document in DOCUMENTS.items() if document.refusal is not None]


def test_the_corpus_is_as_large_as_it_is_said_to_be() -> None:
    assert len(FEATURES) >= 60
    assert len(FILINGS) >= 12


@pytest.mark.parametrize("name", TO_BE_SET)
def test_a_document_of_the_corpus_becomes_a_pdf_that_says_the_same(name: str) -> None:
    word = DOCUMENTS[name].make()
    typeset_document = typeset(word)
    assert typeset_document.profile == PROFILE
    assert check_parity(word, typeset_document.pdf).pages == typeset_document.pages


@pytest.mark.parametrize("name", TO_BE_REFUSED)
def test_a_document_of_the_corpus_is_refused_where_it_is_faulty(name: str) -> None:
    expected = DOCUMENTS[name].refusal
    assert expected is not None
    with pytest.raises(DocumentRefused) as refusal:
        typeset(DOCUMENTS[name].make())
    places = {(fault.code, fault.part, fault.paragraph) for fault in refusal.value.faults}
    assert places == {(expected.code, expected.part, expected.paragraph)}
    assert all(fault.message.endswith((".", ":")) for fault in refusal.value.faults)
