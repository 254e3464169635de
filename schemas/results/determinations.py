"""A determination: kind by kind, what may be filed, why, of which documents, and what follows when."""

from typing import Any

from schemas.results.answer import AnswerSchema, day, flag, group, listing, text, texts, word
from service.facts.vocabulary import FilingKind
from service.law.outcomes import Determination, DocumentAudience, DocumentRole, Outcome, Override

POINTERS = "JSON Pointers into the case facts."


class SourceSchema(AnswerSchema):
    """Where a rule comes from."""

    title = text()
    quote = text()
    standing = text("V: its words were seen. V2: seen in a secondary source. M: to be checked by an attorney.")


class ConfirmationSchema(AnswerSchema):
    """That the office has read an authority."""

    by = text("Who read it.")
    on = day()


class CitationSchema(AnswerSchema):
    """An authority of present law behind a gate."""

    id = text("Stable; names it among the authorities that an office confirms.")
    citation = text()
    says = text("What it says, in short.")
    standing = text("V: its words were read. V2: read in a secondary or older source. M: from memory.")
    to_confirm = flag("Whether an attorney must confirm it before it is relied on.")
    confirmed = group(ConfirmationSchema, "By whom in the office and when, if it was.", nullable=True)
    check = text("What to look up before relying on it.", nullable=True)


class GateSchema(AnswerSchema):
    """One condition of the law applied to these facts."""

    id = text("Stable, for example G07.")
    outcome = word(Outcome)
    statement = text()
    source = group(SourceSchema)
    facts = texts(POINTERS)
    remedy = text("What would clear it.", nullable=True)
    override = word(Override, "Who may lift it.")
    authorities = listing(CitationSchema)
    conflict = text("Where the source and present law differ, and which governs.", nullable=True)


class WarningSchema(AnswerSchema):
    """Something the attorney should see beside the gates; one that holds or blocks stands in the way as they do."""

    code = text("Stable; names it in an override.")
    outcome = word(Outcome)
    statement = text()
    source = group(SourceSchema)
    facts = texts(POINTERS)
    remedy = text()
    override = word(Override, "Who may lift it.")


class DocumentPlanSchema(AnswerSchema):
    """One document that the filing consists of."""

    name = text("Its file name without number and ending.")
    title = text()
    role = word(DocumentRole)
    audience = word(DocumentAudience)


class DeadlineSchema(AnswerSchema):
    """A date that the filing sets in motion."""

    what = text()
    due = day(nullable=True)
    rule = text()
    conditional_on = text("The event it waits for, if that is not yet known.", nullable=True)


class KindDeterminationSchema(AnswerSchema):
    """Whether one kind of filing may be made on these facts."""

    kind = word(FilingKind)
    outcome = word(Outcome, "The worst of its gates and warnings.")
    gates = listing(GateSchema)
    warnings = listing(WarningSchema)
    documents = listing(DocumentPlanSchema)
    deadlines = listing(DeadlineSchema)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Advisories of the law are called warnings in the API."""
        return super().get_attribute(obj, "advisories" if attr == "warnings" else attr, default)


class DeterminationSchema(AnswerSchema):
    """Every kind of filing, whatever kind the facts name."""

    filing_date = day()
    filings = listing(KindDeterminationSchema)


def determination_json(determination: Determination) -> dict[str, Any]:
    """The determination as ``POST /v1/determinations`` answers it."""
    document: dict[str, Any] = DeterminationSchema().dump(determination)
    return document
