"""The whole text of every paper of the example cases, as attorneys approved it.

``RENEW_GOLDEN=1 pytest tests/drafting/test_golden.py`` writes the files anew; read the difference before committing it.
"""

import os
from pathlib import Path

import pytest

from service.facts.vocabulary import FilingKind
from service.law.documents import DOCUMENTS_OF_KIND
from tests.builders import FAMILIES, example
from tests.drafting.conftest import Reader

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, plan.name) for kind in FAMILIES for plan in DOCUMENTS_OF_KIND[FilingKind(kind)]]
)
def test_a_paper_reads_as_it_did(read: Reader, kind: str, name: str) -> None:
    golden = GOLDEN / f"{kind}-{name}.txt"
    text = read(example(kind))[name] + "\n"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
