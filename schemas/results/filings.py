"""Filings, previews and receipts as the API shows them."""

from marshmallow import fields

from schemas.results.answer import (
    AnswerSchema,
    count,
    day,
    described,
    flag,
    group,
    instant,
    listing,
    sha256_hex,
    text,
    texts,
    word,
)
from schemas.results.determinations import ConfirmationSchema, DeadlineSchema, DeterminationSchema
from service.facts.vocabulary import FilingKind
from service.law.outcomes import DocumentAudience, DocumentRole, Outcome
from service.storage.records import FilingState

_PACKET_NULL = "Null until the pages exist, and for a notice to an employer, of which nothing is merged."


def _reasons() -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("The attorney's reasons, by gate id."),
    )


class DocumentLinksSchema(AnswerSchema):
    """Where a document's two forms can be had."""

    pdf = text()
    word = text()


class PreviewDocumentLinksSchema(DocumentLinksSchema):
    """Where a draft's two forms and the pictures of its pages can be had."""

    pages = texts("One PNG a page, in order.")


class DocumentSchema(AnswerSchema):
    """One document of a filing."""

    name = text("Its file name without ending.")
    title = text()
    role = word(DocumentRole)
    audience = word(DocumentAudience)
    pages = count()
    profile = text("The PDF profile it meets.")
    sha256 = sha256_hex("Of the draft PDF.")
    links = group(DocumentLinksSchema)


class PreviewDocumentSchema(DocumentSchema):
    """One document of a preview."""

    links = group(PreviewDocumentLinksSchema)


class ExhibitSchema(AnswerSchema):
    """An exhibit that passed examination."""

    id = text()
    label = text()
    title = text()
    pages = count()
    sha256 = sha256_hex("Of the PDF to be filed: what was sent, or a page made of the picture that was sent.")
    apart = text("Why it is filed beside the packet and not in it: “is not tagged”.", nullable=True)
    pages_without_text = fields.List(count(), required=True, metadata=described("Scanned pages, from 1."))


class PacketSchema(AnswerSchema):
    """Public documents and exhibits, merged in filing order."""

    pages = count()
    profile = text("The PDF profile it meets.")


class FactCoverageSchema(AnswerSchema):
    """How the facts and the documents met."""

    missing = texts("JSON Pointers of facts that the documents ask for and that are null.")
    unused = texts("JSON Pointers of facts that stand in no document.")
    defaulted = texts("JSON Pointers of facts that were not sent and took their default.")


class FilingLinksSchema(AnswerSchema):
    """What can be had or done now."""

    self = text()
    packet = fields.String()
    release = fields.String()
    void = fields.String()
    receipt = fields.String()
    court = fields.String()
    employer = fields.String()
    record = fields.String()


class FilingSummarySchema(AnswerSchema):
    """What a list shows of a filing: where it stands, and no fact about a person."""

    id = text()
    kind = word(FilingKind)
    state = word(FilingState)
    field_office = text()
    county = text()
    filing_date = day()
    prepared_at = instant(nullable=True)
    released_at = instant(nullable=True)
    ended_at = instant("When it was voided, or refused after respond-async.", nullable=True)
    facts_digest = sha256_hex()
    documents_digest = sha256_hex(nullable=True)
    links = group(FilingLinksSchema)


class FilingListSchema(AnswerSchema):
    """One page of the filings that the caller may see, newest first."""

    filings = listing(FilingSummarySchema)
    next = text("The cursor of the next page.", nullable=True)


class FilingSchema(FilingSummarySchema):
    """One filing whole."""

    documents = listing(DocumentSchema)
    exhibits = listing(ExhibitSchema)
    packet = group(PacketSchema, _PACKET_NULL, nullable=True)
    determination = group(DeterminationSchema)
    coverage = group(FactCoverageSchema, "Null until the pages exist.", nullable=True)
    overrides = _reasons()
    notice = fields.String(
        metadata=described("What has to be known of a filing that was voided after its release: its bundles stay.")
    )
    void_reason = fields.String(metadata=described("Why the filing was voided, in its caller's words."))
    refusal = fields.Dict(metadata=described("Why a filing begun with respond-async was not prepared: code, errors."))


class PreviewLinksSchema(AnswerSchema):
    """Where the preview and its merged draft can be had."""

    self = text()
    packet = fields.String()


class PreviewSchema(AnswerSchema):
    """A packet of drafts, unsigned."""

    id = text()
    expires_at = instant()
    facts_digest = sha256_hex()
    documents_digest = sha256_hex()
    documents = listing(PreviewDocumentSchema)
    exhibits = listing(ExhibitSchema)
    packet = group(PacketSchema, _PACKET_NULL, nullable=True)
    coverage = group(FactCoverageSchema)
    determination = group(DeterminationSchema)
    overrides = _reasons()
    links = group(PreviewLinksSchema)


class SignatoryNameSchema(AnswerSchema):
    """The attorney who released."""

    name = text()
    bar_number = text()


class SealStatementSchema(AnswerSchema):
    """How well a seal holds later, and why it is less than was asked for, where it is."""

    level = text("The PAdES or CAdES baseline level that was reached.")
    time = text("Whose clock vouches for the time.")
    shortfall = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Why the level asked for was not reached; null where it was."),
    )


class SealedDocumentSchema(AnswerSchema):
    """One document as it lies in the bundle."""

    file = text("Its path in the container.")
    name = text()
    title = text()
    role = text("What it is in the filing: a motion, an order, an exhibit, the packet.")
    audience = text("Who may read it.")
    media_type = text()
    sha256 = sha256_hex("As sealed.")
    unsigned_sha256 = sha256_hex("Before the seal.")
    sealed = flag("Whether it carries a seal of its own.")
    seal = group(SealStatementSchema, "Null where it carries no seal of its own.", nullable=True)
    pages = fields.Integer(required=True, allow_none=True, metadata=described("Null for a Word file."))
    profile = text("The PDF profile it meets; null for Word files and exhibits.", nullable=True)
    template_digest = text("SHA-256 of the Word template that made it.", nullable=True)
    note = text("What a clerk should know of it.", nullable=True)


class WarningGivenSchema(AnswerSchema):
    """A gate or warning that stood when the attorney released."""

    code = text()
    outcome = word(Outcome)
    statement = text()


class SealSchema(SealStatementSchema):
    """How the documents are sealed, at the least, and how far that can be trusted."""

    containers = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SealStatementSchema),
        required=True,
        metadata=described("How the signature of each container holds, by audience: B-B or B-T."),
    )
    certificate_fingerprint = sha256_hex("Of the certificate in DER form.")
    trust = text("Whether a court can rely on the key.")


class ConfirmedAuthoritySchema(ConfirmationSchema):
    """One authority that the office has confirmed."""

    id = text("As a determination names it.")


class ReceiptSchema(AnswerSchema):
    """What was released, by whom, on what grounds, and how to check it."""

    filing_id = text()
    kind = word(FilingKind)
    filing_date = day()
    released_at = instant()
    signatory = group(SignatoryNameSchema)
    facts_digest = sha256_hex()
    documents = listing(SealedDocumentSchema)
    overrides = _reasons()
    confirmed_authorities = listing(ConfirmedAuthoritySchema, "What the office has confirmed of the law.")
    warnings = listing(WarningGivenSchema)
    deadlines = listing(DeadlineSchema)
    bundles = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("SHA-256 of each container, by audience."),
    )
    seal = group(SealSchema)
