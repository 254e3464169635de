"""Identifiers planted in every fact that people write, and what each reader gets: court, sealed file, employer, record.

Every paper there is stands in one of these filings: a hearing is set, and the agency is to join the case first.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from service.facts.vocabulary import FilingKind
from service.law.documents import DOCUMENTS_OF_KIND
from tests.builders import FAMILIES, changed, example
from tests.end_to_end.conftest import Filer
from tests.end_to_end.reading import everything_said, unspaced

KINDS = (*FAMILIES, "medical_support_notice")
HIDDEN = ("77731 Hidden Hollow Road", "Secretham, AR", "72777")
ACCOUNT, STRANGER = "4417 1234 5678 9113", "900-99-1234"
JOINING = {
    "plaintiffs": ["custodial_party"],
    "defendants": ["noncustodial_parent"],
    "ocse_role": {"role": "proposed_intervenor"},
}
HEARING = {"on": "2027-01-12", "time": "13:30", "place": "Courtroom 3"}
DESCRIBED = ("description", "text", "direction_text", "ability_to_pay_basis")


def planted_case(kind: str) -> dict[str, Any]:
    """The example with every paper, a protected address, and identifiers in every text that is quoted."""
    document = example(kind)
    if kind != "medical_support_notice":
        document = changed(changed(document, "/hearing", HEARING), "/matter/caption", JOINING)
        served = {entry["on_party"] for entry in document["service"]}
        document["service"] += [
            {**document["service"][0], "on_party": role}
            for role in ("custodial_party", "noncustodial_parent")
            if role not in served
        ]
    party = document["custodial_party"]
    party["address_protected"] = True
    party["address"] |= {"lines": [HIDDEN[0]], "city": "Secretham", "postal_code": HIDDEN[2]}
    told = f"Told of {', '.join([*kept_from_the_public(document), *HIDDEN])} by phone"
    for holder in holders(document):
        for name in DESCRIBED:
            if isinstance(holder.get(name), str):
                holder[name] = told
    return document


def holders(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within the facts."""
    if isinstance(value, dict):
        yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from holders(member)


def numbers_of(person: dict[str, Any]) -> list[str]:
    return [person["ssn"], person["ssn"].replace("-", "")]


def days_of(person: dict[str, Any]) -> list[str]:
    on = date.fromisoformat(person["birth_date"])
    return [person["birth_date"], f"{on:%B} {on.day}, {on.year}", f"{on:%m/%d/%Y}", f"{on.month}/{on.day}/{on.year}"]


def kept_from_the_public(document: dict[str, Any]) -> list[str]:
    people = [document["custodial_party"], document["noncustodial_parent"], *document["children"]]
    found = [secret for person in people for secret in (*numbers_of(person), *days_of(person))]
    found += [f"{child['name']['first']} {child['name']['last']}" for child in document["children"]]
    return [*found, ACCOUNT, ACCOUNT.replace(" ", ""), STRANGER]


def found_in(secrets: list[str], name: str, content: bytes) -> list[str]:
    """Which secrets stand in the file's name, text, metadata, bookmarks or any other object of it."""
    said = unspaced(f"{name} {everything_said(name, content)}").casefold()
    return [secret for secret in secrets if unspaced(secret).casefold() in said]


@pytest.mark.parametrize("kind", KINDS)
def test_these_filings_consist_of_every_paper_there_is(file: Filer, kind: str) -> None:
    papers = json.loads(file(planted_case(kind))["record"]["manifest.json"])["documents"]
    assert {plan.name for plan in DOCUMENTS_OF_KIND[FilingKind(kind)]} <= {paper["name"] for paper in papers}


@pytest.mark.parametrize("kind", FAMILIES)
def test_nothing_the_court_may_show_the_public_holds_an_identifier(file: Filer, kind: str) -> None:
    document = planted_case(kind)
    secrets = [*kept_from_the_public(document), *HIDDEN]
    first_names = re.compile("|".join(rf"\b(?i:{child['name']['first']})\b" for child in document["children"]))
    for name, content in file(document)["court"].items():
        if not name.startswith(("sealed/", "exhibits/", "META-INF/signature")):
            assert found_in(secrets, name, content) == [], name
            assert first_names.search(everything_said(name, content)) is None, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_protected_address_stands_in_the_facts_of_the_record_and_nowhere_else(file: Filer, kind: str) -> None:
    for container in file(planted_case(kind)).values():
        for name, content in container.items():
            if not name.startswith(("exhibits/", "META-INF/signature")) and name != "facts.json":
                assert found_in(list(HIDDEN), name, content) == [], name


def test_an_employer_learns_neither_number_nor_birth_date_of_the_custodial_party(file: Filer) -> None:
    document = planted_case("medical_support_notice")
    secrets = [*numbers_of(document["custodial_party"]), *days_of(document["custodial_party"]), ACCOUNT, STRANGER]
    for name, content in file(document)["employer"].items():
        if not name.startswith("META-INF/signature"):
            assert found_in(secrets, name, content) == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_the_record_quote_no_number_and_no_birth_date(file: Filer, kind: str) -> None:
    """Reports name facts by their place. What papers print under seal may stand in the papers' drafts alone."""
    document = planted_case(kind)
    people = [document["custodial_party"], document["noncustodial_parent"], *document["children"]]
    secrets = [secret for person in people for secret in (*numbers_of(person), *days_of(person))]
    for name, content in file(document)["record"].items():
        if name.endswith((".json", ".ics", ".xml")) and name != "facts.json":
            assert found_in(secrets, name, content) == [], name
