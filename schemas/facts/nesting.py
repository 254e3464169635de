"""Objects within objects, and lists."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from schemas.facts.complaints import Complaint, refusal
from schemas.facts.fields import ABSENCE_MESSAGES


class Group(fields.Nested):
    """An object with members of its own."""

    default_error_messages = ABSENCE_MESSAGES

    def __init__(
        self, schema: type[Schema], meaning: str = "", *, optional: bool = False, nullable: bool = False
    ) -> None:
        described = {"description": meaning} if meaning else {}
        super().__init__(schema, required=not optional, allow_none=nullable or optional, metadata=described)


class Listing(fields.List[Any]):
    """A JSON array of ``at_least`` to ``at_most`` like values, which never is null.

    Where an entry is refused, ``None`` or its readable part keeps its place, so that list indexes stay true.
    """

    default_error_messages = ABSENCE_MESSAGES

    def __init__(
        self, entry: fields.Field[Any], meaning: str = "", *, at_most: int, at_least: int = 0, distinct: bool = False
    ) -> None:
        super().__init__(entry, required=True, metadata={"description": meaning} if meaning else {})
        self.at_least = at_least
        self.at_most = at_most
        self.distinct = distinct

    @property
    def shape(self) -> dict[str, Any]:
        """The JSON Schema members beside ``type`` and ``items``."""
        shape: dict[str, Any] = {"maxItems": self.at_most}
        if self.at_least:
            shape["minItems"] = self.at_least
        if self.distinct:
            shape["uniqueItems"] = True
        return shape

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        del attr, data, kwargs
        if not isinstance(value, list):
            raise refusal("wrong_type", "Send a list, in square brackets.")
        if len(value) < self.at_least:
            raise refusal("too_few", f"Send at least {self.at_least}.")
        if len(value) > self.at_most:
            raise refusal("too_many", f"Send at most {self.at_most}.")
        return self._read_entries(value)

    def _read_entries(self, raw_entries: list[Any]) -> list[Any]:
        entries: list[Any] = []
        complaints: dict[int, Any] = {}
        for index, raw in enumerate(raw_entries):
            try:
                entry = self.inner.deserialize(raw)
            except ValidationError as error:
                entries.append(error.valid_data or None)
                complaints[index] = error.messages
            else:
                if self.distinct and entry in entries:
                    complaints[index] = [Complaint("duplicate", "This value stands in the list already; send it once.")]
                entries.append(entry)
        if complaints:
            raise ValidationError(complaints, valid_data=entries)
        return entries
