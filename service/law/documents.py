"""Which documents a filing consists of, under which titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import EmploymentKind, FilingKind, MedicalSupportRequest
from service.law.conditions import Condition, all_hold
from service.law.gates.notice import noticed_employment
from service.law.gates.uninsured import granted_relief
from service.law.grounds import granted_grounds
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import HEALTH_GROUNDS, asked_request, granted_request
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.law.table_reading import TableReader, open_table

ANY_VARIANT = "any"
LONGEST_NAME = 43
"""A file name has 46 characters at most, of which a two-digit number and a hyphen take three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """One document of a kind of filing, with its title for each variant, or one title under ``any``.

    It belongs to the filing only where every condition in ``when`` holds.
    """

    kind: FilingKind
    name: str
    role: DocumentRole
    audience: DocumentAudience
    titles: Mapping[str, str]
    when: tuple[Condition, ...] = ()

    def planned(self, variant: str) -> DocumentPlan:
        """The document under the title of this variant."""
        title = self.titles[ANY_VARIANT if ANY_VARIANT in self.titles else variant]
        return DocumentPlan(name=self.name, title=title, role=self.role, audience=self.audience)


@once_for_a_case
def documents(facts: CaseFacts, kind: FilingKind, lifted: Lifted = NONE_LIFTED) -> tuple[DocumentPlan, ...]:
    """The documents of this kind of filing in filing order; also of one that is blocked, since a preview shows it."""
    variant = _variant(facts, kind, lifted)
    return tuple(
        rule.planned(variant)
        for rule in DOCUMENT_RULES
        if rule.kind is kind and all_hold(rule.when, facts, kind, lifted)
    )


def read_documents(table: TableReader) -> tuple[DocumentRule, ...]:
    """All documents in filing order.

    Raises:
        LawTableRefused: a row is faulty, a variant has no title, or a name is too long for a file.
    """
    rules = tuple(
        DocumentRule(
            kind=table.word(FilingKind, row, "kind", at),
            name=table.text(row, "name", at),
            role=table.word(DocumentRole, row, "role", at),
            audience=table.word(DocumentAudience, row, "audience", at),
            titles={key: table.text(row.get("titles", {}), key, f"{at}/titles") for key in row.get("titles", {})},
            when=table.words(Condition, row.get("when") or (), f"{at}/when"),
        )
        for at, row in table.rows("documents")
    )
    for place, rule in enumerate(rules):
        if not rule.titles.keys() >= VARIANTS[rule.kind] and ANY_VARIANT not in rule.titles:
            table.refuse(f"/documents/{place}/titles", "every variant of the filing needs its title.")
        if len(rule.name) > LONGEST_NAME:
            table.refuse(f"/documents/{place}/name", f"a name has {LONGEST_NAME} characters at most.")
    table.close()
    return rules


def _variant(facts: CaseFacts, kind: FilingKind, lifted: Lifted) -> str:
    match kind:
        case FilingKind.MEDICAL_SUPPORT:
            request = granted_request(facts, lifted) if facts.kind is kind else asked_request(facts, kind)
            return (request or MedicalSupportRequest.SECURE).value
        case FilingKind.MODIFICATION:
            return _modified(facts, lifted)
        case FilingKind.UNINSURED_CLAIM:
            return granted_relief(facts).value
        case FilingKind.MEDICAL_SUPPORT_NOTICE:
            noticed = noticed_employment(facts)
            return (EmploymentKind.EMPLOYER if noticed is None else noticed[1].kind).value


def _modified(facts: CaseFacts, lifted: Lifted) -> str:
    grounds = set(granted_grounds(facts, lifted))
    medical = bool(grounds & HEALTH_GROUNDS) or asked_request(facts, FilingKind.MODIFICATION) is not None
    if not grounds - HEALTH_GROUNDS:
        return "medical"
    return "both" if medical else "support"


VARIANTS: Mapping[FilingKind, frozenset[str]] = {
    FilingKind.MEDICAL_SUPPORT: frozenset(request.value for request in MedicalSupportRequest),
    FilingKind.MODIFICATION: frozenset({"medical", "support", "both"}),
    FilingKind.UNINSURED_CLAIM: frozenset({"enforce", "request"}),
    FilingKind.MEDICAL_SUPPORT_NOTICE: frozenset(employment.value for employment in EmploymentKind),
}
DOCUMENT_RULES = read_documents(open_table("documents.json"))
DOCUMENTS_OF_KIND: Mapping[FilingKind, tuple[DocumentPlan, ...]] = MappingProxyType(
    {
        kind: tuple(rule.planned(next(iter(rule.titles))) for rule in DOCUMENT_RULES if rule.kind is kind)
        for kind in FilingKind
    }
)
"""The catalogue: every kind's documents, conditional ones included, under the title of their first variant."""
