import pytest

from schemas.facts import load_facts
from service.drafting.redaction import NOTATION, public_text
from tests.builders import changed, example

FACTS = load_facts(changed(example("uninsured_claim"), "/custodial_party/address_protected", value=True))


@pytest.mark.parametrize(
    "spelled",
    [
        "Amara Brandt", "AMARA", "amara brandt", "Brandt, Amara", "Amara\u00a0Brandt",
        "2012-09-14", "Sept. 14, 2012", "September 14th, 2012", "14 Sep 2012", "09-14-12", "9/14/2012", "9.14.12",
        "900-31-1003", "900311003", "900–31–1003", "900‑31‑1003", "900 31 1003", "123-45-6789",
        "310 Poplar Spring Road", "310 Poplar Spring Rd.", "310 poplar", "Fayetteville, AR", "72792",
    ],
)  # fmt: skip
def test_an_identifier_gives_way_however_it_is_spelled(spelled: str) -> None:
    shown = public_text(FACTS, f"Seen at the clinic: {spelled} (chart)")
    assert NOTATION in shown
    kept = shown.replace(NOTATION, "")
    for part in spelled.replace(",", " ").split():
        assert part not in kept or part == "Rd."


@pytest.mark.parametrize(
    "kept",
    ["Bright Molar Pediatric Dental", "Order entered March 12, 2018", "Two fillings on 02/03/2026", "Amarante Clinic",
     "Exhibit 310", "paid $1,702.10"],
)  # fmt: skip
def test_other_words_stay_as_they_are(kept: str) -> None:
    assert public_text(FACTS, kept) == kept


@pytest.mark.parametrize(
    ("named", "spelled"),
    [
        ("\u0130pek", "ipek"), ("I\u015f\u0131l", "I\u015eIL"), ("Kirk", "\u212airk"), ("Strauss", "\u017ftrau\u017fs"),
        ("Odysseus", "ODYSSEU\u017f"), ("Anne-Marie", "anne\u2011marie"), ("D\u2019Arcy", "d'arcy"),
        ("Mary\u00a0Jo", "MARY  JO"),
    ],
)  # fmt: skip
def test_a_name_gives_way_in_whatever_letters_a_search_takes_for_its_own(named: str, spelled: str) -> None:
    facts = load_facts(changed(example("uninsured_claim"), "/children/0/name/first", named))
    assert public_text(facts, f"Seen: {spelled}, chart") == f"Seen: {NOTATION}, chart"
