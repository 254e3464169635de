"""A time-stamp authority in memory, which stamps at whatever moment a test asks for."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.certificates import blank, key_usage, named

Stamp = Callable[[bytes], bytes]


class Authority(NamedTuple):
    root: x509.Certificate
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def make_authority(name: str, at: datetime, until: datetime | None = None) -> Authority:
    """An authority whose certificate, if not its root, runs out ``until`` then."""
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = certificate(f"{name} Root", root_key, f"{name} Root", root_key, at).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    leaf = (
        certificate(name, key, f"{name} Root", root_key, at, until)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(key_usage("digital_signature"), critical=True)
    )
    return Authority(root.sign(root_key, hashes.SHA256()), leaf.sign(root_key, hashes.SHA256()), key)


def certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    at: datetime,
    until: datetime | None = None,
) -> x509.CertificateBuilder:
    until = until or at + timedelta(days=36500)
    return blank(name, named(issuer), key, issuer_key, since=at - timedelta(days=1), until=until)


def stamper(authority: Authority, at: datetime) -> Stamp:
    """Makes tokens as the authority would, always at that moment."""
    leaf = asn1_x509.Certificate.load(authority.certificate.public_bytes(Encoding.DER))
    encoded = authority.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own = DummyTimeStamper(
        tsa_cert=leaf,
        tsa_key=keys.PrivateKeyInfo.load(encoded),
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=at,
    )

    def token(content: bytes) -> bytes:
        request = tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": hashlib.sha256(content).digest(),
                },
                "cert_req": True,
            }
        )
        encoded: bytes = own.request_tsa_response(request)["time_stamp_token"].dump()
        return encoded

    return token
