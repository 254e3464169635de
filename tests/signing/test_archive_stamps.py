"""Bundles that are stamped again while they grow old: each stamp vouches for those before it, and nothing changes."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from service.assembling.packet_parts import Packet
from service.signing.archive_stamps import stamped_again
from service.signing.asic import LAST_ARCHIVE_LIST_PATH, LIST_PATH, SIGNATURE_PATH, build_container, lay_out
from service.signing.findings import CheckOutcome, Verdict, Verification
from service.signing.keys import SigningKey
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify
from service.signing.verify_bundle import check
from tests.hostile_bundles import opened
from tests.time_authority import Authority, make_authority, stamper

YEAR = timedelta(days=365)
FIRST, SECOND, THIRD = ("META-INF/timestamp001.tst", "META-INF/timestamp002.tst", "META-INF/timestamp003.tst")
ARCHIVED = "META-INF/ASiCArchiveManifest001.xml"


@pytest.fixture(scope="module")
def clocks(at: datetime) -> list[Authority]:
    """Three authorities; the certificates run out after ten, twenty and thirty years."""
    return [make_authority(f"Example Clock {one}", at, at + one * 10 * YEAR) for one in (1, 2, 3)]


@pytest.fixture(scope="module")
def roots(clocks: list[Authority]) -> list[x509.Certificate]:
    return [clock.root for clock in clocks]


@pytest.fixture(scope="module")
def signed(
    notice_packet: Packet, flat_enclosures: Enclosures, dev_key: SigningKey, at: datetime, clocks: list[Authority]
) -> bytes:
    """An employer's container at B-T."""
    made = sign_bundle(notice_packet, flat_enclosures, dev_key, at).containers["employer"]
    files = {path: content for path, content in opened(made).items() if "META-INF" not in path and path != "mimetype"}
    return build_container(files, dev_key, at, stamper(clocks[0], at + timedelta(minutes=1)))


@pytest.fixture(scope="module")
def kept(signed: bytes, at: datetime, clocks: list[Authority]) -> bytes:
    """Stamped again after nine years, and after nineteen."""
    once = stamped_again(opened(signed), stamper(clocks[1], at + 9 * YEAR))
    return stamped_again(opened(once), stamper(clocks[2], at + 19 * YEAR))


def test_the_whole_chain_is_shown(
    kept: bytes, dev_key: SigningKey, roots: list[x509.Certificate], at: datetime
) -> None:
    found = verify(kept, dev_key.roots, time_roots=roots)
    assert (found.verdict, found.stamped_at) == (Verdict.SIGNED, at + timedelta(minutes=1))
    again = detail(found, "It was stamped again later")
    assert again.index("by Example Clock 2") < again.index("by Example Clock 3")
    assert f"runs out on {at + 30 * YEAR:%Y-%m-%d}" in detail(found, "How long the time stamps prove themselves")
    by_one_file = check(kept, dev_key.roots, roots)
    assert (by_one_file.faults, by_one_file.root) == ([], dev_key.roots[0])
    assert [words.partition("(")[2] for words in by_one_file.stamped] == [
        "Example Clock 2 Root)",
        "Example Clock 3 Root)",
    ]


def test_what_was_signed_stays_as_it_was(kept: bytes, signed: bytes) -> None:
    before, after = opened(signed), opened(kept)
    assert {path: after[path] for path in before} == before
    assert sorted(after.keys() - before.keys()) == sorted([LAST_ARCHIVE_LIST_PATH, ARCHIVED, FIRST, SECOND])


def test_a_list_names_all_before_it_as_the_standard_has_it(kept: bytes) -> None:
    files = opened(kept)
    for path, stamp, later in ((ARCHIVED, FIRST, {ARCHIVED, FIRST}), (LAST_ARCHIVE_LIST_PATH, SECOND, set())):
        listed = etree.fromstring(files[path])
        assert listed.tag.endswith("}ASiCManifest")
        assert listed[0].get("URI") == stamp
        assert listed[0].get("MimeType") == "application/vnd.etsi.timestamp-token"
        named = {one.get("URI"): one.findtext("{*}DigestValue") for one in listed[1:]}
        assert named.keys() == files.keys() - {"mimetype", LAST_ARCHIVE_LIST_PATH, SECOND} - later
        assert {LIST_PATH, SIGNATURE_PATH} < named.keys()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_agrees_on_signature_and_stamps(
    kept: bytes, dev_key: SigningKey, roots: list[x509.Certificate], at: datetime, tmp_path: Path
) -> None:
    with ZipFile(BytesIO(kept)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "root.pem").write_bytes(dev_key.roots[0].public_bytes(Encoding.PEM))
    (tmp_path / "clocks.pem").write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in roots))
    checked = f"-in {SIGNATURE_PATH} -content {LIST_PATH} -CAfile root.pem -out /dev/null"
    commands = [
        f"openssl cms -verify -cades -purpose any -binary -inform DER {checked}",
        f"openssl ts -verify -data {ARCHIVED} -in {FIRST} -token_in -CAfile clocks.pem",
        f"openssl ts -verify -data {LAST_ARCHIVE_LIST_PATH} -in {SECOND} -token_in -CAfile clocks.pem",
    ]
    for command in commands:
        aged = f"{command} -attime {int((at + YEAR).timestamp())}"
        done = subprocess.run(aged.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_stamp_that_came_too_late_is_said_to_have(
    signed: bytes, dev_key: SigningKey, at: datetime, clocks: list[Authority], roots: list[x509.Certificate]
) -> None:
    late = stamped_again(opened(signed), stamper(clocks[1], at + 11 * YEAR))
    found = verify(late, dev_key.roots, time_roots=roots)
    assert found.verdict is Verdict.SIGNED
    assert detail(found, "How long the time stamps prove themselves").startswith("A stamp had already run out")


def test_a_stamp_of_somebody_unknown_is_a_fault_where_authorities_are_given(
    kept: bytes, dev_key: SigningKey, roots: list[x509.Certificate]
) -> None:
    found = verify(kept, dev_key.roots, time_roots=roots[:2])
    assert found.verdict is Verdict.DO_NOT_RELY
    assert found.failed_parts == (LAST_ARCHIVE_LIST_PATH, SECOND)
    assert check(kept, dev_key.roots, roots[:2]).faults


WRONG: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "a changed list": (lambda files: {**files, ARCHIVED: files[ARCHIVED].replace(b"sha256", b"sha512", 1)}, ARCHIVED),
    "a changed stamp": (lambda files: {**files, FIRST: files[FIRST][:-1] + b"\0"}, FIRST),
    "stamps exchanged": (lambda files: {**files, FIRST: files[SECOND], SECOND: files[FIRST]}, FIRST),
    "the newest list taken out": (lambda files: dropped(files, LAST_ARCHIVE_LIST_PATH), LAST_ARCHIVE_LIST_PATH),
    "an older list taken out": (lambda files: dropped(files, ARCHIVED), ARCHIVED),
    "an older stamp taken out": (lambda files: dropped(files, FIRST), SECOND),
    "the newest stamp taken out": (lambda files: dropped(files, SECOND), LAST_ARCHIVE_LIST_PATH),
    "a stamp without a list": (lambda files: {**files, THIRD: files[SECOND]}, LAST_ARCHIVE_LIST_PATH),
    "another payload": (lambda files: {**files, "cover-letter.pdf": b"%PDF-"}, "cover-letter.pdf"),
}


@pytest.mark.parametrize("what", WRONG)
def test_whatever_is_wrong_with_a_stamping_is_found_and_named(
    what: str, kept: bytes, dev_key: SigningKey, roots: list[x509.Certificate]
) -> None:
    change, part = WRONG[what]
    bundle = lay_out(change(opened(kept)))
    for trusted in (roots, []):
        found = verify(bundle, dev_key.roots, time_roots=trusted)
        assert found.verdict is Verdict.DO_NOT_RELY
        assert part in found.failed_parts
        assert check(bundle, dev_key.roots, trusted).faults


def dropped(files: dict[str, bytes], path: str) -> dict[str, bytes]:
    return {one: content for one, content in files.items() if one != path}


def detail(found: Verification, name: str) -> str:
    (check_made,) = (one for one in found.checks if one.name == name)
    assert check_made.outcome in {CheckOutcome.PASS, CheckOutcome.NOTE}
    return check_made.detail
