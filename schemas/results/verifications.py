"""A verification: what was checked in a bundle, what holds, who signed, what trust rests on."""

from typing import Any

from marshmallow import fields

from schemas.results.answer import AnswerSchema, described, flag, group, instant, listing, sha256_hex, text, texts, word
from service.signing.findings import CheckOutcome, Verdict, Verification


class CheckSchema(AnswerSchema):
    """One thing that was looked at: a property of the bundle, or one of its files by its path."""

    name = text()
    outcome = word(CheckOutcome)
    detail = text()


class SignerSchema(AnswerSchema):
    """Who signed, as the certificate says; it proves a name only where the bundle is trusted."""

    name = text()
    certificate_fingerprint = sha256_hex("Of the certificate in DER form.")


class VerificationSchema(AnswerSchema):
    """Whether a bundle, or a PDF taken out of one, can be relied on, and on what grounds."""

    verdict = word(Verdict)
    sentence = text("The verdict in words.")
    explanation = text()
    intact = flag("Not one byte differs from what was signed.")
    trusted = flag("The signature leads to a root that the verifier was given.")
    signer = group(SignerSchema, nullable=True)
    signed_at = instant("The time the signer claims.", nullable=True)
    stamped_at = instant("The time by which a trusted time-stamp authority had seen the signature.", nullable=True)
    time = text("Whose clock vouches for the time.")
    trust_basis = text("The root that the trust rests on.")
    checks = listing(CheckSchema)
    files = listing(CheckSchema)
    failed_parts = texts("Every file, by its path, and every structural part that is not as signed.")
    claims = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("What the signed manifest says of the filing; empty unless intact."),
    )


def verification_json(verification: Verification) -> dict[str, Any]:
    """The verification as ``POST /v1/verifications`` answers it."""
    members = {name: getattr(verification, name) for name in VerificationSchema().fields if hasattr(verification, name)}
    signer = {"name": verification.signer, "certificate_fingerprint": verification.certificate_fingerprint}
    answer = {**members, "signer": signer if verification.signer else None, "time": verification.time_basis}
    document: dict[str, Any] = VerificationSchema().dump(answer)
    return document
