"""Errors as RFC 9457 problems, with the extension members of this API."""

from marshmallow import fields

from schemas.results.answer import AnswerSchema, count, described, flag, listing, text, word
from service.errors import Audience


class FaultSchema(AnswerSchema):
    """One fault and its place."""

    code = text("Stable.")
    message = text("What to do next; never a value of the facts.")
    pointer = fields.String(metadata=described("JSON Pointer into the case facts (RFC 6901)."))
    part = fields.String(metadata=described("Part of a Word document, or of a multipart body."))
    paragraph = fields.Integer(metadata=described("Paragraph of that part."))
    snippet = fields.String(metadata=described("Words of the template near the fault."))


class ProblemSchema(AnswerSchema):
    """A refusal (``application/problem+json``)."""

    type = text("Identifies the code as a URN.")
    title = text()
    status = count("The HTTP status.")
    detail = text()
    code = text("Stable.")
    retryable = flag("Whether the same request may succeed later; see Retry-After.")
    audience = word(Audience, "Who can mend it.")
    errors = listing(FaultSchema, "Every fault at once.")
    reference = fields.String(metadata=described("What to give the operator after an unforeseen error."))
