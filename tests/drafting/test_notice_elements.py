"""What each paper of a medical support notice must carry; a failing test names the element that is missing."""

import pytest

from schemas.facts import load_facts
from service.facts.vocabulary import FilingKind
from service.law.determination import determine
from service.law.documents import DOCUMENTS_OF_KIND
from tests.builders import example, variant
from tests.drafting.conftest import Reader

NOTICE_HEAD = {
    "who may read it": "CONFIDENTIAL — FOR THE EMPLOYER AND PLAN ADMINISTRATOR ONLY",
    "agency": "Issuing agency | State of Arkansas",
    "agency's address": "Address of the agency | P.O. Box 900",
    "telephone": "501-555-0110; 501-555-0111",
    "date": "Notice date | November 23, 2026",
    "case": "Agency case identifier | 900000104",
    "tracking": "Document tracking identifier | AR-900000104-1",
    "court": "Court | Circuit Court of Pulaski County, Arkansas",
    "order": "November 18, 2026; No. 60DR-26-9101",
}
PAPERS = {
    "cover-letter": {
        "letterhead": "OFFICE OF CHILD SUPPORT ENFORCEMENT",
        "addressee": "Smith & Sons <Freight> LLC\n9000 Depot Road",
        "who may read it": "CONFIDENTIAL — FOR THE EMPLOYER AND PLAN ADMINISTRATOR ONLY",
        "court orders": "The court ordered it; the Office of Child Support Enforcement (“OCSE”) gives you notice",
        "whom the agency represents": "OCSE represents the State of Arkansas. It does not represent your employee",
        "twenty business days": "By December 22, 2026 (twenty (20) business days",
        "forty business days": "By January 25, 2027 (forty (40) business days",
        "order of withholding": "Support first, then premiums.",
        "limit": "50 percent of the employee’s disposable earnings. 15 U.S.C. § 1673(b)",
        "contest": "only for a mistake of fact",
        "return address": "Please send answers and questions to Pulaski County Field Office",
        "never to the court": "Nothing of the notice belongs in a public court file.",
    },
    "notice-part-a": {
        **NOTICE_HEAD,
        "kind of notice": "☒ Notice to withhold",
        "termination": "☐ Termination",
        "edition": "OMB 0970-0222, edition expiring November 30, 2027",
        "employer": "Name | Smith & Sons <Freight> LLC",
        "employer's number": "00-5550123; web site not on file",
        "employee": "Lefèvre, Jr., René D.",
        "employee's number": "900-44-5566",
        "employee's address": "4400 Sawmill Avenue",
        "custodial parent": "Núñez-O’Brien, María José",
        "substituted official": "Substituted official or agency",
        "representative": "Representative of the children",
        "child": "2 | Núñez Lefèvre, Zoë Anne | Female | 12/28/2019 | 900-77-8802",
        "coverage": "☐ every health coverage available / ☒ only the following:",
        "kinds of coverage": "☒ medical, ☒ dental, ☐ vision, ☒ prescription drug, ☐ mental health, ☐ other",
        "priority": "Withhold child support first, then premiums.",
        "limit": "no more than 50 percent",
        "duration": "for this and later periods of employment",
        "page apart": "DO NOT SHOW OR GIVE THIS PAGE TO THE EMPLOYEE",
    },
    "employer-response": {
        "return by": "Return this page by December 22, 2026",
        "no dependent coverage": "☐ | No health coverage for dependents is offered",
        "not eligible": "☐ | This employee belongs to a class that is not eligible",
        "employment ended": "☐ | This employee is no longer employed here. Last day:",
        "limit reached": "☐ | The limit on withholding leaves too little",
        "waiting period": "☐ | The employee must first complete a waiting period.",
        "who answers": "Name: ____",
    },
    "notice-part-b": {
        **NOTICE_HEAD,
        "plan": "Ozark Mutual PPO",
        "administrator": "Ozark Mutual Benefits Office / 12 Plan Plaza",
        "participant": "Participant (last, first, middle) | Lefèvre, Jr., René D.",
        "alternate recipient": "1 | Núñez Lefèvre, José-Luís | Male | 04/09/2016 | 900-77-8801",
        "period": "until the agency gives notice that the order is no longer in effect",
        "no new benefit": "29 U.S.C. § 1169(a)(4)",
        "forty business days": "which is January 25, 2027",
        "qualified": "☐ | The notice is a qualified medical child support order",
        "options": "The plan has several options",
        "waiting period": "must first complete a waiting period",
        "not qualified": "☐ | The notice is not qualified",
    },
}


@pytest.mark.parametrize(("name", "element"), [(name, element) for name in PAPERS for element in PAPERS[name]])
def test_a_paper_of_the_notice_carries_its_element(read: Reader, name: str, element: str) -> None:
    text = read(example("medical_support_notice"))[name]
    assert PAPERS[name][element] in text, f"{name} lacks: {element}"


def test_every_paper_of_the_notice_is_checked() -> None:
    assert {plan.name for plan in DOCUMENTS_OF_KIND[FilingKind.MEDICAL_SUPPORT_NOTICE]} == set(PAPERS)


def test_the_days_stated_are_those_of_the_determination(read: Reader) -> None:
    facts = load_facts(example("medical_support_notice"))
    letter = read(facts)["cover-letter"]
    for rule in ("§ 9-14-516(e)", "§ 9-14-516(f)(2)"):
        deadlines = determine(facts).of(facts.kind).deadlines
        due = next(deadline.due for deadline in deadlines if deadline.rule.endswith(rule))
        assert due is not None
        assert f"By {due:%B} {due.day}, {due.year}" in letter


def test_a_union_is_addressed_as_one(read: Reader) -> None:
    papers = read(variant("notice to a union"))
    text = "\n".join(papers.values())
    assert "CONFIDENTIAL — FOR THE UNION AND PLAN ADMINISTRATOR ONLY" in text
    assert "UNION RESPONSE" in papers["employer-response"]
    assert "This member is no longer with us." in papers["employer-response"]
    assert "employee" not in text.lower()


def test_the_field_office_is_the_substituted_official_of_a_protected_custodian(read: Reader) -> None:
    for name in ("notice-part-a", "notice-part-b"):
        text = read(variant("notice with an address protected"))[name]
        assert "Mailing address | Withheld; use the substituted official below" in text
        assert "Enforcement, Pulaski County Field Office / P.O. Box 900 / Little Rock, AR 72296" in text
        assert "Quarry" not in text


def test_what_is_not_on_file_is_said_to_be_so(read: Reader) -> None:
    papers = read(variant("notice with little on file"))
    part_a, part_b = papers["notice-part-a"], papers["notice-part-b"]
    assert "Social Security number | Not on file" in part_a
    assert "☒ every health coverage available / ☐ only the following:" in part_a
    assert "with the Noncustodial Parent: 4400 Sawmill Avenue" in part_a
    assert "Group health plan | Not on file" in part_b


def test_numbers_and_childrens_names_stand_in_the_two_parts_alone(read: Reader) -> None:
    papers = read(example("medical_support_notice"))
    for name in ("cover-letter", "employer-response"):
        for identifier in ("900-", "Zoë", "José-Luís", "2016", "Quarry"):
            assert identifier not in papers[name].replace("AR-900000104", ""), f"{name}: {identifier}"


def test_nothing_of_the_notice_is_for_the_court() -> None:
    facts = load_facts(example("medical_support_notice"))
    assert {plan.audience.value for plan in determine(facts).of(facts.kind).documents} == {"employer"}
