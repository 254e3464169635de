"""What may be filed and where, and how the service is."""

from dataclasses import asdict
from typing import Any

from marshmallow import fields

from schemas.results.answer import AnswerSchema, count, described, flag, listing, text, texts, word
from schemas.results.determinations import DocumentPlanSchema
from service.facts.vocabulary import FilingKind
from service.law.courts import COUNTIES, DEFAULT_COURT_PROFILE, county
from service.law.documents import DOCUMENTS_OF_KIND


class KindSchema(AnswerSchema):
    """One kind of filing and the documents it consists of."""

    kind = word(FilingKind)
    documents = listing(DocumentPlanSchema)


class KindListSchema(AnswerSchema):
    """Every kind of filing."""

    kinds = listing(KindSchema)


class CourtListEntrySchema(AnswerSchema):
    """One county's circuit court."""

    county = text(attribute="name")
    code = text("What opens its docket numbers.")
    code_confirmed = flag("Whether a docket number of this court was seen.", attribute="code_standing.certain")
    seats = texts()
    judicial_circuit = text(attribute="circuit")
    fips = text()
    two_court_districts = flag(attribute="two_districts")


class CourtListSchema(AnswerSchema):
    """The 75 circuit courts."""

    courts = listing(CourtListEntrySchema)


class CourtSettingSchema(AnswerSchema):
    """One thing the court asks of papers."""

    name = text()
    value = text()
    meaning = text()
    standing = text()
    confirmed = flag("Whether it is certain.", attribute="standing.certain")
    authority = text()


class CountyCourtSchema(CourtListEntrySchema):
    """One county's circuit court and the profile that its filings follow."""

    profile = listing(CourtSettingSchema)


class LivenessSchema(AnswerSchema):
    """That the service runs."""

    status = text()


class ReadinessSchema(AnswerSchema):
    """Whether a filing sent now would find a place."""

    status = text()
    free_slots = count()


class VersionSchema(AnswerSchema):
    """What would make a document now."""

    service = text()
    components = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("Versions of rules, templates, fonts and engines."),
    )


def kinds_json() -> dict[str, Any]:
    """Every kind of filing with the documents it consists of, as ``GET /v1/kinds`` answers it."""
    kinds = [{"kind": kind, "documents": DOCUMENTS_OF_KIND[kind]} for kind in FilingKind]
    document: dict[str, Any] = KindListSchema().dump({"kinds": kinds})
    return document


def courts_json() -> dict[str, Any]:
    """The circuit court of every county, as ``GET /v1/courts`` answers it."""
    document: dict[str, Any] = CourtListSchema().dump({"courts": COUNTIES.values()})
    return document


def court_json(name: str) -> dict[str, Any]:
    """One county's court and the profile its filings follow; what is not certain says so.

    Raises:
        NotFound: Arkansas has no such county.
    """
    court = {**asdict(county(name)), "profile": DEFAULT_COURT_PROFILE}
    document: dict[str, Any] = CountyCourtSchema().dump(court)
    return document
