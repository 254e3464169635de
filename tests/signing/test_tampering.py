"""Nothing can be changed in, added to or taken from a bundle unnoticed."""

import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st

from service.assembling.packet_parts import Packet
from service.errors import BundleRefused
from service.signing.asic import LIST_PATH, SIGNATURE_PATH, build_container, lay_out
from service.signing.container_reading import BundleLimits
from service.signing.findings import CheckOutcome, Verdict
from service.signing.keys import SigningKey
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify

IssueKey = Callable[..., SigningKey]
MOTION = "public/01-motion-to-modify.pdf"


@pytest.fixture(scope="module")
def small(notice_packet: Packet, flat_enclosures: Enclosures, dev_key: SigningKey, at: datetime) -> bytes:
    return sign_bundle(notice_packet, flat_enclosures, dev_key, at).containers["employer"]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_byte_can_be_changed_anywhere(data: st.DataObject, small: bytes, dev_key: SigningKey) -> None:
    place = data.draw(st.integers(0, len(small) - 1))
    changed = bytearray(small)
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not relied_on(bytes(changed), dev_key)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_byte_of_signature_and_directory_can_be_changed(
    data: st.DataObject, small: bytes, dev_key: SigningKey
) -> None:
    """The frame of the container is small; here every change falls into it."""
    place = data.draw(st.integers(small.rindex(b"<?xml"), len(small) - 1))
    changed = bytearray(small)
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not relied_on(bytes(changed), dev_key)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_byte_can_be_slipped_in_or_taken_out(data: st.DataObject, small: bytes, dev_key: SigningKey) -> None:
    place = data.draw(st.integers(0, len(small)))
    extra = data.draw(st.binary(min_size=1, max_size=8))
    assert not relied_on(small[:place] + extra + small[place:], dev_key)
    assert not relied_on(small[:place] + small[place + len(extra) :], dev_key) or place == len(small)


def test_a_changed_file_is_named(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    found = verify(lay_out({**files, MOTION: files[MOTION] + b"\n"}), dev_key.roots)
    assert (found.verdict, found.sentence) == (Verdict.DO_NOT_RELY, "Do not rely on this bundle")
    assert found.explanation == f"{MOTION}: Changed after signing."
    assert [file.name for file in found.files if file.outcome is CheckOutcome.FAIL] == [MOTION]


def test_a_damaged_file_is_named(court: bytes, dev_key: SigningKey) -> None:
    with ZipFile(BytesIO(court)) as archive:
        place = archive.getinfo(MOTION).header_offset + 500
    found = verify(court[:place] + bytes([court[place] ^ 1]) + court[place + 1 :], dev_key.roots)
    assert [file.name for file in found.files if file.outcome is CheckOutcome.FAIL] == [MOTION]


def test_a_missing_file_is_named(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    del files["exhibits/01-exhibit-a.pdf"]
    found = verify(lay_out(files), dev_key.roots)
    assert found.explanation == "exhibits/01-exhibit-a.pdf: Missing: it is in the signed list, but not here."


@pytest.mark.parametrize("path", ["public/04-extra.pdf", "META-INF/extra.xml", "facts.json"])
def test_an_added_file_is_named(path: str, court: bytes, dev_key: SigningKey) -> None:
    found = verify(lay_out({**entries(court), path: b"slipped in"}), dev_key.roots)
    assert found.verdict is Verdict.DO_NOT_RELY
    assert found.explanation == f"{path}: Added: it is not in the signed list."


def test_two_files_cannot_change_places(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    swapped = {**files, MOTION: files["packet.pdf"], "packet.pdf": files[MOTION]}
    found = verify(lay_out(swapped), dev_key.roots)
    assert {file.name for file in found.files if file.outcome is CheckOutcome.FAIL} == {MOTION, "packet.pdf"}


def test_a_signature_does_not_fit_another_bundle(court: bytes, small: bytes, dev_key: SigningKey) -> None:
    signature = entries(small)[SIGNATURE_PATH]
    found = verify(lay_out({**entries(court), SIGNATURE_PATH: signature}), dev_key.roots)
    assert (found.verdict, found.signer) == (Verdict.DO_NOT_RELY, None)


@pytest.mark.parametrize("path", [LIST_PATH, SIGNATURE_PATH, "mimetype", "manifest.json"])
def test_no_part_of_the_frame_can_be_left_out(path: str, court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    del files[path]
    assert verify(lay_out(files), dev_key.roots).verdict is Verdict.DO_NOT_RELY


def test_data_around_the_container_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    with_comment = court[:-2] + struct.pack("<H", 4) + b"note"
    for changed in (court + b"\0", b"\0" + court, with_comment):
        assert not relied_on(changed, dev_key)


def test_a_second_file_of_the_same_name_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = zipped([*entries(court).items(), ("packet.pdf", b"another")])
    found = verify(doubled, dev_key.roots)
    assert "packet.pdf is there 2 times" in found.checks[0].detail


def test_another_order_or_folder_entry_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    files = list(entries(court).items())
    assert relied_on(lay_out(dict(reversed(files))), dev_key)
    assert not relied_on(zipped(list(reversed(files))), dev_key)
    assert not relied_on(zipped([*files, ("public/", b"")]), dev_key)


def test_a_zip_made_again_by_another_program_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    """Every file is right, but the container is no longer the one that was signed and handed out."""
    found = verify(zipped(list(entries(court).items())), dev_key.roots)
    assert not found.intact
    assert all(file.outcome is CheckOutcome.PASS for file in found.files)


def test_compressed_files_are_not_unpacked(court: bytes, dev_key: SigningKey) -> None:
    found = verify(zipped(list(entries(court).items()), ZIP_DEFLATED), dev_key.roots)
    assert not found.intact
    assert "compressed" in found.checks[0].detail


def test_a_local_header_that_contradicts_the_directory_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    place = court.index(b"packet.pdf") - 30 + 10
    assert not relied_on(court[:place] + b"\x01" + court[place + 1 :], dev_key)


def test_a_compressed_bomb_is_not_unpacked(dev_key: SigningKey) -> None:
    bomb = zipped([("mimetype", b"application/vnd.etsi.asic-e+zip"), (LIST_PATH, bytes(5_000_000))], ZIP_DEFLATED)
    assert verify(bomb, dev_key.roots).verdict is Verdict.DO_NOT_RELY


def test_a_bomb_of_overlapping_files_is_refused_unread(dev_key: SigningKey) -> None:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("packet.pdf", bytes(10_000))
        archive.filelist *= 50
    with pytest.raises(BundleRefused, match="says it holds more than it can"):
        verify(written.getvalue(), dev_key.roots)


def test_a_bundle_beyond_the_limits_is_refused(court: bytes, dev_key: SigningKey) -> None:
    with pytest.raises(BundleRefused, match="larger than"):
        verify(court, dev_key.roots, BundleLimits(largest_bytes=1000))
    with pytest.raises(BundleRefused, match="more than 3 files"):
        verify(court, dev_key.roots, BundleLimits(most_entries=3))


def test_documents_sealed_by_another_key_are_noticed(
    packet: Packet, enclosures: Enclosures, dev_key: SigningKey, issue_key: IssueKey, at: datetime
) -> None:
    """Whoever signs a bundle anew must have sealed its documents too."""
    theirs = entries(sign_bundle(packet, enclosures, issue_key(), at).containers["court"])
    found = verify(build_container(without_frame(theirs), dev_key, at), dev_key.roots)
    assert (found.intact, found.verdict) == (False, Verdict.DO_NOT_RELY)
    assert "sealed by somebody else" in found.explanation


def test_a_manifest_that_contradicts_the_files_is_noticed(court: bytes, dev_key: SigningKey, at: datetime) -> None:
    files = without_frame(entries(court))
    wrong = {
        "its digest": {**files, "packet.pdf": files["packet.pdf"] + b"\n"},
        "a file it does not know": {**files, "public/09-other.pdf": b"%PDF-"},
        "a file it describes": {path: content for path, content in files.items() if path != "packet.pdf"},
        "its own form": {**files, "manifest.json": b"[" * 100_000},
        "its version": {**files, "manifest.json": files["manifest.json"].replace(b'"version": 1', b'"version": 2')},
    }
    verdicts = {what: verify(build_container(one, dev_key, at), dev_key.roots).verdict for what, one in wrong.items()}
    assert verdicts == dict.fromkeys(wrong, Verdict.DO_NOT_RELY)


def test_a_list_with_entities_or_doubles_is_not_followed(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    start, end = (
        files[LIST_PATH].index(b"  <asic:DataObject"),
        files[LIST_PATH].index(b"</asic:DataObjectReference>\n") + 28,
    )
    lists = [
        files[LIST_PATH].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1),
        files[LIST_PATH][:end] + files[LIST_PATH][start:],
        files[LIST_PATH].replace(b"xmlenc#sha256", b"xmldsig#sha1", 1),
        files[LIST_PATH].replace(b"signature001", b"signature002", 1),
        b"no XML",
    ]
    details = [verify(lay_out({**files, LIST_PATH: one}), dev_key.roots).files[0].detail for one in lists]
    assert details == [
        "The list of files cannot be read: it is not an ASiC manifest.",
        "The list of files cannot be read: it names a file twice.",
        "The list of files cannot be read: it uses another digest than SHA-256.",
        "The list of files cannot be read: it belongs to another signature.",
        "The list of files cannot be read: it is not well-formed XML.",
    ]


def test_an_unsigned_attribute_or_a_second_signer_is_noticed(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    with_attribute, with_signer = (cms.ContentInfo.load(files[SIGNATURE_PATH]) for _ in range(2))
    attribute = cms.CMSAttribute({"type": "1.2.3.4", "values": []})
    with_attribute["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])
    infos = with_signer["content"]["signer_infos"]
    infos.append(infos[0].copy())
    for changed in (with_attribute, with_signer):
        assert not relied_on(lay_out({**files, SIGNATURE_PATH: changed.dump(force=True)}), dev_key)


def test_a_signature_cannot_be_dated_otherwise(court: bytes, dev_key: SigningKey) -> None:
    files = entries(court)
    earlier = files[SIGNATURE_PATH].replace(b"261123151400Z", b"261122151400Z")
    assert earlier != files[SIGNATURE_PATH]
    assert not relied_on(lay_out({**files, SIGNATURE_PATH: earlier}), dev_key)


def test_a_signature_cannot_name_a_certificate_it_was_not_made_with(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, dev_key: SigningKey, at: datetime
) -> None:
    impostor = replace(dev_key, private_key=issue_key().private_key)
    container = sign_bundle(notice_packet, enclosures, impostor, at).containers["employer"]
    assert verify(container, dev_key.roots).verdict is Verdict.DO_NOT_RELY


def relied_on(bundle: bytes, key: SigningKey) -> bool:
    """Whether anything about the bundle would let a reader rely on it; a refusal never does."""
    try:
        found = verify(bundle, key.roots)
    except BundleRefused:
        return False
    return found.intact and found.trusted


def entries(container: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(container)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def without_frame(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path not in {"mimetype", LIST_PATH, SIGNATURE_PATH}}


def zipped(files: list[tuple[str, bytes]], compression: int = 0) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", compression) as archive:
        for path, content in files:
            archive.writestr(path, content)
    return written.getvalue()
