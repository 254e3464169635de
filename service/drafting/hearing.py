"""The words of a notice of hearing, and of a request for affidavits of financial means."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context
from service.drafting.wording import BLANK, long_date
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.law.deadlines import last_day_to_serve_notice, notice_comes_too_late


def notice_of_hearing(assignment: Assignment) -> Mapping[str, Any]:
    """When and where the pleading is heard, and how a party may answer it (Ark. R. Civ. P. 6(c))."""
    facts = assignment.facts
    return {
        **common_context(assignment),
        "serve_by": _last_day_to_serve(facts),
        "notice_in_time": not notice_comes_too_late(facts),
        "contempt": {"requested": facts.uninsured is not None and facts.uninsured.contempt_requested},
    }


def affidavit_of_means_request(assignment: Assignment) -> Mapping[str, Any]:
    """What each parent is asked to disclose, so that the order can state both gross incomes and the expenses."""
    return common_context(assignment)


@once_for_a_case
def _last_day_to_serve(facts: CaseFacts) -> str:
    last = last_day_to_serve_notice(facts)
    return BLANK if last is None else long_date(last)
