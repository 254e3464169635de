"""The receipt: what was released, by whom, on what grounds, and how to check it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.facts.canonical import digest
from service.facts.case import Signatory
from service.law.confirmations import Confirmations
from service.law.outcomes import KindDetermination, Outcome
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey
from service.signing.levels import SealStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything a caller keeps after a release; dates are in the filing's own terms, the instant is UTC."""

    filing_id: str
    kind: str
    filing_date: date
    released_at: datetime
    signatory: Signatory
    facts_digest: str
    documents: Sequence[Mapping[str, Any]]
    overrides: Mapping[str, str]
    confirmed: Confirmations
    filing: KindDetermination
    bundle_digests: Mapping[str, str]
    seal: SealStatement
    container_seals: Mapping[str, SealStatement]
    certificate_fingerprint: str
    test_only: bool

    def as_json(self) -> dict[str, Any]:
        """The receipt as the API answers it."""
        return {
            "filing_id": self.filing_id,
            "kind": self.kind,
            "filing_date": self.filing_date.isoformat(),
            "released_at": self.released_at.isoformat(),
            "signatory": {"name": self.signatory.name, "bar_number": self.signatory.bar_number},
            "facts_digest": self.facts_digest,
            "documents": [dict(document) for document in self.documents],
            "overrides": dict(self.overrides),
            "confirmed_authorities": self.confirmed.as_json()["confirmed"],
            "warnings": self._warnings(),
            "deadlines": [
                {
                    "what": deadline.what,
                    "due": deadline.due.isoformat() if deadline.due else None,
                    "rule": deadline.rule,
                    "conditional_on": deadline.conditional_on,
                }
                for deadline in self.filing.deadlines
            ],
            "bundles": dict(self.bundle_digests),
            "seal": {
                **self.seal.as_json(),
                "containers": {audience: seal.as_json() for audience, seal in self.container_seals.items()},
                "certificate_fingerprint": self.certificate_fingerprint,
                "trust": "TEST ONLY – UNTRUSTED: no court can rely on this" if self.test_only else "configured key",
            },
        }

    def _warnings(self) -> list[dict[str, str]]:
        gates = [(gate.id, gate.outcome, gate.statement) for gate in self.filing.gates]
        advised = [(item.code, item.outcome, item.statement) for item in self.filing.advisories]
        return [
            {"code": code, "outcome": outcome.value, "statement": statement}
            for code, outcome, statement in (*gates, *advised)
            if outcome is not Outcome.ALLOW
        ]


def receipt_for(
    bundle: SignedBundle,
    *,
    filing_id: str,
    filing: KindDetermination,
    filing_date: date,
    signatory: Signatory,
    facts_digest: str,
    overrides: Mapping[str, str],
    confirmed: Confirmations,
    key: SigningKey,
    at: datetime,
) -> Receipt:
    """Write the receipt of a signed bundle; the digests are those of the containers as handed out."""
    return Receipt(
        filing_id=filing_id,
        kind=filing.kind.value,
        filing_date=filing_date,
        released_at=at,
        signatory=signatory,
        facts_digest=facts_digest,
        documents=bundle.manifest["documents"],
        overrides=overrides,
        confirmed=confirmed,
        filing=filing,
        bundle_digests={audience: digest(container) for audience, container in bundle.containers.items()},
        seal=bundle.seal,
        container_seals=bundle.container_seals,
        certificate_fingerprint=key.fingerprint,
        test_only=key.test_only,
    )
