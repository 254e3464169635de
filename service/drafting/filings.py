"""Which drafter and which template make each document of a filing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.drafting import (
    court_sheets,
    hearing,
    intervention,
    medical_notice,
    medical_support,
    modification,
    support_worksheet,
    uninsured,
)
from service.drafting.assignment import Assignment
from service.drafting.companions import companions
from service.drafting.draft import Draft, Presentation
from service.errors import Fault, KindNotDrafted
from service.facts.case import CaseFacts
from service.facts.remembering import answers_remembered
from service.facts.vocabulary import FilingKind
from service.law.outcomes import DocumentPlan, KindDetermination


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafter:
    """A Word template and the function that finds its words."""

    template: str
    words: Callable[[Assignment], Mapping[str, Any]]


_IN_EVERY_CASE = {
    "motion-to-intervene": Drafter(template="motion-to-intervene", words=intervention.motion_to_intervene),
    "order-granting-intervention": Drafter(
        template="intervention-order", words=intervention.order_granting_intervention
    ),
    "notice-of-hearing": Drafter(template="hearing-notice", words=hearing.notice_of_hearing),
    "domestic-relations-cover-sheet": Drafter(template="cover-sheet", words=court_sheets.cover_sheet),
    "confidential-information-sheet": Drafter(template="confidential-sheet", words=court_sheets.confidential_sheet),
}

_DRAFTERS: Mapping[FilingKind, Mapping[str, Drafter]] = {
    FilingKind.MEDICAL_SUPPORT: {
        **_IN_EVERY_CASE,
        "complaint-for-medical-support": Drafter(template="medical-support-complaint", words=medical_support.complaint),
        "summons": Drafter(template="summons", words=medical_support.summons),
        "proposed-order": Drafter(template="medical-support-order", words=medical_support.proposed_order),
        "proposed-order-unredacted": Drafter(template="medical-support-order", words=medical_support.proposed_order),
    },
    FilingKind.MODIFICATION: {
        **_IN_EVERY_CASE,
        "motion-to-modify": Drafter(template="modification-motion", words=modification.motion_to_modify),
        "brief-supporting-statement": Drafter(
            template="modification-brief", words=modification.brief_supporting_statement
        ),
        "child-support-worksheet": Drafter(
            template="support-worksheet", words=support_worksheet.child_support_worksheet
        ),
        "affidavit-of-means-request": Drafter(template="means-request", words=hearing.affidavit_of_means_request),
        "proposed-order": Drafter(template="modification-order", words=modification.proposed_order),
        "proposed-order-unredacted": Drafter(template="modification-order", words=modification.proposed_order),
    },
    FilingKind.UNINSURED_CLAIM: {
        **_IN_EVERY_CASE,
        "motion-uninsured-expenses": Drafter(template="uninsured-motion", words=uninsured.motion),
        "itemized-statement": Drafter(template="itemized-statement", words=uninsured.itemized_statement),
        "affidavit-of-account": Drafter(template="account-affidavit", words=uninsured.affidavit_of_account),
        "order-to-show-cause": Drafter(template="show-cause-order", words=uninsured.order_to_show_cause),
        "proposed-order": Drafter(template="uninsured-order", words=uninsured.proposed_order),
    },
    FilingKind.MEDICAL_SUPPORT_NOTICE: {
        "cover-letter": Drafter(template="medical-notice-letter", words=medical_notice.cover_letter),
        "notice-part-a": Drafter(template="medical-notice-part-a", words=medical_notice.part_a),
        "employer-response": Drafter(template="medical-notice-response", words=medical_notice.employer_response),
        "notice-part-b": Drafter(template="medical-notice-part-b", words=medical_notice.part_b),
    },
}


def is_drafted(filing: KindDetermination) -> bool:
    """Whether every document of the filing can be drawn up."""
    drafters = _DRAFTERS.get(filing.kind, {})
    return bool(filing.documents) and all(plan.name in drafters for plan in filing.documents)


def require_drafted(filing: KindDetermination) -> None:
    """Refuse a kind with a document that has no words.

    Raises:
        KindNotDrafted: each such document is named.
    """
    if is_drafted(filing):
        return
    drafters = _DRAFTERS.get(filing.kind, {})
    unknown = [plan.name for plan in filing.documents if plan.name not in drafters]
    faults = [Fault(code="document_not_drafted", message=f"No words exist for {name}.") for name in unknown]
    raise KindNotDrafted("Documents of this kind cannot be drawn up yet; choose another kind.", faults)


def draft_filing(facts: CaseFacts, filing: KindDetermination, presentation: Presentation) -> tuple[Draft, ...]:
    """Draw up every document of a filing, in filing order.

    Raises:
        KindNotDrafted: a document of this kind has no words yet; each one is named.
        FactsRefused: the signatory's title is not that of the State's attorney.
    """
    require_drafted(filing)
    with answers_remembered():
        return tuple(draft_document(facts, filing, plan, presentation) for plan in filing.documents)


def draft_document(
    facts: CaseFacts, filing: KindDetermination, plan: DocumentPlan, presentation: Presentation
) -> Draft:
    """Draw up one document of a filing that :func:`is_drafted`."""
    beside = companions(filing.documents)
    return draft_assigned(filing.kind, Assignment(facts=facts, plan=plan, companions=beside, presentation=presentation))


def draft_assigned(kind: FilingKind, assignment: Assignment) -> Draft:
    """As :func:`draft_document`, where the companions of the document are known already."""
    drafter = _DRAFTERS[kind][assignment.plan.name]
    return Draft(
        plan=assignment.plan,
        template=drafter.template,
        context=drafter.words(assignment),
        dated=assignment.facts.filing_date,
    )
