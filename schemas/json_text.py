"""JSON text to one object, strictly: what two readers might read differently is refused."""

import json
from typing import Any

from service.errors import MalformedJson


def parse_json_object(content: bytes, what: str) -> dict[str, Any]:
    """Read one JSON object; a repeated member name is refused, for readers differ in which they keep (RFC 8259 § 4).

    Args:
        content: UTF-8 bytes.
        what: how the error names the text, such as ``The body``.

    Raises:
        MalformedJson: not UTF-8 JSON, a repeated name, NaN or Infinity, nested too deeply, or not an object.
    """
    try:
        document = json.loads(content.decode(), object_pairs_hook=_unrepeated, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        place = (
            f" It fails at line {error.lineno}, column {error.colno}."
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise MalformedJson(f"{what} must be one JSON object in UTF-8 without repeated names.{place}") from None
    if not isinstance(document, dict):
        raise MalformedJson(f"{what} must be one JSON object.")
    return document


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("repeated name")
    return members


def _no_constant(name: str) -> Any:
    raise ValueError(name)
