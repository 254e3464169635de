"""Keys: made once, examined at every load, refused in words."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import load_pem_x509_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID

from service.errors import KeyRefused
from service.signing.digest_signing import KeyInMemory, PrivateKey
from service.signing.keys import (
    DEV_KEY_FILE,
    SigningKey,
    load_or_make_dev_key,
    load_pem_key,
    load_pkcs12,
    trust_roots_pem,
)

PASSPHRASE = b"correct horse"
IssueKey = Callable[..., SigningKey]


def test_the_dev_key_is_made_once_and_loaded_afterwards(tmp_path: Path, at: datetime) -> None:
    made = load_or_make_dev_key(tmp_path / "keys", at)
    loaded = load_or_make_dev_key(tmp_path / "keys", at + timedelta(days=1))
    assert loaded.fingerprint == made.fingerprint
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_the_dev_key_is_readable_by_its_owner_alone(tmp_path: Path, at: datetime) -> None:
    load_or_make_dev_key(tmp_path / "keys", at)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / DEV_KEY_FILE).stat().st_mode) == 0o600


def test_services_that_start_together_agree_on_one_dev_key(tmp_path: Path, at: datetime) -> None:
    with ThreadPoolExecutor(4) as services:
        keys = list(services.map(lambda _: load_or_make_dev_key(tmp_path / "keys", at), range(8)))
    assert len({key.fingerprint for key in keys}) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [DEV_KEY_FILE]


def test_a_place_where_no_dev_key_can_be_made_is_said(tmp_path: Path, at: datetime) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyRefused, match="cannot be made"):
        load_or_make_dev_key(tmp_path / "file" / "keys", at)


async def test_a_key_loads_while_an_event_loop_runs(tmp_path: Path, at: datetime) -> None:
    assert load_or_make_dev_key(tmp_path / "keys", at).test_only


def test_a_dev_key_open_to_others_is_refused(tmp_path: Path, at: datetime) -> None:
    load_or_make_dev_key(tmp_path, at)
    (tmp_path / DEV_KEY_FILE).chmod(0o640)
    with pytest.raises(KeyRefused, match="chmod 600"):
        load_or_make_dev_key(tmp_path, at)


def test_the_dev_key_says_that_it_is_untrusted(dev_key: SigningKey) -> None:
    assert dev_key.test_only
    assert dev_key.subject == "TEST ONLY – UNTRUSTED OCSE Filings"


def test_a_private_key_is_never_printed(dev_key: SigningKey) -> None:
    assert "private_key" not in repr(dev_key)


def test_a_dev_key_past_its_two_years_is_refused(tmp_path: Path, at: datetime) -> None:
    load_or_make_dev_key(tmp_path, at)
    with pytest.raises(KeyRefused, match="expired on"):
        load_or_make_dev_key(tmp_path, at + timedelta(days=731))


def test_the_roots_are_handed_out_in_pem(dev_key: SigningKey) -> None:
    assert tuple(load_pem_x509_certificates(trust_roots_pem(dev_key))) == dev_key.roots


@pytest.mark.parametrize(
    "private_key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-256", "P-384", "RSA"],
)
def test_a_key_loads_from_pem_and_from_pkcs12_alike(
    private_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, issue_key: IssueKey, tmp_path: Path, at: datetime
) -> None:
    key = issue_key(private_key=private_key)
    from_pem = load_pem_key(*written_pem(key, tmp_path), passphrase=PASSPHRASE, now=at)
    from_pkcs12 = load_pkcs12(written_pkcs12(key, tmp_path), passphrase=PASSPHRASE, now=at)
    assert from_pem.fingerprint == from_pkcs12.fingerprint == key.fingerprint
    assert from_pem.chain == from_pkcs12.chain == key.chain
    assert not from_pem.test_only


def test_an_expired_certificate_is_refused_with_its_date(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = issue_key(not_after=at - timedelta(days=1))
    with pytest.raises(KeyRefused, match="expired on 2026-11-22"):
        load_pkcs12(written_pkcs12(key, tmp_path), passphrase=PASSPHRASE, now=at)


def test_every_wrong_usage_is_named_at_once(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = issue_key(may_sign=False, purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))
    with pytest.raises(KeyRefused) as refusal:
        load_pkcs12(written_pkcs12(key, tmp_path), passphrase=PASSPHRASE, now=at)
    assert [fault.code for fault in refusal.value.faults] == ["certificate_usage", "certificate_usage"]


def test_the_certificate_of_an_authority_is_refused(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = issue_key(authority=True)
    with pytest.raises(KeyRefused, match="certificate of an authority"):
        load_pkcs12(written_pkcs12(key, tmp_path), passphrase=PASSPHRASE, now=at)


def test_a_certificate_of_another_key_is_refused(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = replace(issue_key(), private_key=KeyInMemory(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(KeyRefused, match="belongs to another private key"):
        load_pem_key(*written_pem(key, tmp_path), passphrase=PASSPHRASE, now=at)


def test_a_chain_without_its_root_is_refused(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = replace(issue_key(), roots=())
    with pytest.raises(KeyRefused, match="give every issuer and the root"):
        load_pem_key(*written_pem(key, tmp_path), passphrase=PASSPHRASE, now=at)


def test_a_chain_without_its_intermediate_is_refused(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = replace(issue_key(), chain=())
    with pytest.raises(KeyRefused, match="its chain does not hold"):
        load_pem_key(*written_pem(key, tmp_path), passphrase=PASSPHRASE, now=at)


@pytest.mark.parametrize(
    "private_key",
    [rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()],  # noqa: S505  # refused, that is the test
    ids=["RSA-1024", "Ed25519"],
)
def test_a_key_that_readers_cannot_verify_is_refused(
    private_key: rsa.RSAPrivateKey, issue_key: IssueKey, tmp_path: Path, at: datetime
) -> None:
    key = issue_key(private_key=private_key)
    with pytest.raises(KeyRefused, match="Use P-256, or RSA of at least 2048 bits"):
        load_pem_key(*written_pem(key, tmp_path), passphrase=PASSPHRASE, now=at)


def test_a_wrong_passphrase_is_said_to_be_one(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key = issue_key()
    with pytest.raises(KeyRefused, match="the passphrase is wrong"):
        load_pkcs12(written_pkcs12(key, tmp_path), passphrase=b"wrong", now=at)
    with pytest.raises(KeyRefused, match="the passphrase is wrong"):
        load_pem_key(*written_pem(key, tmp_path), passphrase=b"wrong", now=at)


def test_a_missing_file_is_named(tmp_path: Path, at: datetime) -> None:
    with pytest.raises(KeyRefused, match=r"signer\.p12 cannot be read"):
        load_pkcs12(tmp_path / "signer.p12", passphrase=None, now=at)


def test_a_file_without_a_certificate_is_named(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    key_path, certificate_path, chain_path = written_pem(issue_key(), tmp_path)
    certificate_path.write_text("nothing here")
    with pytest.raises(KeyRefused, match=r"certificate\.pem holds no certificate"):
        load_pem_key(key_path, certificate_path, chain_path, passphrase=PASSPHRASE, now=at)


def test_a_pkcs12_file_without_a_key_is_refused(issue_key: IssueKey, tmp_path: Path, at: datetime) -> None:
    path = tmp_path / "certificates.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, None, None, issue_key().roots, NoEncryption()))
    with pytest.raises(KeyRefused, match="both a private key and its certificate"):
        load_pkcs12(path, passphrase=None, now=at)


def in_memory(key: SigningKey) -> PrivateKey:
    assert isinstance(key.private_key, KeyInMemory)
    return key.private_key.key


def written_pem(key: SigningKey, directory: Path) -> tuple[Path, Path, Path]:
    paths = directory / "key.pem", directory / "certificate.pem", directory / "chain.pem"
    encryption = BestAvailableEncryption(PASSPHRASE)
    paths[0].write_bytes(in_memory(key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    paths[1].write_bytes(key.certificate.public_bytes(Encoding.PEM))
    paths[2].write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in (*key.chain, *key.roots)) or b"\n")
    return paths


def written_pkcs12(key: SigningKey, directory: Path) -> Path:
    path = directory / "signer.p12"
    encryption = BestAvailableEncryption(PASSPHRASE)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"signer", in_memory(key), key.certificate, (*key.chain, *key.roots), encryption
        )
    )
    return path
