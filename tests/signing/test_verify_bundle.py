"""The verifier in one file: it says what the service's own check says, and needs nothing of the service."""

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from service.assembling.packet_parts import Packet
from service.signing import verify_bundle
from service.signing.asic import LIST_PATH, SIGNATURE_PATH, build_container, lay_out
from service.signing.bundle import SignedBundle
from service.signing.findings import Verdict
from service.signing.keys import SigningKey, trust_roots_pem
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify
from tests.bundle_changes import (
    Changed,
    add_a_file,
    drop_a_file,
    flip_and_lay_out_again,
    named_by_the_service,
    rename_a_file,
    swap_two_files,
)

IssueKey = Callable[..., SigningKey]
TOGETHER = {LIST_PATH, SIGNATURE_PATH}
PROGRAM = Path(verify_bundle.__file__)
# Runs the one file with nothing to import from but the standard library and one folder, and says what was imported.
ISOLATED = """
import runpy, sys
sys.path.append(sys.argv.pop(1))
try:
    runpy.run_path(sys.argv.pop(1), run_name="__main__")
finally:
    others = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"__main__"}
    print(",".join(sorted(others)))
"""


@pytest.mark.parametrize("reader", ["court", "record"])
def test_a_bundle_as_signed_is_intact_and_trusted(
    reader: str, bundle: SignedBundle, dev_key: SigningKey, at: datetime
) -> None:
    found = verify_bundle.check(bundle.containers[reader], dev_key.roots)
    assert (found.faults, found.signer, found.root) == ([], dev_key.certificate, dev_key.roots[0])
    assert found.signed.startswith(f"{at:%Y-%m-%d %H:%M:%S} UTC by the signer's own clock")


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), None])
def test_every_kind_of_key_with_an_intermediate_authority_is_known(
    curve: ec.EllipticCurve | None, notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    private = ec.generate_private_key(curve) if curve else rsa.generate_private_key(65537, 2048)
    key = issue_key(private_key=private)
    bundle = sign_bundle(notice_packet, enclosures, key, at).containers["employer"]
    assert agreed(bundle, key.roots) is Verdict.SIGNED


@pytest.mark.parametrize(
    ("wrong", "verdict"),
    [
        ({"may_sign": False}, Verdict.DO_NOT_RELY),
        ({"purposes": (ExtendedKeyUsageOID.SERVER_AUTH,)}, Verdict.DO_NOT_RELY),
        ({"purposes": ()}, Verdict.DO_NOT_RELY),
        ({"authority": True}, Verdict.DO_NOT_RELY),
        ({"not_after": timedelta(days=-1)}, Verdict.DO_NOT_RELY),
        ({"not_after": timedelta(seconds=1)}, Verdict.SIGNED),
        ({}, Verdict.SIGNED),
    ],
)
def test_certificates_are_judged_alike(
    wrong: dict[str, object],
    verdict: Verdict,
    notice_packet: Packet,
    flat_enclosures: Enclosures,
    issue_key: IssueKey,
    at: datetime,
) -> None:
    if isinstance(wrong.get("not_after"), timedelta):
        wrong = {"not_after": at + wrong["not_after"]}  # type: ignore[operator]  # just seen to be one
    key = issue_key(**wrong)
    bundle = sign_bundle(notice_packet, flat_enclosures, key, at).containers["employer"]
    assert agreed(bundle, key.roots) is verdict
    assert agreed(bundle, ()) is Verdict.UNKNOWN_SIGNER
    assert agreed(bundle, issue_key().roots) is Verdict.UNKNOWN_SIGNER


def test_a_certificate_in_the_bundle_is_never_an_anchor(
    notice_packet: Packet, flat_enclosures: Enclosures, issue_key: IssueKey, dev_key: SigningKey, at: datetime
) -> None:
    key = issue_key()
    forged = issue_key(pretending=(dev_key.roots[0], ec.generate_private_key(ec.SECP256R1())))
    for signer in (replace(key, chain=(*key.chain, *key.roots)), forged):
        bundle = sign_bundle(notice_packet, flat_enclosures, signer, at).containers["employer"]
        assert not relied_on(bundle, dev_key.roots)


def test_a_bundle_signed_anew_as_a_whole_has_an_unknown_signer(
    court: bytes, packet: Packet, enclosures: Enclosures, issue_key: IssueKey, dev_key: SigningKey, at: datetime
) -> None:
    """Every document, seal and digest is in order; only the key is another's."""
    impostor = issue_key()
    resigned = sign_bundle(packet, enclosures, impostor, at).containers["court"]
    assert agreed(resigned, dev_key.roots) is Verdict.UNKNOWN_SIGNER
    anew = build_container(without_frame(court), impostor, at)
    assert agreed(anew, dev_key.roots) is Verdict.UNKNOWN_SIGNER
    assert agreed(anew, impostor.roots) is Verdict.DO_NOT_RELY


def test_manifests_that_contradict_the_files_are_found_by_both(court: bytes, dev_key: SigningKey, at: datetime) -> None:
    files = without_frame(court)
    for wrong in (
        {**files, "packet.pdf": files["packet.pdf"] + b"\n"},
        {**files, "public/09-other.pdf": b"%PDF-"},
        {**files, "manifest.json": b"[" * 100_000},
        {**files, "manifest.json": files["manifest.json"].replace(b'"version": 1', b'"version": 2')},
    ):
        assert agreed(build_container(wrong, dev_key, at), dev_key.roots) is Verdict.DO_NOT_RELY


@pytest.mark.parametrize("kind", [flip_and_lay_out_again, drop_a_file, add_a_file, swap_two_files, rename_a_file])
def test_both_blame_the_same_parts_and_no_others(
    kind: Callable[[bytes, random.Random], Changed], court: bytes, dev_key: SigningKey
) -> None:
    for number in range(15):
        change = kind(court, random.Random(number))  # noqa: S311  # a test's choice, no secret
        named = {part for part, _ in verify_bundle.check(change.bundle, dev_key.roots).faults}
        by_the_service = named_by_the_service(change.bundle, dev_key.roots, ())
        # A list and its signature stand and fall together: the one file then names what does not fit, the service both.
        assert by_the_service - TOGETHER == named - TOGETHER, change.what
        assert bool(by_the_service & TOGETHER) is bool(named & TOGETHER), change.what
        if kind in {drop_a_file, swap_two_files} and not change.parts & TOGETHER:
            assert named == change.parts


def test_lists_of_another_form_are_refused_by_both(court: bytes, dev_key: SigningKey) -> None:
    with ZipFile(BytesIO(court)) as archive:
        files = {path: archive.read(path) for path in archive.namelist()}
    for wrong in (b"", b"no XML", files[LIST_PATH].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)):
        assert not relied_on(lay_out({**files, LIST_PATH: wrong}), dev_key.roots)
    assert not relied_on(lay_out({**files, SIGNATURE_PATH: b"0\x80"}), dev_key.roots)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), bytes(4096)])
def test_what_is_no_bundle_is_not_relied_on(rubbish: bytes, dev_key: SigningKey) -> None:
    assert verify_bundle.check(rubbish, dev_key.roots).faults


def test_it_runs_with_nothing_but_the_standard_library_and_cryptography(
    court: bytes, dev_key: SigningKey, tmp_path: Path
) -> None:
    only_these = tmp_path / "packages"
    only_these.mkdir()
    for name in ("cryptography", "cffi", "_cffi_backend"):
        spec = find_spec(name)
        if spec and spec.origin:
            place = Path(spec.origin)
            place = place.parent if spec.submodule_search_locations else place
            (only_these / place.name).symlink_to(place)
    (tmp_path / "court.asice").write_bytes(court)
    (tmp_path / "root.pem").write_bytes(trust_roots_pem(dev_key))
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ISOLATED, only_these, PROGRAM, "court.asice", "--trust", "root.pem"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    *said, imported = ran.stdout.splitlines()
    assert (ran.returncode, said[0]) == (0, "Intact, and signed by TEST ONLY – UNTRUSTED OCSE Filings")
    assert set(imported.split(",")) <= {"cryptography", "_openssl", "cffi", "_cffi_backend"}


def test_its_words_and_exit_status_tell_what_is_wrong(
    court: bytes, dev_key: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "root.pem").write_bytes(trust_roots_pem(dev_key))
    place = court.index(b"%PDF", court.index(b"packet.pdf")) + 500
    changed = court[:place] + b"!" + court[place + 1 :]
    (tmp_path / "changed.asice").write_bytes(changed)
    assert verify_bundle.main([str(tmp_path / "changed.asice"), "--trust", str(tmp_path / "root.pem")]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Do not rely on this bundle\n")
    assert "packet.pdf: changed after signing" in said


@pytest.mark.parametrize("arguments", [[], ["nowhere.asice", "--trust", "nowhere.pem"], ["nowhere.asice"]])
def test_a_wrong_call_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        verify_bundle.main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def agreed(bundle: bytes, roots: Sequence[x509.Certificate]) -> Verdict:
    """The verdict of the service's check, which the one file must share."""
    found, verdict = verify_bundle.check(bundle, roots), verify(bundle, roots).verdict
    alike = {Verdict.SIGNED: (False, True), Verdict.UNKNOWN_SIGNER: (False, False)}
    if verdict in alike:
        assert (bool(found.faults), found.root is not None) == alike[verdict], found.faults
    else:
        assert found.faults
    return verdict


def relied_on(bundle: bytes, roots: Sequence[x509.Certificate]) -> bool:
    found = verify_bundle.check(bundle, roots)
    assert verify(bundle, roots).verdict is not Verdict.SIGNED
    return not found.faults and found.root is not None


def without_frame(container: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(container)) as archive:
        names = [path for path in archive.namelist() if path not in {"mimetype", LIST_PATH, SIGNATURE_PATH}]
        return {path: archive.read(path) for path in names}
