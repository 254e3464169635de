"""What goes to whom."""

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from service.assembling.packet_parts import Packet, PacketVolume, SentImage
from service.facts.canonical import digest
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey
from service.signing.sealing import Enclosures, sign_bundle

COURT_FILES = {
    "manifest.json",
    "public/01-motion-to-modify.pdf",
    "public/02-proposed-order.pdf",
    "public/02-proposed-order.docx",
    "sealed/03-confidential.pdf",
    "exhibits/01-exhibit-a.pdf",
    "packet.pdf",
}
OWN_CLOCK_SEAL = {
    "level": "B-B",
    "time": "no trusted time: the instant is this service's own clock",
    "shortfall": None,
}


def test_the_court_receives_documents_and_exhibits_but_no_facts(bundle: SignedBundle) -> None:
    assert payload(bundle.containers["court"]).keys() == COURT_FILES


def test_the_record_keeps_everything_and_every_word_file(bundle: SignedBundle) -> None:
    assert payload(bundle.containers["record"]).keys() == COURT_FILES | {
        "facts.json",
        "drafts/01-motion-to-modify.docx",
        "drafts/02-proposed-order.docx",
        "drafts/03-confidential.docx",
        "reports/determination.json",
        "reports/calculation.json",
        "reports/deadlines.ics",
        "overrides.json",
    }


def test_the_record_holds_the_very_files_that_the_court_received(bundle: SignedBundle) -> None:
    court, record = payload(bundle.containers["court"]), payload(bundle.containers["record"])
    assert all(record[path] == content for path, content in court.items() if path != "manifest.json")


def test_no_name_from_the_facts_reaches_the_court(bundle: SignedBundle) -> None:
    assert b"Wren Exampleton" in bundle.containers["record"]
    assert b"Wren Exampleton" not in bundle.containers["court"]


def test_a_notice_goes_to_the_employer_and_to_no_court(
    notice_packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    containers = sign_bundle(notice_packet, enclosures, dev_key, at).containers
    assert containers.keys() == {"employer", "record"}
    assert payload(containers["employer"]).keys() == {"manifest.json", "notice-part-a.pdf", "cover-letter.pdf"}
    assert "notice-part-a.pdf" in payload(containers["record"])


def test_filing_documents_are_sealed_and_proposed_orders_are_not(bundle: SignedBundle) -> None:
    files = payload(bundle.containers["court"])
    assert {path for path, content in files.items() if b"/ETSI.CAdES.detached" in content} == {
        "public/01-motion-to-modify.pdf",
        "sealed/03-confidential.pdf",
        "packet.pdf",
    }


def test_an_exhibit_stays_what_it_was(bundle: SignedBundle, packet: Packet) -> None:
    assert payload(bundle.containers["court"])["exhibits/01-exhibit-a.pdf"] == packet.exhibits[0].content


def test_a_court_that_wants_flat_files_gets_no_seal_inside_them(
    packet: Packet, flat_enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    court = sign_bundle(packet, flat_enclosures, dev_key, at).containers["court"]
    assert b"/ETSI.CAdES.detached" not in court
    assert not any(document["sealed"] for document in manifest(court)["documents"])


def test_the_manifest_gives_both_digests_of_every_document(bundle: SignedBundle, packet: Packet) -> None:
    files = payload(bundle.containers["court"])
    documents = {document["file"]: document for document in manifest(bundle.containers["court"])["documents"]}
    assert documents.keys() == {path for path in files if path.endswith((".pdf", ".docx"))}
    assert all(document["sha256"] == digest(files[path]) for path, document in documents.items())
    assert documents["public/01-motion-to-modify.pdf"] == {
        "file": "public/01-motion-to-modify.pdf",
        "name": "motion-to-modify",
        "title": "Motion To Modify",
        "role": "pleading",
        "audience": "public",
        "media_type": "application/pdf",
        "sha256": digest(files["public/01-motion-to-modify.pdf"]),
        "unsigned_sha256": digest(packet.documents[0].document.pdf),
        "sealed": True,
        "seal": OWN_CLOCK_SEAL,
        "pages": 2,
        "profile": "PDF/A-2a, PDF/UA-1",
        "template_digest": "0" * 64,
        "note": None,
    }


def test_the_manifest_names_filing_signatory_and_versions(bundle: SignedBundle, enclosures: Enclosures) -> None:
    found = manifest(bundle.containers["court"])
    del found["documents"]
    assert found == {
        "version": 1,
        "container": "court",
        "kind": "modification",
        "filing_date": "2026-11-23",
        "facts_digest": enclosures.facts_digest,
        "signatory": {"name": "Renata Exampleton", "bar_number": "2003301"},
        "versions": {"rules": "2026-11", "typst": "0.15.2"},
        "overrides": {},
        "seal": OWN_CLOCK_SEAL,
    }


def test_the_manifest_handed_out_is_the_records(bundle: SignedBundle) -> None:
    assert bundle.manifest == manifest(bundle.containers["record"])


def test_two_runs_agree_in_everything_that_carries_no_signature(
    bundle: SignedBundle, packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    again = sign_bundle(packet, enclosures, dev_key, at)
    first, second = payload(bundle.containers["record"]), payload(again.containers["record"])
    sealed = {document["file"] for document in bundle.manifest["documents"] if document["sealed"]}
    assert {path for path in first if first[path] != second[path]} == sealed | {"manifest.json"}
    unsigned = [[one["unsigned_sha256"] for one in run.manifest["documents"]] for run in (bundle, again)]
    assert unsigned[0] == unsigned[1]


def test_an_exhibit_filed_apart_is_noted_in_the_manifest(
    packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    apart = replace(packet, exhibits=(replace(packet.exhibits[0], shortfall="is not tagged"),))
    documents = sign_bundle(apart, replace(enclosures, flat=True), dev_key, at).manifest["documents"]
    notes = {document["file"]: document["note"] for document in documents if document["note"]}
    assert notes == {"exhibits/01-exhibit-a.pdf": "Not in the packet, because it is not tagged; a sheet there says so."}


def test_a_picture_goes_to_the_record_as_it_was_sent_and_to_the_court_as_a_page(
    packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    pictured = replace(packet.exhibits[0], sent_image=SentImage(content=b"\xff\xd8\xff", ending="jpg"))
    bundle = sign_bundle(replace(packet, exhibits=(pictured,)), replace(enclosures, flat=True), dev_key, at)
    assert payload(bundle.containers["record"])["originals/01-exhibit-a.jpg"] == b"\xff\xd8\xff"
    assert not [path for path in payload(bundle.containers["court"]) if path.endswith("jpg")]


def test_a_divided_packet_is_filed_in_its_parts(
    packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    volumes = tuple(
        PacketVolume(file_name=f"packet-{number}", pdf=packet.pdf, pages=2, profile=packet.profile) for number in (1, 2)
    )
    court = payload(sign_bundle(replace(packet, volumes=volumes), enclosures, dev_key, at).containers["court"])
    assert {path for path in court if path.startswith("packet")} == {"packet-1.pdf", "packet-2.pdf"}


def test_two_documents_of_one_name_are_refused_and_none_is_lost(
    notice_packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    twice = replace(notice_packet, documents=(notice_packet.documents[0], notice_packet.documents[0]))
    with pytest.raises(ValueError, match="share a path"):
        sign_bundle(twice, enclosures, dev_key, at)


def test_facts_that_are_not_those_of_the_digest_are_refused(
    packet: Packet, enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    with pytest.raises(ValueError, match="not those the digest names"):
        sign_bundle(packet, replace(enclosures, facts=b"{}"), dev_key, at)


def test_a_time_without_a_zone_is_refused(packet: Packet, enclosures: Enclosures, dev_key: SigningKey) -> None:
    with pytest.raises(ValueError, match="zone"):
        sign_bundle(packet, enclosures, dev_key, datetime(2026, 11, 23, 9, 14))  # noqa: DTZ001  # the fault itself


def payload(container: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(container)) as archive:
        paths = [path for path in archive.namelist() if path != "mimetype" and not path.startswith("META-INF/")]
        return {path: archive.read(path) for path in paths}


def manifest(container: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(payload(container)["manifest.json"])
    return found
