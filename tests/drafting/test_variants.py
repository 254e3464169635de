"""The papers follow the facts: requests, roles, grounds, relief, and what is not yet known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.errors import FactsRefused, KindNotDrafted
from service.law.determination import determine
from tests.builders import DRAWN, altered, changed, example, variant
from tests.drafting.conftest import Drawer, Reader

NOT_SIGNED_BY_THE_ATTORNEY = {
    "summons",
    "affidavit-of-account",
    "domestic-relations-cover-sheet",
    "notice-part-a",
    "notice-part-b",
    "employer-response",
}


def with_satisfactory_coverage(source: str) -> dict[str, Any]:
    document = changed(example("medical_support"), "/medical_support/request", "maintain")
    for child in document["children"]:
        child["coverage"] = {"status": "satisfactory", "source": source, "description": "Group plan"}
    return document


def test_maintaining_names_who_provides_the_coverage(read: Reader) -> None:
    papers = read(with_satisfactory_coverage("custodial_party"))
    complaint = papers["complaint-for-medical-support"]
    assert "COMPLAINT TO MAINTAIN MEDICAL SUPPORT" in complaint
    assert "order the Custodial Party to maintain the health coverage that the children now have" in complaint
    assert "deduct from the Noncustodial Parent’s earnings" not in complaint
    assert "The Custodial Party shall maintain the health coverage" in papers["proposed-order"]
    assert "the participants are María José Núñez-O’Brien, whose last known mailing address" in papers["proposed-order"]


def test_maintaining_the_noncustodial_parents_plan_keeps_the_deduction(read: Reader) -> None:
    complaint = read(with_satisfactory_coverage("noncustodial_parent"))["complaint-for-medical-support"]
    assert "order the Noncustodial Parent to maintain" in complaint
    assert "§ 9-14-502(a), to deduct from the Noncustodial Parent’s earnings" in complaint


def test_cash_asks_for_the_stated_sum_and_for_coverage_later(read: Reader) -> None:
    document = changed(example("medical_support"), "/medical_support/request", "cash")
    document = changed(document, "/noncustodial_parent/employments/0/plan/accessible", "no")
    papers = read(changed(document, "/medical_support/cash_monthly", "85.00"))
    complaint = papers["complaint-for-medical-support"]
    assert "pay cash medical support of $85.00 a month, until health care coverage" in complaint
    assert "IN THE ALTERNATIVE" not in complaint
    assert "shall pay cash medical support of $85.00 a month" in papers["proposed-order"]
    assert "§ 9-14-502(a)" in papers["proposed-order"]


def test_cash_asked_although_coverage_is_open_contradicts_nothing(read: Reader) -> None:
    papers = read(variant("complaint for cash"))
    complaint, order = papers["complaint-for-medical-support"], papers["proposed-order"]
    assert "within the limit of 5 percent" in complaint
    assert "is open to the Noncustodial Parent, as stated above" in complaint
    assert "$85.00 a month, until the children have health care coverage that is accessible" in complaint
    assert "$85.00 a month, until the children have health care coverage that is accessible" in order
    for text in (complaint, order):
        assert "not shown to be available" not in text
        assert "becomes available to the Noncustodial Parent" not in text


def test_a_plan_above_five_percent_turns_the_prayer_to_cash(read: Reader) -> None:
    at = "/noncustodial_parent/employments/0/plan/monthly_premium_with_children"
    complaint = read(changed(example("medical_support"), at, "500.00"))["complaint-for-medical-support"]
    assert "above the limit of 5 percent ($215.00 a month)" in complaint
    assert "order the Noncustodial Parent to pay cash medical support" in complaint
    assert "should be ordered to pay cash medical support" in complaint


def test_a_covered_child_is_left_out_of_the_request(read: Reader) -> None:
    document = changed(example("medical_support"), "/children/1/coverage/status", "satisfactory")
    document = changed(document, "/children/1/coverage/source", "custodial_party")
    papers = read(changed(document, "/children/1/coverage/description", "Group plan"))
    assert "dental coverage for J.N., through an employer" in papers["complaint-for-medical-support"]
    assert "the alternate recipient is J.N. [Information Redacted] (born 2016)" in papers["proposed-order"]


def test_unknown_income_leaves_the_cost_to_the_court(read: Reader) -> None:
    document = changed(example("medical_support"), "/noncustodial_parent/gross_monthly_income", None)
    papers = read(document)
    assert "gross income is not yet known" in papers["complaint-for-medical-support"]
    assert "Noncustodial Parent is $____________ a month" in papers["proposed-order"]
    assert "allocated ______ percent to the Noncustodial Parent" in papers["proposed-order"]


def test_an_incarcerated_parent_is_said_to_be_so_and_no_county_is_guessed(read: Reader) -> None:
    document = changed(example("medical_support"), "/noncustodial_parent/incarcerated", value=True)
    assert "is the father of the children and is incarcerated." in read(document)["complaint-for-medical-support"]


def test_a_district_stands_between_court_and_division(read: Reader) -> None:
    document = changed(example("medical_support"), "/matter/court/county", "Sebastian")
    document = changed(document, "/matter/court/district", "Fort Smith District")
    text = read(document)["complaint-for-medical-support"]
    assert "SEBASTIAN COUNTY, ARKANSAS\nFORT SMITH DISTRICT\nFOURTEENTH DIVISION" in text


def test_the_agency_as_plaintiff_stands_on_the_first_side(read: Reader) -> None:
    text = read(example("uninsured_claim"))["motion-uninsured-expenses"]
    assert "STATE OF ARKANSAS, OFFICE OF CHILD SUPPORT ENFORCEMENT | PLAINTIFF" in text
    assert "INTERVENOR" not in text


def test_a_request_asks_to_fix_reduce_and_direct(read: Reader) -> None:
    document = changed(example("uninsured_claim"), "/uninsured/relief", "request")
    document = changed(document, "/orders/0/uninsured_expenses/directs_ocse_to_enforce", value=False)
    for member in ("direction_paragraph", "direction_text"):
        document = changed(document, f"/orders/0/uninsured_expenses/{member}", None)
    papers = read(changed(document, "/uninsured/contempt_requested", value=False))
    motion = papers["motion-uninsured-expenses"]
    assert "The Order does not direct OCSE to enforce that provision." in motion
    assert "fix the Noncustodial Parent’s unpaid share of the expenses at $447.39" in motion
    assert "reduce that share to judgment against the Noncustodial Parent for the sum of $447.39" in motion
    assert "direct OCSE to enforce that judgment" in motion
    assert "contempt" not in motion
    assert "OCSE is directed to enforce this judgment" in papers["proposed-order"]


def test_contempt_and_interest_appear_only_when_asked(read: Reader) -> None:
    papers = read(changed(example("uninsured_claim"), "/uninsured/contempt_requested", value=False))
    assert "☐ Contempt" in papers.pop("domestic-relations-cover-sheet")
    quiet = "\n".join(papers.values())
    assert "contempt" not in quiet.lower()
    assert "interest" not in quiet.lower()
    asked = read(changed(example("uninsured_claim"), "/uninsured/interest_requested", value=True))
    assert "leaves that question to the Court" in asked["motion-uninsured-expenses"]
    assert "bears no interest" in asked["proposed-order"]


def test_time_still_running_is_said_for_its_line_alone(read: Reader) -> None:
    text = read(changed(example("uninsured_claim"), "/claims/2/demand_sent_on", "2026-11-10"))
    assert "every expense listed except line 3" in text["motion-uninsured-expenses"]


def test_a_threshold_is_explained_and_shown_line_by_line(read: Reader) -> None:
    document = changed(example("uninsured_claim"), "/orders/0/uninsured_expenses/routine_threshold_annual", "250.00")
    text = read(document)["itemized-statement"]
    assert "less the first $250.00 for each child and calendar year" in text
    assert "1 | $230.00 | $230.00 | $0.00 | 60" in text


def test_periodic_review_and_loss_of_coverage_are_counts_of_their_own(read: Reader) -> None:
    document = changed(example("modification"), "/modification/grounds", ["periodic_review", "loss_of_coverage"])
    provision = {
        "kind": "health_insurance",
        "coverages": ["medical"],
        "alternative_stipulated": False,
        "paragraph": "4",
        "text": "Defendant shall provide health insurance.",
    }
    papers = read(changed(document, "/orders/0/medical_provision", provision))
    motion = papers["motion-to-modify"]
    assert "Paragraph 4 of the Order provides for the child’s health care as follows:" in motion
    assert "COUNT I: LOSS OF HEALTH CARE COVERAGE" in motion
    assert "COUNT II: PERIODIC REVIEW" in motion
    assert "CHANGE IN INCOME" not in motion
    assert "III. The guidelines give the amount of support." in papers["brief-supporting-statement"]


def test_a_medical_motion_leaves_the_amount_of_support_alone(read: Reader) -> None:
    document = changed(example("modification"), "/modification/grounds", ["health_care_need"])
    papers = read(changed(document, "/modification/guideline", None))
    assert "set child support" not in papers["motion-to-modify"]
    assert "The amount of child support is not changed." in papers["proposed-order"]
    assert "child care expenses, $____________" in papers["proposed-order"]


def test_a_support_motion_keeps_the_orders_own_provision(read: Reader) -> None:
    document = changed(example("modification"), "/modification/grounds", ["income_change"])
    provision = {
        "kind": "health_insurance",
        "coverages": ["medical"],
        "alternative_stipulated": False,
        "paragraph": "4",
        "text": None,
    }
    document = changed(document, "/orders/0/medical_provision", provision)
    del document["medical_support"]
    papers = read(document)
    assert "keep in force the provision that the Order makes for the child’s health care;" in papers["motion-to-modify"]
    assert "Paragraph 4 of the Order on the child’s health care remains in force." in papers["proposed-order"]
    assert "Cash medical support" not in papers["proposed-order"]
    assert "§ 9-14-502(a)" in papers["proposed-order"]


def test_completed_service_fixes_the_effective_date(read: Reader) -> None:
    document = changed(example("modification"), "/service/0/completed_on", "2026-11-30")
    document = changed(document, "/service/1/completed_on", "2026-12-01")
    order = read(document)["proposed-order"]
    assert "effective December 1, 2026. The motion was filed on November 23, 2026" in order


def test_unknown_dates_of_service_are_lines_to_fill(read: Reader) -> None:
    document = changed(example("modification"), "/service/0/sent_on", None)
    assert "On ____________________, 20____, by certified mail" in read(document)["motion-to-modify"]
    assert (
        "I served these papers, with their exhibits: Motion to Modify"
        in read(changed(document, "/service", []))["motion-to-modify"]
    )


def test_a_parents_attorney_approves_the_form_for_the_parent(read: Reader) -> None:
    attorney = {
        "name": "Ingrid Vale",
        "address": {"lines": ["2 Court Square"], "city": "Rogers", "state": "AR", "postal_code": "72794"},
    }
    document = changed(example("modification"), "/noncustodial_parent/attorney", attorney)
    assert "Ingrid Vale, Attorney for Marcus T. Whitfield" in read(document)["proposed-order"]


def test_template_syntax_in_a_value_is_printed_and_not_run(read: Reader) -> None:
    document = changed(example("uninsured_claim"), "/claims/0/provider", "{{ 7*7 }} & <Dental> {% if x %}")
    assert "{{ 7*7 }} & <Dental> {% if x %}" in read(document)["itemized-statement"]


@pytest.mark.parametrize("kind", DRAWN)
def test_a_context_holds_only_what_is_to_be_printed_or_chosen(draw: Drawer, kind: str) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, Mapping):
            return all(isinstance(name, str) and plain(member) for name, member in value.items())
        return isinstance(value, str | bool) or (isinstance(value, tuple) and all(plain(member) for member in value))

    assert all(plain(draft.context) for draft in draw(example(kind)))


@pytest.mark.parametrize("kind", DRAWN)
def test_only_a_release_prints_the_signature(read: Reader, kind: str) -> None:
    name = example(kind)["signatory"]["name"]
    assert all("/s/" not in text for text in read(example(kind)).values())
    signed = read(example(kind), signed=True)
    assert {paper for paper, text in signed.items() if f"/s/ {name}" not in text} <= NOT_SIGNED_BY_THE_ATTORNEY
    assert all("CIRCUIT JUDGE" not in text or "______\nCIRCUIT JUDGE" in text for text in signed.values())


def test_a_signatory_for_a_parent_is_refused(draw: Drawer) -> None:
    facts = altered(load_facts(example("modification")), "/signatory/title", "Attorney for the Mother")
    with pytest.raises(FactsRefused) as refused:
        draw(facts)
    assert [fault.pointer for fault in refused.value.faults] == ["/signatory/title"]
    assert "Mother" not in str(refused.value.faults)


def test_a_document_without_words_is_refused_by_name() -> None:
    facts = load_facts(example("medical_support"))
    filing = determine(facts).of(facts.kind)
    unknown = replace(filing.documents[0], name="letter-to-nobody")
    with pytest.raises(KindNotDrafted) as refused:
        draft_filing(facts, replace(filing, documents=(unknown,)), Presentation(mark=PageMark.DRAFT, signed=False))
    assert "letter-to-nobody" in refused.value.faults[0].message


def test_a_motion_is_drawn_up_for_preview_although_no_order_is_known(read: Reader) -> None:
    facts = altered(load_facts(example("modification")), "/orders", ())
    assert "entered its order of support" in read(facts)["motion-to-modify"]


def test_a_claim_is_drawn_up_for_preview_although_no_order_divides_it(read: Reader) -> None:
    facts = altered(load_facts(example("uninsured_claim")), "/orders/0/uninsured_expenses", None)
    papers = read(facts)
    assert "The Order does not divide" in papers["motion-uninsured-expenses"]
    assert "| $____________ | $____________" in papers["motion-uninsured-expenses"]


def test_leave_to_intervene_is_asked_first_and_only_where_it_is_needed(read: Reader) -> None:
    for label, pleading in (
        ("complaint before joining", "Complaint for Medical Support"),
        ("modification before joining", "Motion to Modify Child Support and to Provide for Medical Support"),
        ("claim before joining", "Motion to Enforce Payment of Uninsured Health-Care Expenses"),
    ):
        papers = read(variant(label))
        assert next(iter(papers)) == "motion-to-intervene"
        assert f"the {pleading}, accompanies this motion" in papers["motion-to-intervene"]
        assert f"The {pleading} that accompanied the motion" in papers["order-granting-intervention"]
    assert "motion-to-intervene" not in read(example("modification"))


def test_a_certificate_names_every_paper_served_and_no_sealed_one(read: Reader) -> None:
    for name, text in read(example("modification")).items():
        if "CERTIFICATE OF SERVICE" in text:
            served = text.partition("CERTIFICATE OF SERVICE")[2]
            for title in (
                "Motion to Modify",
                "Brief Supporting Statement",
                "Child Support Worksheet",
                "Notice of Hearing",
            ):
                assert title in served, name
            assert "Order Modifying Child Support" in served
            assert "Confidential" not in served
            assert "Cover Sheet" not in served


def test_a_motion_speaks_of_the_papers_filed_with_it(read: Reader) -> None:
    motion = read(example("modification"))["motion-to-modify"]
    assert "The Child Support Worksheet filed with this Motion sets out every step." in motion
    assert "by the request filed with this Motion, for an Affidavit of Financial Means" in motion
    assert "As the Notice of Hearing filed with this Motion states" in motion
    assert "Confidential Information Sheet filed under seal, Ark. Code Ann. § 9-14-205" in motion
    claim = read(example("uninsured_claim"))["motion-uninsured-expenses"]
    assert "the Custodial Party’s Affidavit of Account filed with it supports the account" in claim
    assert "A proposed Order to Show Cause is filed with this Motion." in claim
    assert "Confidential Information Sheet" not in claim


def test_a_motion_on_health_care_alone_has_no_worksheet(read: Reader) -> None:
    papers = read(variant("modification on health alone"))
    assert not {"child-support-worksheet", "affidavit-of-means-request"} & papers.keys()
    assert "Worksheet" not in "\n".join(papers.values())


def test_a_low_income_leaves_the_amount_to_the_court(read: Reader) -> None:
    papers = read(variant("modification on a low income"))
    assert "child-support-worksheet" not in papers
    assert "Child Support Worksheet" not in papers["motion-to-modify"]
    assert "at the amount that Administrative Order No. 10 yields" in papers["motion-to-modify"]


def test_an_order_to_show_cause_states_the_hearing_once_it_is_set(read: Reader) -> None:
    order = read(variant("claim set for hearing"))["order-to-show-cause"]
    assert "shall appear before this Court on January 12, 2027, at 1:30 p.m., at Courtroom 3." in order
    quiet = read(variant("claim without contempt"))
    assert "order-to-show-cause" not in quiet
    assert "ability to pay" not in "\n".join(quiet.values())
