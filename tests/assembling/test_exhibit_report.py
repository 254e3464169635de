"""The report on exhibits finds what an attorney would otherwise find too late."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from schemas.facts import load_facts
from service.assembling.exhibits.claim_proof import Proof, Trait, prove
from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.report import exhibit_report, pages_without_text
from service.assembling.packet_parts import Exhibit, PageReading
from service.facts.case import CaseFacts, ExhibitReference
from tests.builders import example, example_exhibits

MakePdf = Callable[..., bytes]


@pytest.fixture(scope="module")
def facts() -> CaseFacts:
    return load_facts(example("uninsured_claim"))


@pytest.fixture(scope="module")
def exhibits(facts: CaseFacts) -> tuple[Exhibit, ...]:
    return examine_exhibits(facts.exhibits, example_exhibits("uninsured_claim"), ExhibitLimits())


def reading(text: str, *, blank: bool = False) -> PageReading:
    return PageReading(text=text, blank=blank, digest=hashlib.sha256(text.encode()).hexdigest())


def saying(identity: str, *texts: str) -> Exhibit:
    return Exhibit(
        id=identity,
        label=identity[-1].upper(),
        title="Bill",
        file_name=f"01-{identity}",
        content=identity.encode(),
        pages=len(texts),
        readings=tuple(map(reading, texts)),
    )


def test_each_claim_of_the_example_is_found_on_its_pages(facts: CaseFacts, exhibits: tuple[Exhibit, ...]) -> None:
    report = exhibit_report(facts, exhibits)
    assert [claim["proof"] for claim in report["claims"]] == [Proof.FOUND] * 3
    assert [sorted({page["page"] for page in claim["pages"]}) for claim in report["claims"]] == [[1, 2]] * 3
    assert report["unproved_claims"] == report["unclaimed_exhibits"] == []
    assert report["duplicate_files"] == report["duplicate_pages"] == []


def test_an_exhibit_that_nothing_relies_on_is_named(facts: CaseFacts, exhibits: tuple[Exhibit, ...]) -> None:
    report = exhibit_report(facts, (*exhibits, saying("exhibit-z", "A letter")))
    assert report["unclaimed_exhibits"] == ["exhibit-z"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("BRIGHT MOLAR, pediatric dental. Seen 11/03/2025. Billed $1,240.00, paid 230.00", []),
        ("Bright Molar Pediatric Dental Nov. 3, 2025 1240.00 $230.00", []),
        ("Bright Molar Pediatric Dental 2025-11-03 1240.00", [Trait.PAID]),
        ("Bright Molar Pediatric Dental November 13, 2025 11,240.00 1230.00", [*Trait][1:]),
        ("Dull Molar November 3rd, 2025 $1,240.00 $230.00", [Trait.PROVIDER]),
    ],
)
def test_a_claim_is_found_however_sums_and_dates_are_written(text: str, missing: list[Trait], facts: CaseFacts) -> None:
    claim = replace(
        facts.claims[0],
        provider="Bright Molar Pediatric Dental",
        service_date=facts.claims[0].service_date.replace(year=2025, month=11, day=3),
        billed=Decimal("1240.00"),
        paid_by_custodial_party=Decimal("230.00"),
        proof=("exhibit-b",),
    )
    proof = prove(claim, {"exhibit-b": saying("exhibit-b", text)})
    assert list(proof.missing) == missing
    assert proof.proof is (Proof.PARTLY if missing else Proof.FOUND)


def test_a_claim_on_a_scan_cannot_be_read_and_that_is_said(facts: CaseFacts) -> None:
    claim = replace(facts.claims[0], proof=("exhibit-b",))
    assert prove(claim, {"exhibit-b": saying("exhibit-b", "", "")}).proof is Proof.NOT_READABLE
    assert prove(claim, {"exhibit-b": saying("exhibit-b", "Nothing of it")}).proof is Proof.NOT_FOUND
    assert prove(replace(claim, proof=()), {}).proof is Proof.NONE_NAMED


def test_scanned_and_blank_pages_are_told_apart() -> None:
    exhibit = replace(saying("b", "Words", "", ""), readings=(reading("Words"), reading(""), reading("", blank=True)))
    assert pages_without_text(exhibit) == [2]


def test_the_same_file_and_the_same_page_sent_twice_are_found(facts: CaseFacts, tagged_pdf: MakePdf) -> None:
    once, longer = tagged_pdf("Bill", 1), tagged_pdf("Bill", 2)
    references = [ExhibitReference(id=f"x-{label}", label=label, title="Bill", file="b.pdf") for label in "ABC"]
    sent = examine_exhibits(references, {"x-A": once, "x-B": longer, "x-C": once}, ExhibitLimits())
    report = exhibit_report(facts, sent)
    assert report["duplicate_files"] == [["x-A", "x-C"]]
    first_pages = [{"exhibit": f"x-{label}", "page": 1} for label in "AC"]
    assert first_pages[0] in report["duplicate_pages"][0]
    assert first_pages[1] in report["duplicate_pages"][0]
