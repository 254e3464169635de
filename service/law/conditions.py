"""Conditions on the facts under which a table of the law lets a document, or a clause of one, stand."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import (
    FilingKind,
    MedicalSupportRequest,
    ModificationGround,
    OcseRoleName,
    UninsuredRelief,
)
from service.law.gates.uninsured import granted_relief
from service.law.governing import governing_order, uninsured_order
from service.law.grounds import granted_grounds
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import asked_request
from service.law.worksheet import reserve_applies, worksheet_gaps


class Condition(StrEnum):
    """The words that tables use for what must be so; each is told from the facts of one kind of filing."""

    HEARING_SET = "hearing_set"
    CONTEMPT_REQUESTED = "contempt_requested"
    PROPOSED_INTERVENOR = "proposed_intervenor"
    GUIDELINE_COMPUTED = "guideline_computed"
    AMOUNT_AT_ISSUE = "amount_at_issue"
    MEDICAL_SUPPORT_ASKED = "medical_support_asked"
    NEW_COVERAGE_ASKED = "new_coverage_asked"
    ENFORCEMENT_ASKED = "enforcement_asked"
    INTEREST_REQUESTED = "interest_requested"
    EXPENSES_DIVIDED = "expenses_divided"
    ORDER_RELIED_ON = "order_relied_on"

    def holds(self, facts: CaseFacts, kind: FilingKind, lifted: Lifted = NONE_LIFTED) -> bool:
        """Whether it is so on these facts, read as a filing of that kind under the gates that an attorney lifted."""
        return _TOLD[self](facts, kind, lifted)


def all_hold(
    conditions: tuple[Condition, ...], facts: CaseFacts, kind: FilingKind, lifted: Lifted = NONE_LIFTED
) -> bool:
    """Whether every condition holds; no condition always does."""
    return all(condition.holds(facts, kind, lifted) for condition in conditions)


AMOUNT_GROUNDS = frozenset({ModificationGround.INCOME_CHANGE, ModificationGround.PERIODIC_REVIEW})
"""Grounds that put the amount of child support at issue, not health care alone."""


def _hearing_set(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return facts.hearing is not None


def _contempt_requested(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return facts.uninsured is not None and facts.uninsured.contempt_requested


def _proposed_intervenor(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return facts.matter.caption.ocse_role.role is OcseRoleName.PROPOSED_INTERVENOR


def _guideline_computed(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return not worksheet_gaps(facts) and not reserve_applies(facts)


def _amount_at_issue(facts: CaseFacts, _kind: FilingKind, lifted: Lifted) -> bool:
    return bool(AMOUNT_GROUNDS.intersection(granted_grounds(facts, lifted)))


def _medical_support_asked(facts: CaseFacts, kind: FilingKind, _lifted: Lifted) -> bool:
    return asked_request(facts, kind) is not None


def _new_coverage_asked(facts: CaseFacts, kind: FilingKind, _lifted: Lifted) -> bool:
    return asked_request(facts, kind) is MedicalSupportRequest.SECURE


def _enforcement_asked(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return granted_relief(facts) is UninsuredRelief.ENFORCE


def _interest_requested(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return facts.uninsured is not None and facts.uninsured.interest_requested


def _expenses_divided(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return uninsured_order(facts) is not None


def _order_relied_on(facts: CaseFacts, _kind: FilingKind, _lifted: Lifted) -> bool:
    return governing_order(facts) is not None


_TOLD: Mapping[Condition, Callable[[CaseFacts, FilingKind, Lifted], bool]] = MappingProxyType(
    {
        Condition.HEARING_SET: _hearing_set,
        Condition.CONTEMPT_REQUESTED: _contempt_requested,
        Condition.PROPOSED_INTERVENOR: _proposed_intervenor,
        Condition.GUIDELINE_COMPUTED: _guideline_computed,
        Condition.AMOUNT_AT_ISSUE: _amount_at_issue,
        Condition.MEDICAL_SUPPORT_ASKED: _medical_support_asked,
        Condition.NEW_COVERAGE_ASKED: _new_coverage_asked,
        Condition.ENFORCEMENT_ASKED: _enforcement_asked,
        Condition.INTEREST_REQUESTED: _interest_requested,
        Condition.EXPENSES_DIVIDED: _expenses_divided,
        Condition.ORDER_RELIED_ON: _order_relied_on,
    }
)
