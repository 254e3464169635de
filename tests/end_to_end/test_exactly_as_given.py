import json
from decimal import Decimal

import pytest

from tests.builders import changed, example
from tests.end_to_end.conftest import Filer
from tests.end_to_end.reading import pdf_text, unspaced, word_text

LONG_PROVIDER = (
    "Ozark Highlands Pediatric & Family <Rehabilitation> Center of “Northwest” Arkansas – Suite 300; " * 4
)[:300]
NAMES = [
    "Smith & Sons <Freight> LLC",
    "{{ 7*7 }}",
    "{% if x %}",
    "O’Brien & José-Luís",
    "</w:t>",
    "#let x = 1",
    LONG_PROVIDER,
]


@pytest.mark.parametrize("provider", NAMES)
def test_a_provider_stands_exactly_in_word_pdf_and_json(file: Filer, provider: str) -> None:
    assert len(provider) <= 300
    record = file(changed(example("uninsured_claim"), "/claims/0/provider", provider))["record"]
    assert unspaced(provider) in unspaced(pdf_text(record["public/02-itemized-statement.pdf"]))
    assert unspaced(provider) in unspaced(word_text(record["drafts/02-itemized-statement.docx"]))
    assert json.loads(record["facts.json"])["claims"][0]["provider"] == provider


@pytest.mark.parametrize(
    "name",
    [
        {"first": "María José", "last": "Núñez-O’Brien"},
        {"first": "{{ 7*7 }}", "last": "Smith & Sons <Freight> LLC"},
        {"first": "Łukasz", "last": "Đorđević-Ångström", "suffix": "III"},
    ],
)
def test_a_party_stands_exactly_in_every_document(file: Filer, name: dict[str, str]) -> None:
    record = file(changed(example("modification"), "/noncustodial_parent/name", name))["record"]
    shown = f"{name['first']} {name['last']}" + (f", {name['suffix']}" if "suffix" in name else "")
    for number in ("01-motion-to-modify", "02-brief-supporting-statement", "08-proposed-order"):
        for text in (pdf_text(record[f"public/{number}.pdf"]), word_text(record[f"drafts/{number}.docx"])):
            assert unspaced(shown).casefold() in unspaced(text).casefold()


def test_the_claim_asks_for_exactly_447_39_everywhere(file: Filer) -> None:
    record = file(example("uninsured_claim"))["record"]
    for number in ("01-motion-uninsured-expenses", "02-itemized-statement", "06-proposed-order"):
        for text in (pdf_text(record[f"public/{number}.pdf"]), word_text(record[f"drafts/{number}.docx"])):
            assert "$447.39" in text, number
    statement = (
        pdf_text(record["public/02-itemized-statement.pdf"]),
        word_text(record["drafts/02-itemized-statement.docx"]),
        record["reports/calculation.json"].decode(),
    )
    for text in statement:
        for line_sum in ("138.00", "190.00", "119.39", "447.39"):
            assert line_sum in text


def test_two_runs_agree_in_every_file_that_carries_no_signature(file: Filer) -> None:
    facts = example("uninsured_claim")
    first, second = (file(changed(facts, "/version", 1))["record"], file({**facts})["record"])
    first_manifest, second_manifest = (json.loads(run["manifest.json"]) for run in (first, second))
    assert [item["unsigned_sha256"] for item in first_manifest["documents"]] == [
        item["unsigned_sha256"] for item in second_manifest["documents"]
    ]


@pytest.mark.parametrize("amount", ["100000.00", "1250000.00", "9999999.99"])
def test_a_large_sum_is_never_divided_by_a_narrow_column(file: Filer, amount: str) -> None:
    facts = changed(example("uninsured_claim"), "/claims/0/billed", amount)
    facts["claims"][0] |= {"insurance_paid": "0.00", "paid_by_custodial_party": amount}
    record = file(facts)["record"]
    shown = f"${Decimal(amount):,}"
    statement = next(name for name in record if name.startswith("public/") and name.endswith("itemized-statement.pdf"))
    assert shown in pdf_text(record[statement])
