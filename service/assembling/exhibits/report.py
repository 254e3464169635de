"""``reports/exhibits.json``: what an attorney should know of the exhibits before relying on them.

It names exhibits, claims and pages; it repeats nothing that an exhibit says.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from service.assembling.exhibits.claim_proof import Proof, prove
from service.assembling.packet_parts import Exhibit
from service.facts.canonical import digest
from service.facts.case import CaseFacts


def exhibit_report(facts: CaseFacts, exhibits: Sequence[Exhibit]) -> dict[str, Any]:
    """Pages without text, duplicates, where each claim is proved, and what proves nothing."""
    by_id = {exhibit.id: exhibit for exhibit in exhibits}
    proofs = [prove(claim, by_id) for claim in facts.claims]
    return {
        "exhibits": [_described(exhibit) for exhibit in exhibits],
        "duplicate_files": _duplicate_files(exhibits),
        "duplicate_pages": _duplicate_pages(exhibits),
        "claims": [asdict(proof) for proof in proofs],
        "unproved_claims": [proof.claim for proof in proofs if proof.proof is not Proof.FOUND],
        "unclaimed_exhibits": sorted(by_id.keys() - set(_relied_on(facts))),
    }


def pages_without_text(exhibit: Exhibit) -> list[int]:
    """Pages, from 1, that show something and cannot be searched or read aloud: scans and photographs."""
    return [number for number, page in enumerate(exhibit.readings, start=1) if not page.text and not page.blank]


def _described(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "id": exhibit.id,
        "label": exhibit.label,
        "pages": exhibit.pages,
        "in_packet": exhibit.shortfall is None,
        "shortfall": exhibit.shortfall,
        "made_from_picture": exhibit.sent_image is not None,
        "pages_without_text": pages_without_text(exhibit),
        "blank_pages": [number for number, page in enumerate(exhibit.readings, start=1) if page.blank],
    }


def _duplicate_files(exhibits: Sequence[Exhibit]) -> list[list[str]]:
    """Exhibits that are one and the same file, as it was sent."""
    alike: dict[str, list[str]] = defaultdict(list)
    for exhibit in exhibits:
        sent = exhibit.sent_image.content if exhibit.sent_image else exhibit.content
        alike[digest(sent)].append(exhibit.id)
    return [identities for identities in alike.values() if len(identities) > 1]


def _duplicate_pages(exhibits: Sequence[Exhibit]) -> list[list[dict[str, Any]]]:
    """Pages that say and show the same, in files that differ or within one; blank ones are no news."""
    alike: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for exhibit in exhibits:
        for number, page in enumerate(exhibit.readings, start=1):
            if not page.blank:
                alike[page.digest].append({"exhibit": exhibit.id, "page": number})
    return [pages for pages in alike.values() if len(pages) > 1]


def _relied_on(facts: CaseFacts) -> Iterator[str]:
    """Exhibits that a claim or an order names."""
    for claim in facts.claims:
        yield from claim.proof
    yield from (order.file_marked_copy for order in facts.orders if order.file_marked_copy)
