"""Reading ``manifest.json`` and holding it against the files beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.signing.manifest import MANIFEST_VERSION

_LARGEST = 2 * 1024 * 1024
_DESCRIBED = (".pdf", ".docx", ".png", ".jpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestReading:
    """Faults in words, the paths that claim a seal, and what is said of the filing as a whole."""

    faults: tuple[str, ...]
    sealed: tuple[str, ...] = ()
    claims: Mapping[str, str]


def read_manifest(content: bytes, digests: Mapping[str, bytes]) -> ManifestReading:
    """Compare a manifest with the raw SHA-256 of every payload file, by path."""
    if len(content) > _LARGEST:
        return ManifestReading(faults=("manifest.json is larger than any manifest",), claims={})
    try:
        manifest = json.loads(content)
        documents = {str(document["file"]): document for document in manifest["documents"]}
        claims = _claims(manifest)
        version = manifest["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ManifestReading(faults=("manifest.json is missing or cannot be read",), claims={})
    if version != MANIFEST_VERSION:
        return ManifestReading(faults=(f"manifest.json is not of version {MANIFEST_VERSION}",), claims={})
    faults = [*_contradicted(documents, digests), *_undescribed(documents, digests)]
    if len(documents) != len(manifest["documents"]):
        faults.append("manifest.json describes a file twice")
    sealed = tuple(path for path, document in documents.items() if document.get("sealed") is True)
    return ManifestReading(faults=tuple(faults), sealed=sealed, claims=claims)


def _contradicted(documents: Mapping[str, Any], digests: Mapping[str, bytes]) -> list[str]:
    return [
        f"{path} is not the file that manifest.json describes"
        for path, document in documents.items()
        if path not in digests or document.get("sha256") != digests[path].hex()
    ]


def _undescribed(documents: Mapping[str, Any], digests: Mapping[str, bytes]) -> list[str]:
    return [
        f"{path} is not described in manifest.json"
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
