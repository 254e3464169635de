"""What may be filed and where, and how the service is."""

from marshmallow import fields

from schemas.results.answer import AnswerSchema, count, described, flag, listing, text, texts, word
from schemas.results.determinations import DocumentPlanSchema
from service.facts.vocabulary import FilingKind


class KindSchema(AnswerSchema):
    """One kind of filing and the documents it consists of."""

    kind = word(FilingKind)
    documents = listing(DocumentPlanSchema)


class KindListSchema(AnswerSchema):
    """Every kind of filing."""

    kinds = listing(KindSchema)


class CourtListEntrySchema(AnswerSchema):
    """One county's circuit court."""

    county = text()
    code = text("What opens its docket numbers.")
    code_confirmed = flag("Whether a docket number of this court was seen.")
    seats = texts()
    judicial_circuit = text()
    fips = text()
    two_court_districts = flag()


class CourtListSchema(AnswerSchema):
    """The 75 circuit courts."""

    courts = listing(CourtListEntrySchema)


class CourtSettingSchema(AnswerSchema):
    """One thing the court asks of papers."""

    name = text()
    value = text()
    meaning = text()
    standing = text()
    confirmed = flag("Whether it is certain.")
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
