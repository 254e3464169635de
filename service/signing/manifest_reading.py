"""Reading ``manifest.json`` and holding it against the files beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.signing.manifest import MANIFEST_PATH, MANIFEST_VERSION

_LARGEST = 2 * 1024 * 1024
_DESCRIBED = (".pdf", ".docx", ".png", ".jpg")


@dataclass(frozen=True, slots=True)
class ManifestFault:
    """What does not agree: a file by its path, or the manifest, and why in words."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestReading:
    """Faults, the paths that claim a seal, and what is said of the filing as a whole."""

    faults: tuple[ManifestFault, ...]
    sealed: tuple[str, ...] = ()
    claims: Mapping[str, str]


def read_manifest(content: bytes, digests: Mapping[str, bytes]) -> ManifestReading:
    """Compare a manifest with the raw SHA-256 of every payload file, by path."""
    if len(content) > _LARGEST:
        return _unread("is larger than any manifest")
    try:
        manifest = json.loads(content)
        documents = {str(document["file"]): document for document in manifest["documents"]}
        claims = _claims(manifest)
        version = manifest["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return _unread("is missing or cannot be read")
    if version != MANIFEST_VERSION:
        return _unread(f"is not of version {MANIFEST_VERSION}")
    faults = [*_contradicted(documents, digests), *_undescribed(documents, digests)]
    if len(documents) != len(manifest["documents"]):
        faults.append(ManifestFault(MANIFEST_PATH, "describes a file twice"))
    sealed = tuple(path for path, document in documents.items() if document.get("sealed") is True)
    return ManifestReading(faults=tuple(faults), sealed=sealed, claims=claims)


def _unread(reason: str) -> ManifestReading:
    return ManifestReading(faults=(ManifestFault(MANIFEST_PATH, reason),), claims={})


def _contradicted(documents: Mapping[str, Any], digests: Mapping[str, bytes]) -> list[ManifestFault]:
    return [
        ManifestFault(path, f"is not the file that {MANIFEST_PATH} describes")
        for path, document in documents.items()
        if path not in digests or document.get("sha256") != digests[path].hex()
    ]


def _undescribed(documents: Mapping[str, Any], digests: Mapping[str, bytes]) -> list[ManifestFault]:
    return [
        ManifestFault(path, f"is not described in {MANIFEST_PATH}")
        for path in digests
        if path.endswith(_DESCRIBED) and path not in documents
    ]


def _claims(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {
        "container": str(manifest["container"]),
        "kind": str(manifest["kind"]),
        "filing_date": str(manifest["filing_date"]),
        "signatory_name": str(manifest["signatory"]["name"]),
        "signatory_bar_number": str(manifest["signatory"]["bar_number"]),
    }
