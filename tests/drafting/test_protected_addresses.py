"""What tells a protected address stands in no paper: a telephone number, a street, a town, the other's address."""

from typing import Any

import pytest

from schemas.facts import load_facts
from service.drafting.redaction import NOTATION, public_text
from service.facts.vocabulary import FilingKind
from service.law.determination import determine
from service.law.outcomes import Outcome
from tests.builders import changed, example
from tests.drafting.conftest import Reader

FACTS = load_facts(changed(example("modification"), "/custodial_party/phone", "479-555-9999"))
OWN_ADDRESS = {"lines": ["5519 Larkhaven Ct., Unit 2"], "city": "Vandervale", "state": "AR", "postal_code": "72795"}


def living_together(kind: str) -> dict[str, Any]:
    """The example with both parties in one house, of whom only the custodial party's address is protected."""
    document = changed(example(kind), "/custodial_party/address_protected", value=True)
    document = changed(document, "/custodial_party/address", {**OWN_ADDRESS, "lines": ["5519 Larkhaven Court"]})
    document = changed(document, "/noncustodial_parent/address_protected", value=False)
    return changed(document, "/noncustodial_parent/address", OWN_ADDRESS)


def advised(document: dict[str, Any]) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    facts = load_facts(document)
    found = determine(facts).of(facts.kind).advisories
    return {advisory.code: (advisory.outcome, advisory.facts) for advisory in found}


@pytest.mark.parametrize(
    "spelled",
    ["479-555-9999", "479.555.9999", "4795559999", "(479) 555-9999", "(479)555-9999", "479/555-9999", "+1 479 555 9999",
     "1-479-555-9999", "479\u2011555\u20119999", "555-9999"],
)  # fmt: skip
def test_a_telephone_number_gives_way_however_its_groups_are_set_apart(spelled: str) -> None:
    assert public_text(FACTS, f"call {spelled}, evenings") == f"call {NOTATION}, evenings"


@pytest.mark.parametrize("kept", ["room 9999", "479 of 555", "556-9999", "555-9998"])
def test_other_numbers_are_no_telephone_number_of_a_party(kept: str) -> None:
    assert public_text(FACTS, kept) == kept


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lives on Larkhaven now", f"lives on {NOTATION} now"),
        ("seen in Vandervale", f"seen in {NOTATION}"),
        ("SEEN IN VANDERVALE", f"SEEN IN {NOTATION}"),
        ("seen in vandervale", f"seen in {NOTATION}"),
        ("Larkhaven Ct. it was", f"{NOTATION}. it was"),
        ("at 72795-1234", f"at {NOTATION}"),
        ("heard in Bentonville", "heard in Bentonville"),
        ("Larkhavens Nursery", "Larkhavens Nursery"),
    ],
)
def test_a_street_or_town_of_a_protected_address_gives_way_by_its_name_alone(text: str, left: str) -> None:
    assert public_text(FACTS, text) == left


@pytest.mark.parametrize(
    ("line", "city", "text"),
    [
        ("12 Main Street", "Vandervale", "The Main reason"),
        ("12 Quarry Lane", "Hope", "Hope remains"),
        ("12 Quarry Lane", "Bentonville", "filed in Bentonville"),
        ("12 Copper Mill Lane", "Vandervale", "near Copper Mill"),
    ],
)
def test_a_street_or_town_that_may_be_something_else_stays_and_is_warned_about(line: str, city: str, text: str) -> None:
    document = changed(example("modification"), "/custodial_party/address/lines", [line])
    document = changed(document, "/custodial_party/address/city", city)
    document = changed(document, "/custodial_party_coverage/description", text)
    assert public_text(load_facts(document), text) == text
    warned = {"protected_address_quoted": (Outcome.WARN, ("/custodial_party_coverage/description",))}
    assert advised(document).items() >= warned.items()


def test_nothing_is_said_of_quoted_places_where_none_is_quoted() -> None:
    assert "protected_address_quoted" not in advised(example("modification"))
    assert "protected_address_shared" not in advised(example("modification"))


@pytest.mark.parametrize(
    "spelled",
    ["DOB08/30/2015", "x08-30-15", "dob_2015_08_30.pdf", "Aug30,2015", "30Aug2015", "8 30 15", "SSN900-12-0002"],
)
def test_a_number_glued_to_letters_gives_way_all_the_same(spelled: str) -> None:
    assert NOTATION in public_text(FACTS, f"scan {spelled}")


@pytest.mark.parametrize("kept", ["108/30/15", "8/30/151", "Aug 30, 20159", "1August 30, 2014"])
def test_a_day_glued_to_other_figures_is_another_day(kept: str) -> None:
    assert public_text(FACTS, kept) == kept


@pytest.mark.parametrize("kind", [kind.value for kind in FilingKind])
def test_a_house_that_both_share_is_withheld_for_both(read: Reader, kind: str) -> None:
    document = living_together(kind)
    pages = "\n".join(read(document).values())
    for secret in ("Larkhaven", "Vandervale", "72795"):
        assert secret not in pages
    assert advised(document)["protected_address_shared"][0] is Outcome.WARN


def test_a_neighbour_in_the_same_town_is_printed_with_an_address(read: Reader) -> None:
    document = changed(living_together("modification"), "/noncustodial_parent/address/lines", ["12 Copper Mill Lane"])
    assert "12 Copper Mill Lane" in read(document)["motion-to-modify"]
    assert "protected_address_shared" not in advised(document)
