"""What can go wrong, in words that say what to do next.

Every refusal is a :class:`FilingError`: a stable code, whom it concerns, and all faults at once, each with its place.
Messages never carry the value of a fact about a person.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar


class Audience(StrEnum):
    """Who can mend the fault."""

    CALLER = "caller"
    TEMPLATE_AUTHOR = "template_author"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault and its place: a JSON Pointer into the facts, or a part and paragraph of a Word document."""

    code: str
    message: str
    pointer: str | None = None
    part: str | None = None
    paragraph: int | None = None
    snippet: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The members that are known, for an ``errors`` array (RFC 9457 extension)."""
        return {name: member for name, member in asdict(self).items() if member is not None}


class FilingError(Exception):
    """Root of every error that is answered in words."""

    code: ClassVar[str] = "internal"
    audience: ClassVar[Audience] = Audience.CALLER
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross from the rendering processes to the service unharmed."""
        return (type(self), (self.message, self.faults))


class MalformedJson(FilingError):
    """The body is not JSON."""

    code = "malformed_json"


class BodyRefused(FilingError):
    """The body cannot be taken apart as its headers say it can."""

    code = "malformed_body"


class MediaTypeRefused(FilingError):
    """The body is of a kind that this call does not take, or does not say of which it is; the message says what is."""

    code = "unsupported_media_type"


class FactsRefused(FilingError):
    """The facts do not validate; every fault carries its JSON Pointer."""

    code = "facts_invalid"


class KindNotDrafted(FilingError):
    """The law allows this kind, but no documents of it can be drawn yet."""

    code = "kind_not_drafted"


class GatesNotCleared(FilingError):
    """Gates hold or block this filing and no override lifts them; one fault per gate, coded with the gate's id."""

    code = "gates_not_cleared"


class OverrideRefused(FilingError):
    """An override names a gate that does not stand in the way, may not be lifted, or gives no reason."""

    code = "override_refused"


class ExhibitRefused(FilingError):
    """An exhibit is missing, unreadable, encrypted, active or too large; each fault points at its entry."""

    code = "exhibit_refused"


class TemplateRefused(FilingError):
    """A Word template cannot be compiled or rendered."""

    code = "template_refused"
    audience = Audience.TEMPLATE_AUTHOR


class DocumentRefused(FilingError):
    """A Word document holds something the typesetter would have to drop; each fault says where and what."""

    code = "document_unsupported"
    audience = Audience.TEMPLATE_AUTHOR


class ParityFailed(FilingError):
    """The PDF does not say exactly what the Word document says, so neither is returned."""

    code = "parity_failed"
    audience = Audience.OPERATOR


class ClauseMissing(FilingError):
    """A document lacks a clause that the law asks of it, or says what it may not; one fault a clause, by its id."""

    code = "clause_missing"
    audience = Audience.TEMPLATE_AUTHOR


class IdentifierFound(FilingError):
    """A paper would show an identifier to readers who may not see it; faults name paper and kind, never the value."""

    code = "identifier_found"
    audience = Audience.OPERATOR


class PacketFailed(FilingError):
    """The merged packet does not hold every page of its parts, so it is not returned."""

    code = "packet_failed"
    audience = Audience.OPERATOR


class BundleRefused(FilingError):
    """The bytes are not a bundle that can be examined."""

    code = "bundle_unreadable"


class KeyRefused(FilingError):
    """The signing key or its certificate cannot be used."""

    code = "signing_key_refused"
    audience = Audience.OPERATOR


class KeyUnavailable(FilingError):
    """The device or service that keeps the signing key did not sign."""

    code = "signing_key_unavailable"
    audience = Audience.OPERATOR
    retryable = True


class SignatoryMismatch(FilingError):
    """The facts name another attorney than the credential is bound to."""

    code = "signatory_mismatch"


class NotAuthenticated(FilingError):
    """No credential, or one that is not known."""

    code = "not_authenticated"


class ScopeMissing(FilingError):
    """The credential lacks the scope this call needs."""

    code = "scope_missing"


class NotFound(FilingError):
    """Nothing of this name is visible to the caller."""

    code = "not_found"


class Conflict(FilingError):
    """The call does not fit the present state: stale digests, a used idempotency key, a filing already ended."""

    code = "conflict"


class QueueFull(FilingError):
    """All rendering places are taken; try again after a moment."""

    code = "queue_full"
    retryable = True


class DeadlinePassed(FilingError):
    """A filing needs more time than one may take; sending it again would not help."""

    code = "deadline_passed"


class EngineFailed(FilingError):
    """A rendering process died or overran its deadline."""

    code = "engine_failed"
    audience = Audience.OPERATOR
    retryable = True


class StorageFailed(FilingError):
    """What was stored cannot be read or written: another key, altered bytes, a full or failing disk."""

    code = "storage_failed"
    audience = Audience.OPERATOR


class CredentialRefused(FilingError):
    """An API key cannot be issued as asked; every fault at once."""

    code = "credential_refused"


class InProgress(Conflict):
    """The first call with this idempotency key has not been answered yet; ask again after a moment."""

    code = "in_progress"
    retryable = True
