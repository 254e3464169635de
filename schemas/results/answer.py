"""What every answer has in common."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from marshmallow import EXCLUDE, Schema, fields


class AnswerSchema(Schema):
    """One JSON object of an answer. Callers meet new members without harm: later versions add, they never rename."""

    class Meta:
        """An answer is open to members that a later version adds."""

        unknown = EXCLUDE


def word(vocabulary: type[StrEnum], meaning: str = "") -> fields.Enum[StrEnum]:
    """A word of a closed vocabulary."""
    return fields.Enum(vocabulary, by_value=fields.String(), required=True, metadata=described(meaning))


def group(schema: type[Schema] | Callable[[], Schema], meaning: str = "", *, nullable: bool = False) -> fields.Nested:
    """An object within the answer."""
    return fields.Nested(schema, required=True, allow_none=nullable, metadata=described(meaning))


def listing(schema: type[Schema], meaning: str = "") -> fields.List[Any]:
    """A list of objects."""
    return fields.List(fields.Nested(schema), required=True, metadata=described(meaning))


def texts(meaning: str = "") -> fields.List[Any]:
    """Lines that belong together, in the order in which they are to be read."""
    return fields.List(fields.String(), required=True, metadata=described(meaning))


def text(meaning: str = "", *, nullable: bool = False, attribute: str | None = None) -> fields.String:
    """Unicode for people or for comparing; ``attribute`` is where its object holds it under another name."""
    return fields.String(required=True, allow_none=nullable, attribute=attribute, metadata=described(meaning))


def count(meaning: str = "") -> fields.Integer:
    """A whole number from 0."""
    return fields.Integer(required=True, strict=True, metadata={"minimum": 0, **described(meaning)})


def flag(meaning: str = "", *, attribute: str | None = None) -> fields.Boolean:
    """True or false and never unknown; ``attribute`` is where its object holds it under another name."""
    return fields.Boolean(required=True, attribute=attribute, metadata=described(meaning))


def day(meaning: str = "", *, nullable: bool = False) -> fields.Date:
    """A calendar day, ``YYYY-MM-DD``."""
    return fields.Date(required=True, allow_none=nullable, metadata=described(meaning))


def instant(meaning: str = "", *, nullable: bool = False) -> fields.DateTime:
    """An instant with its offset from UTC (RFC 3339)."""
    return fields.DateTime(required=True, allow_none=nullable, metadata=described(meaning))


def sha256_hex(meaning: str = "", *, nullable: bool = False) -> fields.String:
    """A SHA-256 in lower-case hexadecimal."""
    return fields.String(
        required=True, allow_none=nullable, metadata={"pattern": "^[0-9a-f]{64}$", **described(meaning)}
    )


def described(meaning: str) -> dict[str, Any]:
    """A field's description, if it needs one."""
    return {"description": meaning} if meaning else {}
