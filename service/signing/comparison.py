"""Comparing a bundle with one made again from the same facts: what is the same, and what exactly is not.

Signatures and seals are made anew each time and are left out; everything else must agree byte for byte.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.facts.canonical import digest
from service.signing.asic import LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH, archive_paths
from service.signing.manifest import MANIFEST_PATH

FACTS_PATH = "facts.json"
_APART = frozenset({MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH, MANIFEST_PATH, FACTS_PATH})
_PARTICULARS = {"kind": "kind of filing", "filing_date": "filing date", "signatory": "signatory"}
_DESCRIBED = ("name", "title", "role", "audience", "media_type", "profile")
_MOST_POINTERS = 20
_SHORT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs: the facts, a particular, the version of a component, or a file by its path."""

    part: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How many files were compared, and what differs; nothing, where the bundle was made from the same."""

    files: int
    differences: tuple[Difference, ...]


def compare_bundles(original: Mapping[str, bytes], again: Mapping[str, bytes]) -> Comparison:
    """Compare two containers for the same reader, path to content; both must be whole.

    No difference carries a fact: of facts that differ only the JSON Pointers are named, and those only where the
    container holds the facts.
    """
    there, here = json.loads(original[MANIFEST_PATH]), json.loads(again[MANIFEST_PATH])
    documents = [{document["file"]: document for document in manifest["documents"]} for manifest in (there, here)]
    others = [_others(files, described) for files, described in zip((original, again), documents, strict=True)]
    differences = (
        *_facts(there, here, original, again),
        *_particulars(there, here),
        *_versions(there.get("versions", {}), here["versions"]),
        *_compared(documents[0], documents[1], _document_difference),
        *_compared(others[0], others[1], _content_difference),
    )
    return Comparison(files=len(documents[0]) + len(others[0]), differences=differences)


def _others(files: Mapping[str, bytes], described: Mapping[str, Any]) -> dict[str, bytes]:
    apart = _APART.union(described, *archive_paths(files.keys()))
    return {path: content for path, content in files.items() if path not in apart}


def _facts(
    there: Mapping[str, Any], here: Mapping[str, Any], original: Mapping[str, bytes], again: Mapping[str, bytes]
) -> Iterator[Difference]:
    if there.get("facts_digest") == here["facts_digest"]:
        return
    words = f"SHA-256 {there.get('facts_digest')} in the bundle, {here['facts_digest']} here"
    if FACTS_PATH in original:
        pointers = list(_pointers(json.loads(original[FACTS_PATH]), json.loads(again[FACTS_PATH]), ""))
        more = f" and {len(pointers) - _MOST_POINTERS} more" if len(pointers) > _MOST_POINTERS else ""
        words += f"; they differ at {', '.join(pointers[:_MOST_POINTERS])}{more}"
    yield Difference(part="facts", what=words)


def _pointers(one: Any, other: Any, place: str) -> Iterator[str]:
    """JSON Pointers (RFC 6901) to the outermost members that are not the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            step = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
            if name in one and name in other:
                yield from _pointers(one[name], other[name], step)
            else:
                yield step
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _pointers(*pair, f"{place}/{number}")
    elif one != other:
        yield place


def _particulars(there: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[Difference]:
    for name, words in _PARTICULARS.items():
        if there.get(name) != here[name]:
            yield Difference(part=words, what="not the one in the bundle")


def _versions(there: Mapping[str, str], here: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted({*there, *here}):
        if there.get(name) != here.get(name):
            words = f"{_version(there.get(name))} in the bundle, {_version(here.get(name))} here"
            yield Difference(part=f"version of {name}", what=words)


def _version(stated: str | None) -> str:
    if stated is None:
        return "none"
    return stated if len(stated) <= _SHORT else f"{stated[:_SHORT]}…"


def _compared(
    there: Mapping[str, Any], here: Mapping[str, Any], difference: Callable[[Any, Any], str]
) -> Iterator[Difference]:
    for path in sorted({*there, *here}):
        if path not in here:
            yield Difference(part=path, what="in the bundle, but not made from these facts")
        elif path not in there:
            yield Difference(part=path, what="made from these facts, but not in the bundle")
        elif words := difference(there[path], here[path]):
            yield Difference(part=path, what=words)


def _document_difference(there: Mapping[str, Any], here: Mapping[str, Any]) -> str:
    """Words for the bytes before the seal, what explains them, and what the manifest says of them."""
    reasons = []
    if there.get("unsigned_sha256") != here["unsigned_sha256"]:
        reasons.append("other bytes before the seal")
    if there.get("template_digest") != here["template_digest"]:
        reasons.append("made from another version of its template")
    if there.get("pages") != here["pages"]:
        reasons.append(f"{there.get('pages')} pages in the bundle, {here['pages']} here")
    reasons += [f"another {name.replace('_', ' ')}" for name in _DESCRIBED if there.get(name) != here[name]]
    return "; ".join(reasons)


def _content_difference(there: bytes, here: bytes) -> str:
    return "" if digest(there) == digest(here) else "other bytes"
