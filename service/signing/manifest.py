"""``manifest.json``: what a container holds, in words a court's clerk and a program can both read.

It names documents, never facts: titles are the only words in it that come from a case.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.facts.canonical import digest
from service.signing.asic import media_type
from service.signing.levels import SealStatement, lowest

MANIFEST_PATH = "manifest.json"
MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledFile:
    """One document as it lies in a container, and as it was before its seal.

    ``seal`` says how well its own seal holds, where it has one. ``pages`` and ``profile`` are ``None`` where they mean
    nothing (Word) or were not ours to make (an exhibit's profile); ``template_digest`` for what no template made.
    ``note`` says what a clerk should know of this file.
    """

    path: str
    name: str
    title: str
    role: str
    audience: str
    content: bytes
    unsigned: bytes
    seal: SealStatement | None = None
    pages: int | None = None
    profile: str | None = None
    template_digest: str | None = None
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The file's entry in ``documents``."""
        return {
            "file": self.path,
            "name": self.name,
            "title": self.title,
            "role": self.role,
            "audience": self.audience,
            "media_type": media_type(self.path),
            "sha256": digest(self.content),
            "unsigned_sha256": digest(self.unsigned),
            "sealed": self.seal is not None,
            "seal": self.seal.as_json() if self.seal else None,
            "pages": self.pages,
            "profile": self.profile,
            "template_digest": self.template_digest,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a manifest says of the filing as a whole; ``versions`` are those of the rules, fonts and engines.

    ``overrides`` are the SHA-256 of an attorney's reasons by what they lift; the reasons stay in the record.
    """

    kind: str
    filing_date: date
    facts_digest: str
    signatory_name: str
    signatory_bar_number: str
    versions: Mapping[str, str]
    overrides: Mapping[str, str]


def manifest_for(container: str, files: Sequence[BundledFile], particulars: Particulars) -> dict[str, Any]:
    """The manifest of one container (``court``, ``employer`` or ``record``), its documents in filing order."""
    return {
        "version": MANIFEST_VERSION,
        "container": container,
        "kind": particulars.kind,
        "filing_date": particulars.filing_date.isoformat(),
        "signatory": {"name": particulars.signatory_name, "bar_number": particulars.signatory_bar_number},
        "facts_digest": particulars.facts_digest,
        "versions": dict(particulars.versions),
        "overrides": dict(particulars.overrides),
        "seal": _weakest_seal(files),
        "documents": [file.as_json() for file in files],
    }


def _weakest_seal(files: Sequence[BundledFile]) -> dict[str, Any] | None:
    """What all sealed documents bear out; ``None`` where the container's own signature stands alone."""
    weakest = lowest(file.seal for file in files if file.seal)
    return weakest.as_json() if weakest else None


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys, indented: the same manifest always has the same bytes."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
