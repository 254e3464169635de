"""JSON Schemas (2020-12) of what the service takes and answers, made from the marshmallow schemas that do the work."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin, resolver
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from schemas.facts.case import CaseFactsSchema
from schemas.facts.schema import FactsSchema
from schemas.requests import ReleaseOrderSchema, VoidOrderSchema
from schemas.results.determinations import DeterminationSchema
from schemas.results.filings import FilingListSchema, FilingSchema, PreviewSchema, ReceiptSchema
from schemas.results.problems import ProblemSchema
from schemas.results.verifications import VerificationSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_COMPONENTS = "#/components/schemas/"

_SCHEMAS: Mapping[str, type[Schema]] = MappingProxyType(
    {
        "case-facts": CaseFactsSchema,
        "release-order": ReleaseOrderSchema,
        "void-order": VoidOrderSchema,
        "determination": DeterminationSchema,
        "filing": FilingSchema,
        "filing-list": FilingListSchema,
        "preview": PreviewSchema,
        "receipt": ReceiptSchema,
        "verification": VerificationSchema,
        "problem": ProblemSchema,
    }
)
SCHEMA_NAMES = frozenset(_SCHEMAS)


class _ShapeConverter(OpenAPIConverter):
    """Adds what apispec cannot know: the shapes of our own fields, closed objects, and each schema's docstring."""

    def init_attribute_functions(self) -> None:
        """Shapes come last, for they say everything about their fields."""
        super().init_attribute_functions()  # type: ignore[no-untyped-call]  # apispec leaves it untyped
        self.attribute_functions.append(_shape)

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Case facts and orders refuse unknown members; answers are open to later ones."""
        described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]  # as above
        described["description"] = (type(schema).__doc__ or "").split("\n")[0]
        if isinstance(schema, FactsSchema):
            described["additionalProperties"] = False
        return described


class _ShapePlugin(MarshmallowPlugin):
    Converter = _ShapeConverter


def _shape(field: fields.Field[Any], **_rest: Any) -> dict[str, Any]:
    """A field's own ``shape``, with null beside it where null may be sent."""
    shape = dict(getattr(field, "shape", {}))
    if field.allow_none and "type" in shape:
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    return shape


def new_specification(title: str, version: str, **members: Any) -> APISpec:
    """An empty OpenAPI 3.1 document into which our schemas can be put, each named for its class."""
    return APISpec(title, version, "3.1.0", plugins=[_ShapePlugin()], **members)


@cache
def _component_schemas(name: str) -> dict[str, Any]:
    specification = new_specification(name, "1")
    specification.components.schema(resolver(_SCHEMAS[name]), schema=_SCHEMAS[name])
    components: dict[str, Any] = specification.to_dict()["components"]["schemas"]
    return components


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, complete in itself.

    Raises:
        KeyError: ``name`` is not one of :data:`SCHEMA_NAMES`.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:ocse-filings:schema:{name}:1",
        "$ref": f"#/$defs/{resolver(_SCHEMAS[name])}",
        "$defs": _relocated(_component_schemas(name)),
    }


def _relocated(node: Any) -> Any:
    """The same with every reference into OpenAPI components turned into one into ``$defs``."""
    if isinstance(node, dict):
        return {key: _relocated(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_relocated(entry) for entry in node]
    return node.replace(_COMPONENTS, "#/$defs/") if isinstance(node, str) else node
