"""What every object in case facts has in common: no unknown member, and a frozen type that it becomes."""

import difflib
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, ValidationError, validates_schema

from schemas.facts.complaints import Complaint
from schemas.facts.nesting import Group, Listing

_NO_OBJECT: dict[str, Any] = {"type": Complaint("wrong_type", "Send an object, in curly brackets.")}
_PRESENTABLE_NAME = re.compile("[A-Za-z][A-Za-z0-9_]{0,40}")


class FactsSchema(Schema):
    """Reads one JSON object into plain typed values; ``makes`` is the frozen dataclass they fill."""

    makes: ClassVar[type[Any]]
    error_messages = _NO_OBJECT

    class Meta:
        """Unknown members are refused below, with the nearest known name, which marshmallow cannot give."""

        unknown = EXCLUDE

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_members(self, values: Any, original: Any, **kwargs: Any) -> None:
        """Refuse every member the schema does not know."""
        del values, kwargs
        if isinstance(original, Mapping):
            unknown = [self._unknown(name) for name in original if name not in self.fields]
            if unknown:
                raise ValidationError(unknown)

    def _unknown(self, name: str) -> Complaint:
        nearest = difflib.get_close_matches(name, self.fields, n=1, cutoff=0) or sorted(self.fields)[:1]
        shown = f' "{name}"' if _PRESENTABLE_NAME.fullmatch(name) else ""
        message = f'There is no field{shown} here; the nearest is "{nearest[0]}". Rename it or leave it out.'
        return Complaint("unknown_field", message, member=name)


def build(schema: Any, values: Mapping[str, Any]) -> Any:
    """The frozen value of complete, faultless ``values``; what was not sent takes the dataclass's default."""
    return schema.makes(**{name: _built(schema.fields[name], value) for name, value in values.items()})


def _built(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, Group):
        return build(field.schema, value)
    if isinstance(field, Listing):
        return tuple(_built(field.inner, entry) for entry in value)
    return value
