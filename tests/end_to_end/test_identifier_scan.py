"""Identifiers planted everywhere leak nowhere; and where a template prints one, the paper does not leave."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document

from service import pipeline
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer
from service.assembling.identifiers.known import Identifier, IdentifierKind
from service.assembling.identifiers.scan import scan_for_identifiers
from service.assembling.identifiers.search import IdentifierSearch
from service.errors import Audience, IdentifierFound
from service.pipeline import PreparedFiling, Workshop
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import FAMILIES, changed, example, example_exhibits, submission_of
from tests.end_to_end.conftest import Filer
from tests.end_to_end.reading import everything_said

KINDS = (*FAMILIES, "medical_support_notice")
FILINGS = templates_root() / "filings"
Preview = Callable[..., PreparedFiling]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Previews a case by the shipped templates, or by a copy of them that was tampered with."""
    shipped = WordTemplates(FILINGS)
    with ExhibitExaminer() as examiner:

        def previewed(document: dict[str, Any], name: str = "", tamper: Any = None) -> PreparedFiling:
            templates = shipped
            if tamper:
                folder = tmp_path_factory.mktemp("templates")
                shutil.copytree(FILINGS, folder, dirs_exist_ok=True)
                template = docx.Document(str(folder / f"{name}.docx"))
                tamper(template)
                template.save(str(folder / f"{name}.docx"))
                templates = WordTemplates(folder)
            workshop = Workshop(templates=templates, examiner=examiner, limits=ExhibitLimits(), versions={})
            exhibits = example_exhibits(document["kind"])
            return pipeline.preview(submission_of(document, exhibits), workshop, lambda _stage: None)

        yield previewed


def spellings(day: str) -> list[str]:
    on = date.fromisoformat(day)
    return [day, f"{on:%B} {on.day}, {on.year}", f"{on.month}/{on.day}/{on.year}", f"{on:%m/%d/%y}"]


def planted(document: dict[str, Any]) -> list[str]:
    """Every identifier of the case, in several spellings."""
    people = [document["custodial_party"], document["noncustodial_parent"], *document["children"]]
    found = [number for person in people for number in (person["ssn"], person["ssn"].replace("-", ""))]
    found += [spelled for person in people for spelled in spellings(person["birth_date"])]
    for child in document["children"]:
        found += [f"{child['name']['first']} {child['name']['last']}", child["name"]["first"]]
    found += ["77731 Hidden Hollow Road", "Secretham, AR 72777", "72777", "900-99-1234", "4417 1234 5678 9113"]
    return found


def with_identifiers_everywhere(kind: str) -> dict[str, Any]:
    document = changed(example(kind), "/custodial_party/address_protected", value=True)
    document["custodial_party"]["address"] |= {
        "lines": ["77731 Hidden Hollow Road"],
        "city": "Secretham",
        "postal_code": "72777",
    }
    text = ", ".join(planted(document))
    document["custodial_party_coverage"]["description"] = f"Told of {text} by phone"
    for child in document["children"]:
        child["coverage"]["description"] = f"Told of {text} by phone"
    for claim in document["claims"]:
        claim["description"] = f"Told of {text} by phone"
    for order in document["orders"]:
        if order.get("uninsured_expenses"):
            order["uninsured_expenses"]["text"] = f"Told of {text} by phone"
    return document


@pytest.mark.parametrize("kind", FAMILIES)
def test_no_planted_identifier_leaves_in_a_public_paper(file: Filer, kind: str) -> None:
    document = with_identifiers_everywhere(kind)
    opened = file(document)
    for name, content in opened["court"].items():
        if name.startswith("public/") or name == "manifest.json":
            said = everything_said(name, content).casefold()
            assert not [secret for secret in planted(document) if secret.casefold() in said and len(secret) > 3], name
    report = json.loads(opened["record"]["reports/identifiers.json"])
    assert all(item["found"] == 0 for item in report["documents"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_protected_address_is_searched_for_in_every_document_of_every_audience(preview: Preview, kind: str) -> None:
    prepared = preview(example(kind))
    document = changed(example(kind), "/noncustodial_parent/address_protected", value=False)
    protected = submission_of(document, {}).facts
    for item in prepared.packet.documents:
        assert {"name": item.file_name, "audience": item.document.plan.audience.value, "found": 0} in (
            prepared.identifiers["documents"]
        )
    assert scan_for_identifiers(prepared.packet, protected)["documents"] == prepared.identifiers["documents"]


def paragraph_of(text: str) -> Callable[[Document], object]:
    return lambda template: template.add_paragraph(text)


def header_of(text: str) -> Callable[[Document], object]:
    return lambda template: template.sections[0].footer.add_paragraph(text)


def split_runs(template: Document) -> None:
    paragraph = template.add_paragraph()
    for piece in ("900-1", "2-0", "003"):
        paragraph.add_run(piece)


def subject(template: Document) -> None:
    template.core_properties.subject = "Eli Whitfield"


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (paragraph_of("The number is 900-12-0002."), "social_security_number"),
        (paragraph_of("The number is 900120002."), "social_security_number"),
        (paragraph_of("A number of nobody here: 900-88-7777."), "social_security_number"),
        (paragraph_of("Born August 30, 2015."), "birth_date"),
        (paragraph_of("Born on the 30th day of August, 2015."), "birth_date"),
        (paragraph_of("Born 8/30/15."), "birth_date"),
        (paragraph_of("Born 2015-08-30."), "birth_date"),
        (paragraph_of("The child is Eli."), "child_name"),
        (paragraph_of("The child is ELI WHITFIELD."), "child_name"),
        (paragraph_of("The child is Whitfield, Eli."), "child_name"),
        (paragraph_of("She lives at 5519 Larkhaven Court."), "protected_address"),
        (paragraph_of("She lives in 72795."), "protected_address"),
        (header_of("900-12-0003"), "social_security_number"),
        (split_runs, "social_security_number"),
        (subject, "child_name"),
    ],
)
def test_a_paper_whose_template_prints_an_identifier_does_not_leave(preview: Preview, tamper: Any, kind: str) -> None:
    with pytest.raises(IdentifierFound) as stopped:
        preview(example("modification"), "modification-motion", tamper)
    assert {fault.code for fault in stopped.value.faults} == {kind}
    assert {fault.part for fault in stopped.value.faults} & {"01-motion-to-modify.pdf", "01-motion-to-modify.docx"}
    assert stopped.value.audience is Audience.OPERATOR
    said = " ".join([stopped.value.message, *(fault.message for fault in stopped.value.faults)])
    for secret in ("900", "2015", "Eli", "Whitfield", "Larkhaven", "72795"):
        assert secret not in said


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Call (479) 555-9999.", "phone_number"),
        ("Call 479.555.9999.", "phone_number"),
        ("Call 4795559999.", "phone_number"),
        ("Call 1-479-555-9999x2.", "phone_number"),
        ("Born DOB8/30/2015.", "birth_date"),
        ("She lives on Larkhaven Ct.", "protected_address"),
        ("She lives on LARKHAVEN COURT.", "protected_address"),
    ],
)
def test_a_number_or_street_is_found_however_it_is_written(preview: Preview, said: str, kind: str) -> None:
    facts = changed(example("modification"), "/custodial_party/phone", "479-555-9999")
    preview(facts, "modification-motion", paragraph_of("Call 479-555-9998, or 555 of 479, or 9999."))
    with pytest.raises(IdentifierFound) as stopped:
        preview(facts, "modification-motion", paragraph_of(said))
    assert {fault.code for fault in stopped.value.faults} == {kind}


def test_a_person_may_be_called_as_the_street_is(preview: Preview) -> None:
    facts = changed(example("modification"), "/custodial_party/address/lines", ["7 Marcus T. Whitfield Drive"])
    preview(facts, "modification-motion", paragraph_of("Marcus T. Whitfield is summoned."))


def test_a_house_that_both_share_is_searched_for_as_protected(preview: Preview) -> None:
    facts = example("modification")
    facts["noncustodial_parent"]["address"] = dict(facts["custodial_party"]["address"])
    with pytest.raises(IdentifierFound):
        preview(facts, "modification-motion", paragraph_of("He lives at 5519 Larkhaven Court."))


def test_an_employer_learns_no_protected_address_and_no_number_of_the_custodial_party(preview: Preview) -> None:
    facts = changed(example("medical_support_notice"), "/custodial_party/address_protected", value=True)
    facts["custodial_party"]["address"]["lines"] = ["77731 Hidden Hollow Road"]
    facts["custodial_party"]["ssn"] = "900-55-4321"
    for secret, kind in (("77731 Hidden Hollow Road", "protected_address"), ("900-55-4321", "social_security_number")):
        with pytest.raises(IdentifierFound) as stopped:
            preview(facts, "medical-notice-letter", paragraph_of(secret))
        assert {fault.code for fault in stopped.value.faults} == {kind}


def test_a_sealed_sheet_may_name_the_child_and_not_a_protected_address(preview: Preview) -> None:
    facts = example("modification")
    preview(facts, "confidential-sheet", paragraph_of("Eli Whitfield, 900-12-0003, August 30, 2015"))
    with pytest.raises(IdentifierFound):
        preview(facts, "confidential-sheet", paragraph_of("5519 Larkhaven Court"))


def test_a_title_that_names_the_child_is_pointed_at_in_the_facts(preview: Preview) -> None:
    with pytest.raises(IdentifierFound) as stopped:
        preview(changed(example("modification"), "/exhibits/0/title", "School record of Eli Whitfield"))
    assert "/exhibits/0/title" in {fault.pointer for fault in stopped.value.faults}
    assert "packet.pdf" in {fault.part for fault in stopped.value.faults}


def test_exhibits_are_reported_and_stop_nothing(preview: Preview) -> None:
    packet = replace(preview(example("modification")).packet, documents=(), pdf=b"")
    named = changed(example("modification"), "/children/0/name/first", "Plaintiff")
    (report,) = scan_for_identifiers(packet, submission_of(named, {}).facts)["exhibits"]
    in_both_forms = {"page": 1, "kind": "child_name", "count": 2}
    assert report == {"id": "exhibit-a", "label": "A", "found": [in_both_forms]}


@pytest.mark.parametrize(
    ("spelled", "text", "found"),
    [
        ("2015-08-30", "born 08-30-2015", True),
        ("2015-08-30", "born 30 Aug. 2015", True),
        ("2015-08-30", "born\nAugust\n30,\n2015", True),
        ("2015-08-30", "entered August 3, 2015", False),
        ("2015-08-30", "entered 18/30/2015", False),
        ("2015-08-30", "August 30, 2016", False),
    ],
)
def test_dates_are_known_in_their_usual_forms(spelled: str, text: str, found: bool) -> None:  # noqa: FBT001 - a column
    search = IdentifierSearch([Identifier(IdentifierKind.BIRTH_DATE, spelled)], for_any_number=False)
    assert bool(search.kinds_in(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [("June said so.", True), ("On June 5 it was due.", False), ("in Junes", False), ("the june moon", False)],
)
def test_a_first_name_alone_is_a_whole_word_in_capitals(text: str, found: bool) -> None:  # noqa: FBT001 - a column
    name = Identifier(IdentifierKind.CHILD_NAME, "June", exact=True)
    assert bool(IdentifierSearch([name], for_any_number=False).kinds_in(text)) is found


def test_no_value_stands_in_the_report(file: Filer) -> None:
    document = example("uninsured_claim")
    report = file(document)["record"]["reports/identifiers.json"].decode()
    assert set(json.loads(report)) == {"documents", "exhibits"}
    assert not [secret for secret in planted(document) if len(secret) > 3 and secret in report]
