import re
from datetime import date

import pytest

from tests.builders import FAMILIES, changed, example
from tests.end_to_end.conftest import Filer
from tests.end_to_end.reading import everything_said, unspaced


def _spellings(day: str) -> list[str]:
    on = date.fromisoformat(day)
    return [
        day,
        f"{on:%B} {on.day}, {on.year}",
        f"{on.month}/{on.day}/{on.year}",
        f"{on:%m/%d/%Y}",
        f"{on.day} {on:%B} {on.year}",
    ]


def _court_files(file: Filer, facts: dict[str, object]) -> dict[str, str]:
    """Text of everything the court receives but the exhibits, which stay what they were."""
    court = file(facts)["court"]
    return {
        name: unspaced(everything_said(name, content))
        for name, content in court.items()
        if not name.startswith(("exhibits/", "META-INF/signature")) and name not in {"mimetype", "packet.pdf"}
    }


@pytest.mark.parametrize("kind", FAMILIES)
def test_no_identifier_stands_in_what_the_court_receives(file: Filer, kind: str) -> None:
    facts = example(kind)
    people = [facts["custodial_party"], facts["noncustodial_parent"], *facts["children"]]
    planted = [person["ssn"] for person in people] + [person["ssn"].replace("-", "") for person in people]
    planted += [spelling for person in people for spelling in _spellings(person["birth_date"])]
    planted += [" ".join(child["name"][part] for part in ("first", "middle", "last") if part in child["name"])
                for child in facts["children"]]  # fmt: skip
    planted += [child["name"]["first"] for child in facts["children"]]
    planted += [person["phone"] for person in people if person.get("phone")]
    for name, text in _court_files(file, facts).items():
        if name.startswith("sealed/"):
            continue
        for secret in planted:
            assert unspaced(secret) not in text, f"{name} holds an identifier"


@pytest.mark.parametrize("kind", ["medical_support", "modification"])
def test_numbers_reach_the_court_on_the_sealed_sheet_alone(file: Filer, kind: str) -> None:
    facts = example(kind)
    holding = {name for name, text in _court_files(file, facts).items() if facts["children"][0]["ssn"] in text}
    assert {name.partition("-")[2] for name in holding} == {"confidential-information-sheet.pdf"}
    assert all(name.startswith("sealed/") for name in holding)


def test_a_notice_reaches_the_employer_and_nobody_else(file: Filer) -> None:
    containers = file(example("medical_support_notice"))
    assert set(containers) == {"employer", "record"}
    papers = {name for name in containers["employer"] if name.endswith(".pdf")}
    assert papers == {"cover-letter.pdf", "notice-part-a.pdf", "employer-response.pdf", "notice-part-b.pdf"}


@pytest.mark.parametrize("role", ["custodial_party", "noncustodial_parent"])
@pytest.mark.parametrize("kind", FAMILIES)
def test_a_protected_address_stands_nowhere(file: Filer, kind: str, role: str) -> None:
    facts = changed(example(kind), f"/{role}/address_protected", value=True)
    facts[role]["address"]["lines"] = ["77731 Hidden Hollow Road", "Unit 41Z"]
    facts[role]["address"]["city"] = "Secretham"
    facts[role]["address"]["postal_code"] = "72777"
    for name, text in _court_files(file, facts).items():
        for secret in ("HiddenHollow", "77731", "Unit41Z", "Secretham", "72777"):
            assert secret.casefold() not in text.casefold(), f"{name} holds a protected address"
    record = file(facts)["record"]
    for name, content in record.items():
        if name.startswith(("drafts/", "reports/")):
            assert "Hidden Hollow" not in everything_said(name, content), name


@pytest.mark.parametrize("kind", FAMILIES)
def test_children_are_named_by_initials_and_year_of_birth(file: Filer, kind: str) -> None:
    facts = example(kind)
    pleading = next(text for name, text in _court_files(file, facts).items() if re.match(r"public/01-.*\.pdf", name))
    for child in facts["children"]:
        name = child["name"]
        initials = "".join(f"{name[part][0]}." for part in ("first", "middle", "last") if part in name)
        assert initials in pleading
        assert child["birth_date"][:4] in pleading
