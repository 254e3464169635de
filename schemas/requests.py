"""What callers send besides case facts: the order to release a filing, the order to void one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from schemas.facts.complaints import faults_of, refusal
from schemas.facts.fields import FactField, FormedText, Text
from schemas.facts.schema import FactsSchema
from service.errors import FactsRefused


class Digest(FormedText):
    """A SHA-256 in lower-case hexadecimal."""

    form = "[0-9a-f]{64}"
    longest = 64
    code = "not_a_digest"
    message = "Send the digest exactly as the filing shows it: 64 hexadecimal digits."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOrder:
    """An attorney's order to release exactly the filing she saw, known by its digests; reasons by gate id."""

    facts_digest: str
    documents_digest: str
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidOrder:
    """Why a filing ends."""

    reason: str


class Reasons(FactField[dict[str, str]]):
    """An attorney's reasons by gate id; left out where no gate is lifted, but never null."""

    shape = {"type": "object", "additionalProperties": {"type": "string"}}  # noqa: RUF012  # a shape is only read

    def __init__(self, meaning: str) -> None:
        super().__init__(meaning, optional=True)
        self.allow_none = False

    def _read(self, value: object) -> dict[str, str]:
        if isinstance(value, dict) and all(isinstance(reason, str) for reason in value.values()):
            return value
        raise refusal("wrong_type", 'Send reasons by gate id: {"G07": "reason"}.')


class ReleaseOrderSchema(FactsSchema):
    """The body of ``POST /v1/filings/{id}/release``."""

    makes = ReleaseOrder
    facts_digest = Digest("The filing's facts_digest.")
    documents_digest = Digest("The filing's documents_digest.")
    overrides = Reasons("An attorney's reasons, by gate id.")


class VoidOrderSchema(FactsSchema):
    """The body of ``POST /v1/filings/{id}/void``."""

    makes = VoidOrder
    reason = Text("Why the filing ends.", longest=2000)


def load_release_order(document: Mapping[str, Any]) -> ReleaseOrder:
    """Read a release order.

    Raises:
        FactsRefused: a digest is missing or malformed, or a member is not known.
    """
    order: ReleaseOrder = _load(ReleaseOrderSchema(), document)
    return order


def load_void_order(document: Mapping[str, Any]) -> VoidOrder:
    """Read an order to void.

    Raises:
        FactsRefused: the reason is missing, or a member is not known.
    """
    order: VoidOrder = _load(VoidOrderSchema(), document)
    return order


def _load(schema: FactsSchema, document: Mapping[str, Any]) -> Any:
    try:
        return schema.makes(**schema.load(document))
    except ValidationError as error:
        faults = list(faults_of(error.messages))
        raise FactsRefused("The request does not validate; mend every place named.", faults) from None
