"""The fictional exhibits: archival, accessible, marked, true to the facts, and silent about what is private."""

import io
import re
from decimal import Decimal

import pikepdf
import pytest
from pypdf import PdfReader

from examples.make_exhibits import EXHIBITS, typeset_exhibit
from schemas.facts import load_facts
from service.facts.case import CaseFacts
from tests.builders import EXAMPLES, example

TARGETS = [target for target, _, _ in EXHIBITS]


def words(target: str) -> str:
    """The exhibit's text, white space evened out."""
    pages = PdfReader(io.BytesIO((EXAMPLES / target).read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def facts_beside(target: str) -> CaseFacts:
    """The facts of the case that the exhibit belongs to."""
    return load_facts(example(target.split("/", 1)[0]))


def dollars(amount: Decimal) -> str:
    """A sum as exhibits print it."""
    return f"${amount:,.2f}"


@pytest.mark.parametrize(("target", "source", "inputs"), EXHIBITS, ids=TARGETS)
def test_an_exhibit_comes_out_alike_from_its_source(target: str, source: str, inputs: dict[str, str]) -> None:
    assert typeset_exhibit(source, inputs) == (EXAMPLES / target).read_bytes()


@pytest.mark.parametrize("target", TARGETS)
def test_an_exhibit_is_archival_tagged_titled_and_on_us_letter(target: str) -> None:
    with pikepdf.open(EXAMPLES / target) as pdf:
        described = pdf.open_metadata(set_pikepdf_as_editor=False)
        assert (described["pdfaid:part"], described["pdfaid:conformance"]) == ("2", "A")
        assert described["pdfuaid:part"] == "1"
        assert described["dc:title"]
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.MarkInfo.Marked
        assert 1 <= len(pdf.pages) <= 2
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


@pytest.mark.parametrize("target", TARGETS)
def test_every_page_of_an_exhibit_says_that_it_is_fictional(target: str) -> None:
    for page in PdfReader(EXAMPLES / target).pages:
        assert "FICTIONAL EXAMPLE" in page.extract_text()


@pytest.mark.parametrize("target", TARGETS)
def test_an_exhibit_names_no_child_and_shows_no_number_or_protected_address(target: str) -> None:
    facts, text = facts_beside(target), words(target)
    assert not re.search(r"\d{3}-\d{2}-\d{4}", text)
    assert not any(child.name.full in text or child.name.first in text for child in facts.children)
    for party in (facts.custodial_party, facts.noncustodial_parent):
        assert not any(line in text for line in party.address.lines)


@pytest.mark.parametrize("target", [target for target in TARGETS if "bill" not in target])
def test_an_order_says_what_the_facts_say_of_it(target: str) -> None:
    (order,) = facts_beside(target).orders
    text = words(target)
    assert order.docket_number in text
    assert f"{order.entered_on:%B} {order.entered_on.day}, {order.entered_on.year}" in text
    assert order.child_support is not None
    assert dollars(order.child_support.amount) in text
    quoted = [order.medical_provision.text, order.uninsured_expenses and order.uninsured_expenses.text]
    assert all(quotation in text for quotation in quoted if quotation)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bill_shows_every_sum_of_its_claim(place: int) -> None:
    claim = load_facts(example("uninsured_claim")).claims[place]
    text = words(f"uninsured_claim/exhibits/bill-{place + 1}.pdf")
    sums = (claim.billed, claim.insurance_paid, claim.adjusted, claim.paid_by_custodial_party)
    assert all(dollars(amount) in text for amount in sums)
    assert claim.provider in text or claim.provider.upper() in text
    assert claim.billed - claim.insurance_paid - claim.adjusted == claim.paid_by_custodial_party


def test_the_paragraphs_that_the_facts_quote_have_the_numbers_that_the_facts_give() -> None:
    (order,) = load_facts(example("uninsured_claim")).orders
    term = order.uninsured_expenses
    assert term is not None
    text = words("uninsured_claim/exhibits/order.pdf")
    for paragraph, quotation in (
        (order.medical_provision.paragraph, order.medical_provision.text),
        (term.paragraph, term.text),
        (term.direction_paragraph, term.direction_text),
    ):
        assert f"{paragraph}. {quotation}" in text
