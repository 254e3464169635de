"""The words of a notice of hearing, and of a request for affidavits of financial means."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.common import common_context
from service.drafting.wording import BLANK, long_date
from service.facts.case import CaseFacts
from service.law.deadlines import HEARING_NOTICE_DAYS


def notice_of_hearing(assignment: Assignment) -> Mapping[str, Any]:
    """When and where the pleading is heard, and how a party may answer it (Ark. R. Civ. P. 6(c))."""
    facts = assignment.facts
    return {
        **common_context(assignment),
        "serve_by": _last_day_to_serve(facts),
        "contempt": {"requested": facts.uninsured is not None and facts.uninsured.contempt_requested},
    }


def affidavit_of_means_request(assignment: Assignment) -> Mapping[str, Any]:
    """What each parent is asked to disclose, so that the order can state both gross incomes and the expenses."""
    return common_context(assignment)


def _last_day_to_serve(facts: CaseFacts) -> str:
    """Twenty days before the hearing."""
    return BLANK if facts.hearing is None else long_date(facts.hearing.on - timedelta(days=HEARING_NOTICE_DAYS))
