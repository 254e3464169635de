"""The whole text of every paper of the example cases, as attorneys approved it.

``RENEW_GOLDEN=1 pytest tests/drafting/test_golden.py`` writes the files anew; read the difference before committing it.
"""

import os
from pathlib import Path

import pytest

from schemas.facts import load_facts
from service.law.documents import documents
from tests.builders import DRAWN, example, variant
from tests.drafting.conftest import Reader

GOLDEN = Path(__file__).parent / "golden"


OF_VARIANTS = (
    ("claim set for hearing", "notice-of-hearing"),
    ("modification before joining", "motion-to-intervene"),
    ("modification before joining", "order-granting-intervention"),
)


def planned() -> list[tuple[str, str]]:
    """Every document of every example, by kind and name."""
    cases = [load_facts(example(kind)) for kind in DRAWN]
    return [(facts.kind.value, plan.name) for facts in cases for plan in documents(facts, facts.kind)]


@pytest.mark.parametrize(("case", "name"), [*planned(), *OF_VARIANTS])
def test_a_paper_reads_as_it_did(read: Reader, case: str, name: str) -> None:
    golden = GOLDEN / f"{case.replace(' ', '_')}-{name}.txt"
    document = example(case) if case in DRAWN else variant(case)
    text = read(document)[name] + "\n"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
