"""The example cases, and small changes to them."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from schemas.facts import load_facts
from service.desk import submissions
from service.pipeline import Submission
from service.rendering.parity.check import ParityReport

EXAMPLES = Path(__file__).parent.parent / "examples"
FAMILIES = ("medical_support", "modification", "uninsured_claim")
DRAWN = (*FAMILIES, "medical_support_notice")
"""Every kind: the three that go to court, and the notice that goes to an employer."""


def example(kind: str) -> dict[str, Any]:
    """The example facts of one kind, fresh."""
    document: dict[str, Any] = json.loads((EXAMPLES / kind / "facts.json").read_bytes())
    return document


def parity_of(pdf: bytes) -> ParityReport:
    """What the parity check reads from a PDF, for one that was made without a Word document."""
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = tuple(page.get_textpage().get_text_range() for page in opened)
    return ParityReport(pages=len(texts), words=0, texts=texts)


def example_exhibits(kind: str) -> dict[str, bytes]:
    """The example's exhibits by exhibit id."""
    folder = EXAMPLES / kind / "exhibits"
    return {item["id"]: (folder / item["file"]).read_bytes() for item in example(kind)["exhibits"]}


def changed(document: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """A copy of the document with one member set, named by its JSON Pointer."""
    copied = copy.deepcopy(document)
    *way, last = pointer.removeprefix("/").split("/")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return copied


def without(document: dict[str, Any], pointer: str) -> dict[str, Any]:
    """A copy of the document without one member."""
    copied = copy.deepcopy(document)
    *way, last = pointer.removeprefix("/").split("/")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[int(last) if isinstance(place, list) else last]
    return copied


def submission_of(
    document: dict[str, Any], exhibits: dict[str, bytes], overrides: dict[str, str] | None = None
) -> Submission:
    """A case as it comes before the pipeline: loaded and determined."""
    return submissions.submission_of(document, load_facts(document), exhibits=exhibits, overrides=overrides or {})


def altered(facts: Any, pointer: str, value: Any) -> Any:
    """Frozen facts with one member replaced, named by its JSON Pointer; for facts that no document could state."""
    step, _, rest = pointer.removeprefix("/").partition("/")
    if isinstance(facts, tuple):
        place = int(step)
        return (*facts[:place], altered(facts[place], rest, value) if rest else value, *facts[place + 1 :])
    return replace(facts, **{step: altered(getattr(facts, step), rest, value) if rest else value})


_PROVISION = {
    "kind": "health_insurance",
    "coverages": ["medical"],
    "alternative_stipulated": False,
    "paragraph": "4",
    "text": "Defendant shall provide health insurance.",
}
_ATTORNEY = {
    "name": "Ingrid Vale",
    "address": {"lines": ["2 Court Square"], "city": "Rogers", "state": "AR", "postal_code": "72794"},
}
_COVERED = {"status": "satisfactory", "source": "noncustodial_parent", "description": "Group plan"}
_INDIRECT = {
    "/uninsured/relief": "request",
    "/uninsured/contempt_requested": False,
    "/orders/0/uninsured_expenses/directs_ocse_to_enforce": False,
    "/orders/0/uninsured_expenses/direction_paragraph": None,
    "/orders/0/uninsured_expenses/direction_text": None,
}
_PLAN = "/noncustodial_parent/employments/0/plan"
_HEARING = {"on": "2027-01-12", "time": "13:30", "place": "Courtroom 3"}
_JOINING = {
    "/matter/caption": {
        "plaintiffs": ["custodial_party"],
        "defendants": ["noncustodial_parent"],
        "ocse_role": {"role": "proposed_intervenor"},
    },
}
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "complaint as it is": ("medical_support", {}),
    "complaint to maintain": (
        "medical_support",
        {
            "/medical_support/request": "maintain",
            "/children/0/coverage": _COVERED,
            "/children/1/coverage": {**_COVERED, "source": "custodial_party"},
        },
    ),
    "complaint for cash": (
        "medical_support",
        {"/medical_support/request": "cash", "/medical_support/cash_monthly": "85.00"},
    ),
    "complaint with a dear plan": ("medical_support", {f"{_PLAN}/monthly_premium_with_children": "500.00"}),
    "complaint with a far plan": ("medical_support", {f"{_PLAN}/accessible": "no"}),
    "complaint with a child covered": ("medical_support", {"/children/1/coverage": _COVERED}),
    "complaint with income unknown": ("medical_support", {"/noncustodial_parent/gross_monthly_income": None}),
    "complaint against a prisoner": ("medical_support", {"/noncustodial_parent/incarcerated": True}),
    "complaint with a district": (
        "medical_support",
        {"/matter/court/county": "Sebastian", "/matter/court/district": "Fort Smith District"},
    ),
    "complaint with addresses protected": (
        "medical_support",
        {"/custodial_party/address_protected": True, "/noncustodial_parent/address_protected": True},
    ),
    "modification as it is": ("modification", {}),
    "modification on review and loss": (
        "modification",
        {"/modification/grounds": ["periodic_review", "loss_of_coverage"], "/orders/0/medical_provision": _PROVISION},
    ),
    "modification on health alone": (
        "modification",
        {"/modification/grounds": ["health_care_need"], "/modification/guideline": None},
    ),
    "modification on income alone": (
        "modification",
        {"/modification/grounds": ["income_change"], "/orders/0/medical_provision": _PROVISION},
    ),
    "modification served": (
        "modification",
        {"/service/0/completed_on": "2026-11-30", "/service/1/completed_on": "2026-12-01"},
    ),
    "modification not yet sent": ("modification", {"/service/0/sent_on": None}),
    "modification without service": ("modification", {"/service": []}),
    "modification with counsel": ("modification", {"/noncustodial_parent/attorney": _ATTORNEY}),
    "modification with income unknown": ("modification", {"/noncustodial_parent/gross_monthly_income": None}),
    "modification of cash support": ("modification", {"/medical_support/request": "cash"}),
    "claim as it is": ("uninsured_claim", {}),
    "claim as a request": ("uninsured_claim", _INDIRECT),
    "claim without contempt": ("uninsured_claim", {"/uninsured/contempt_requested": False}),
    "claim with interest": ("uninsured_claim", {"/uninsured/interest_requested": True}),
    "claim with a late demand": ("uninsured_claim", {"/claims/2/demand_sent_on": "2026-11-10"}),
    "claim with a threshold": ("uninsured_claim", {"/orders/0/uninsured_expenses/routine_threshold_annual": "250.00"}),
    "claim set for hearing": ("uninsured_claim", {"/hearing": _HEARING}),
    "claim before joining": ("uninsured_claim", _JOINING),
    "complaint set for hearing": ("medical_support", {"/hearing": _HEARING}),
    "complaint before joining": ("medical_support", _JOINING),
    "modification before joining": ("modification", {"/matter/caption/ocse_role": {"role": "proposed_intervenor"}}),
    "modification on a low income": ("modification", {"/noncustodial_parent/gross_monthly_income": "850.00"}),
    "notice as it is": ("medical_support_notice", {}),
    "notice to a union": ("medical_support_notice", {"/noncustodial_parent/employments/0/kind": "union"}),
    "notice with an address protected": ("medical_support_notice", {"/custodial_party/address_protected": True}),
    "notice with little on file": (
        "medical_support_notice",
        {
            "/noncustodial_parent/employments/0/plan": None,
            "/noncustodial_parent/ssn": None,
            "/children/0/sex": None,
            "/children/1/resides_with": "noncustodial_parent",
            "/orders/0/medical_provision/coverages": [],
        },
    ),
    "claim in odd signs": ("uninsured_claim", {"/claims/0/provider": "{{ 7*7 }} & <Dental> {% if x %} {_{ %_} ’"}),
}
"""Cases that take other branches of law and templates than the examples: kind, and what is changed, by JSON Pointer."""


def variant(label: str) -> dict[str, Any]:
    """The facts of a variant, fresh."""
    kind, changes = VARIANTS[label]
    document = example(kind)
    for pointer, value in changes.items():
        document = changed(document, pointer, value)
    return document
