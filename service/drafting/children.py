"""The children, as a public record may show them: initials and year of birth, and words that agree in number."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from service.drafting.wording import cardinal, series
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case

_ONE = {
    "noun": "child",
    "possessive": "child’s",
    "has": "has",
    "lives": "lives",
    "resides": "resides",
}
_SEVERAL = {
    "noun": "children",
    "possessive": "children’s",
    "has": "have",
    "lives": "live",
    "resides": "reside",
}


@once_for_a_case
def children(facts: CaseFacts) -> Mapping[str, Any]:
    """The children as the templates speak of them."""
    labels = child_labels(facts)
    listed = [f"{label} (born {child.birth_date.year})" for label, child in zip(labels, facts.children, strict=True)]
    return {
        **(_ONE if len(labels) == 1 else _SEVERAL),
        "count": cardinal(len(listed)),
        "named": series(listed),
    }


@once_for_a_case
def child_labels(facts: CaseFacts) -> tuple[str, ...]:
    """Initials of each child in the order of the facts; children who share their initials are numbered."""
    initials = [child.name.initials for child in facts.children]
    total, seen = Counter(initials), Counter[str]()
    labels = []
    for letters in initials:
        seen[letters] += 1
        labels.append(f"{letters} ({seen[letters]})" if total[letters] > 1 else letters)
    return tuple(labels)
