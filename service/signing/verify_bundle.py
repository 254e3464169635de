"""Check a bundle of court filings without the service that made it, its records, or a network.

This one file needs Python 3.11 and the package ``cryptography`` (42 or newer), and may be copied anywhere:

    python verify_bundle.py BUNDLE.asice --trust ROOT.pem [--trust-time AUTHORITY.pem]

It names every file that was changed, added or taken out, and says who signed, when by whose clock, and what the trust
rests on. Exit status: 0 intact and signed by somebody who is trusted; 1 do not rely on it; 2 usage, or a file that
cannot be read. A bundle has one form (ASiC-E with CAdES, ETSI EN 319 162-1); whatever differs from it is a fault.
Not examined here: whether a certificate was revoked, and evidence added to a PDF after its seal.
"""

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

MIMETYPE, LIST, SIGNATURE = "mimetype", "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
MANIFEST, MEDIA_TYPE, MOST_FILES = "manifest.json", b"application/vnd.etsi.asic-e+zip", 1000
DOCUMENT_SIGNING, EMAIL, ANY_USE = "1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4", "2.5.29.37.0"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
KNOWN = {"2.5.29.15", "2.5.29.19", "2.5.29.37"}  # key usage, basic constraints, extended key usage: those acted on here
Certificate = x509.Certificate
Certificates = Sequence[Certificate]
_HEAD = (
    rb'<\?xml version="1\.0" encoding="UTF-8"\?>\n<asic:ASiCManifest xmlns:asic="http://uri\.etsi\.org/02918/v1\.2\.1#"'
    rb' xmlns:ds="http://www\.w3\.org/2000/09/xmldsig#">\n  <asic:SigReference URI="META-INF/signature001\.p7s" '
    rb'MimeType="application/pkcs7-signature"/>\n'
)
_ENTRY = (
    rb'  <asic:DataObjectReference URI="((?:[a-z]{1,16}/)?[\w-]{1,46}\.[a-z]{3,4})" MimeType="[a-z/.+-]{1,80}">\n'
    rb'    <ds:DigestMethod Algorithm="http://www\.w3\.org/2001/04/xmlenc#sha256"/>\n'
    rb"    <ds:DigestValue>([A-Za-z0-9+/]{43}=)</ds:DigestValue>\n  </asic:DataObjectReference>\n"
)


class Fault(Exception):
    """Something is not as it must be; the message says what."""


@dataclass
class Findings:
    """What was found: every fault as part and reason, who signed, when by whose clock, and whom that leads to."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    signer: Certificate | None = None
    signed: str = ""
    root: Certificate | None = None

    def examine(self, part: str, examination: Callable[[], None]) -> None:
        """Carry out one examination and keep its fault."""
        try:
            examination()
        except Exception as fault:  # noqa: BLE001  # whatever hostile bytes make it raise is a fault of the bundle
            self.faults.append((part, str(fault) if isinstance(fault, Fault) else "it is missing, or cannot be read"))


def check(bundle: bytes, roots: Certificates, time_roots: Certificates = ()) -> Findings:
    """Check a bundle; ``roots`` are trusted as signers, ``time_roots`` as time-stamp authorities, and nobody else."""
    found, entries = Findings(), dict[str, bytes]()
    found.examine("container", lambda: entries.update(read_container(bundle, found.faults)))
    found.examine(LIST, lambda: check_files(entries, found))
    found.examine(SIGNATURE, lambda: check_signature(entries, roots, time_roots, found))
    found.examine(MANIFEST, lambda: check_manifest(entries, found))
    return found


def read_container(bundle: bytes, faults: list[tuple[str, str]]) -> dict[str, bytes]:
    """The files of a bundle by path; whatever is between or around them, or differs from the one form, is a fault."""
    entries: dict[str, bytes] = {}
    directory, place = b"", 0
    while bundle.startswith(b"PK\3\4", place) and len(bundle) >= place + 30 and len(entries) < MOST_FILES:
        size, length = struct.unpack_from("<LH", bundle, place + 22)
        start = place + 30 + length
        name, content = bundle[place + 30 : start], bundle[start : start + size]
        path = name.decode("ascii", "backslashreplace")
        state = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), length, 0)
        if not bundle.startswith(b"PK\3\4" + state + name, place):
            faults.append((path, "it is damaged, or not stored as a bundle's files are"))
        if path in entries:
            faults.append((path, "it is there more than once"))
        entries[path] = content
        directory += b"PK\1\2\x14\3" + state + struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, place) + name
        place = start + size
    counts = struct.pack("<4H2LH", 0, 0, len(entries), len(entries), len(directory), place, 0)
    order = [MIMETYPE, *sorted(entries.keys() - {MIMETYPE, LIST, SIGNATURE}), LIST, SIGNATURE]
    misplaced = [path for path, due in zip(entries, order, strict=False) if path != due][:1]
    faults += [(path, "it stands where another file belongs") for path in misplaced]
    if bundle[place:] != directory + b"PK\5\6" + counts:
        faults.append(("container", "its directory is not that of its files: something was added, moved or cut off"))
    if entries.get(MIMETYPE) != MEDIA_TYPE:
        faults.append((MIMETYPE, "it is missing, or does not say that this is a bundle"))
    return entries


def check_files(entries: Mapping[str, bytes], found: Findings) -> None:
    """Hold every file against its SHA-256 in the signed list."""
    if not re.fullmatch(_HEAD + b"(?:" + _ENTRY + b")*</asic:ASiCManifest>\n", entries[LIST]):
        raise Fault("it is not a list of files as bundles have it")
    named = [(path.decode(), base64.b64decode(value)) for path, value in re.findall(_ENTRY, entries[LIST])]
    digests, payload = dict(named), sorted(entries.keys() - {MIMETYPE, LIST, SIGNATURE})
    if len(digests) != len(named):
        raise Fault("it names a file twice")
    found.files = len(digests)
    found.faults += [(path, "added: it is not in the signed list") for path in payload if path not in digests]
    found.faults += [(path, "missing: it is in the signed list") for path in digests if path not in payload]
    actual = {path: hashlib.sha256(entries[path]).digest() for path in payload}
    changed = [path for path in payload if digests.get(path, actual[path]) != actual[path]]
    found.faults += [(path, "changed after signing") for path in changed]


def check_manifest(entries: Mapping[str, bytes], found: Findings) -> None:
    """Hold manifest.json against the files, and the seals inside the PDFs against a signer who is known."""
    manifest = json.loads(entries[MANIFEST])
    documents = {str(document["file"]): document for document in manifest["documents"]}
    if manifest["version"] != 1 or len(documents) != len(manifest["documents"]):
        raise Fault("it is of another version, or describes a file twice")
    for path, document in documents.items():
        if hashlib.sha256(entries.get(path, b"")).hexdigest() != document["sha256"]:
            found.faults.append((path, "it is not the file that manifest.json describes"))
        elif document["sealed"] is True and found.root and found.signer:
            found.examine(path, lambda path=path: check_seal(entries[path], found.signer))  # type: ignore[misc]  # bound
    endings = (".pdf", ".docx", ".png", ".jpg")
    undescribed = [path for path in entries if path.endswith(endings) and path not in documents]
    found.faults += [(path, "it is not described in manifest.json") for path in undescribed]


def check_seal(pdf: bytes, signer: Certificate | None) -> None:
    """The first signature in a PDF covers all that was there, and is the bundle's signer's (ISO 32000-1 § 12.8.1)."""
    stated = re.search(rb"/ByteRange \[(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10})\]", pdf)
    start, before, after, length = map(int, stated.groups()) if stated else (1, 0, 0, 0)
    room = pdf[before:after]
    if start or after + length > len(pdf) or room[:1] + room[-1:] != b"<>":
        raise Fault("it carries no seal over all of it")
    reserved = bytes.fromhex(room[1:-1].decode("ascii"))
    signature, filling = take(reserved, SEQUENCE)
    signed = read_signed(_element(SEQUENCE, signature), DATA, pdf[:before] + pdf[after : after + length])
    if filling.strip(b"\0") or signed.signer != signer:
        raise Fault("it was sealed by somebody else than the signer of the bundle")


# Signatures: CMS SignedData (RFC 5652) in DER, every length definite and in its shortest form.

SEQUENCE, SET, INTEGER, OCTETS, NULL, OID, UTC_TIME, ANY_TIME = 0x30, 0x31, 0x02, 0x04, 0x05, 0x06, 0x17, 0x18
LONG_FORM = 128
# Object identifiers as DER writes them; below these three, every number is one byte.
PKCS, SHA2, ECDSA_WITH = map(bytes.fromhex, ("2a864886f70d01", "6086480165030402", "2a8648ce3d0403"))
DATA, SIGNED_DATA, TIME_INFO = PKCS + b"\7\1", PKCS + b"\7\2", PKCS + b"\x09\x10\1\4"
CONTENT_TYPE, DIGEST, SIGNING_TIME = PKCS + b"\x09\3", PKCS + b"\x09\4", PKCS + b"\x09\5"
NAMES_SIGNER, NAMES_BY_SHA1, STAMP = (PKCS + b"\x09\x10\2" + bytes([last]) for last in (47, 12, 14))
HASHES: dict[bytes, Any] = {SHA2 + b"\1": hashes.SHA256(), SHA2 + b"\2": hashes.SHA384(), SHA2 + b"\3": hashes.SHA512()}
# The digest that a signature algorithm goes with; RSA (PKCS #1 v1.5) may also leave it open.
RSA_OPEN = PKCS + b"\1\1"
ECDSA = {ECDSA_WITH + bytes([number]): digest for number, digest in zip((2, 3, 4), HASHES, strict=True)}
RSA = {PKCS + bytes([1, number]): digest for number, digest in zip((11, 12, 13), HASHES, strict=True)}


@dataclass
class Signed:
    """A genuine signature: content, signer, the certificates beside it, signed attributes, value and time stamp."""

    content: bytes
    signer: Certificate
    others: list[Certificate]
    attributes: dict[bytes, bytes]
    value: bytes
    stamp: bytes | None


def take(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the first element, which must have this tag, and what follows it."""
    start, length = 2, der[1]
    if length >= LONG_FORM:
        start += length - LONG_FORM
        length = int.from_bytes(der[2:start])
    if _element(tag, der[start : start + length]) != der[: start + length]:
        raise Fault("it is not built as a signature is")
    return der[start : start + length], der[start + length :]


def parts(der: bytes, *tags: int) -> list[bytes]:
    """The contents of exactly these elements; one whose tag is given negative may be missing, and is empty then."""
    found = []
    for tag in tags:
        content, der = (b"", der) if tag < 0 and der[:1] != bytes([-tag]) else take(der, abs(tag))
        found.append(content)
    if der:
        raise Fault("it carries more than a signature does")
    return found


def only(der: bytes, tag: int = SEQUENCE) -> bytes:
    """The content of the one element."""
    return parts(der, tag)[0]


def each(der: bytes, tag: int) -> list[bytes]:
    """The contents of all elements, which must have this tag."""
    found = []
    while der:
        content, der = take(der, tag)
        found.append(content)
    return found


def read_signed(encoded: bytes, kind: bytes, detached: bytes | None = None) -> Signed:
    """Check a signature over ``detached``, or over the content it carries itself. Whose it is, is open."""
    signed_data, info = parts(only(encoded), OID, 0xA0)
    version, digests, enclosed, chained, signers = parts(only(info), INTEGER, SET, SEQUENCE, 0xA0, SET)
    fields = parts(only(signers), INTEGER, SEQUENCE, SEQUENCE, 0xA0, SEQUENCE, OCTETS, -0xA1)
    signer_version, named, digest_used, covered, algorithm, value, unsigned_set = fields
    content_kind, content = parts(enclosed, OID, -0xA0)
    digest, attributes, unsigned = _algorithm(digest_used), _attributes(covered), _attributes(unsigned_set)
    over = only(content, OCTETS) if detached is None else detached + content
    versions = (b"\3" if detached is None else b"\1", b"\1")
    if (signed_data, content_kind, version, signer_version) != (SIGNED_DATA, kind, *versions):
        raise Fault("it is a signature of another kind")
    if _algorithm(only(digests)) != digest or not unsigned.keys() <= {STAMP}:
        raise Fault("it carries more, less or other than such signatures do")
    if attributes[CONTENT_TYPE] != _element(OID, kind) or attributes[DIGEST] != _element(OCTETS, _hash(digest, over)):
        raise Fault("what was signed is not what is here: it was changed after signing")
    certificates = [x509.load_der_x509_certificate(_element(SEQUENCE, one)) for one in each(chained, SEQUENCE)]
    issuer, serial = parts(named, SEQUENCE, INTEGER)
    by_issue = {(one.issuer.public_bytes(), one.serial_number): one for one in certificates}
    signer = by_issue[_element(SEQUENCE, issuer), int.from_bytes(serial)]
    # RFC 5035; authorities may still name themselves by SHA-1, as RFC 2634 has it.
    older = detached is None and NAMES_SIGNER not in attributes
    first, _more = take(take(only(attributes[NAMES_BY_SHA1 if older else NAMES_SIGNER]), SEQUENCE)[0], SEQUENCE)
    hashed, fingerprint, _issuer = parts(first, -SEQUENCE, OCTETS, -SEQUENCE)
    by_default = hashes.SHA1() if older else hashes.SHA256()  # noqa: S303  # it only tells certificates apart
    if signer.fingerprint(HASHES[_algorithm(hashed)] if hashed else by_default) != fingerprint:
        raise Fault("it names another certificate than the one it carries")
    _check_value(signer, _algorithm(algorithm), digest, value, _element(SET, covered))
    return Signed(over, signer, [one for one in certificates if one != signer], attributes, value, unsigned.get(STAMP))


def check_signature(entries: Mapping[str, bytes], roots: Certificates, clocks: Certificates, found: Findings) -> None:
    """The list of files is signed; where the signer leads to a root, ``found.root`` is set."""
    signed = read_signed(entries[SIGNATURE], DATA, entries[LIST])
    at = _time(signed.attributes[SIGNING_TIME])
    found.signer, found.signed = signed.signer, f"{at:%Y-%m-%d %H:%M:%S} UTC by the signer's own clock, unconfirmed"
    if signed.stamp:
        stamp = read_signed(signed.stamp, TIME_INFO)
        _policy, following = take(take(only(stamp.content), INTEGER)[1], OID)
        imprint, following = take(following, SEQUENCE)
        algorithm, value = parts(imprint, SEQUENCE, OCTETS)
        if value != _hash(_algorithm(algorithm), signed.value):
            raise Fault("its time stamp belongs to another signature")
        if clocks:
            at = _time(take(following, INTEGER)[1])
            way = chain(stamp.signer, stamp.others, clocks, at, {TIME_STAMPING})
            if not way:
                raise Fault("its time stamp leads to none of the authorities that are trusted")
            found.signed = f"before {at:%Y-%m-%d %H:%M:%S} UTC by the clock of {_name(stamp.signer)} ({_name(way[-1])})"
    way = chain(signed.signer, signed.others, roots, at, {DOCUMENT_SIGNING, EMAIL, ANY_USE})
    if way and set(signed.others) - set(way):
        raise Fault("it carries certificates that do not belong to its chain")
    found.root = way[-1] if way else None


def chain(signer: Certificate, others: Certificates, roots: Certificates, at: datetime, uses: set[str]) -> Certificates:
    """The way from a certificate to a root as it stood then, root included (RFC 5280 § 6); empty where there is none.

    The certificate must be fit for one of these uses. A certificate among ``others`` is never trusted by itself.
    """
    way = [signer]
    while not (root := next((one for one in roots if _issued(one, way)), None)):
        following = next((one for one in others if one not in way and _issued(one, way)), None)
        if following is None:
            return []
        way.append(following)
    if any(not one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in way):
        raise Fault("a certificate was not in force when it was used")
    if any(one.critical and one.oid.dotted_string not in KNOWN for each_one in way for one in each_one.extensions):
        raise Fault("a certificate sets a condition that this program does not know")
    authority, usage = _extension(signer, x509.BasicConstraints), _extension(signer, x509.KeyUsage)
    fit = uses & {use.dotted_string for use in _extension(signer, x509.ExtendedKeyUsage) or ()}
    if (
        not fit
        or (authority and authority.ca)
        or not usage
        or not (usage.digital_signature or usage.content_commitment)
    ):
        raise Fault("the certificate is not one for this use")
    return [*way, root]


def _issued(issuer: Certificate, way: Certificates) -> bool:
    basic, usage = _extension(issuer, x509.BasicConstraints), _extension(issuer, x509.KeyUsage)
    if not basic or not basic.ca or (usage and not usage.key_cert_sign):
        return False
    try:
        way[-1].verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return basic.path_length is None or basic.path_length >= len(way) - 1


def _attributes(encoded: bytes) -> dict[bytes, bytes]:
    """Each attribute's one value, as an element, by its type."""
    attributes = [parts(attribute, OID, SET) for attribute in each(encoded, SEQUENCE)]
    found = {attribute[0]: attribute[1] for attribute in attributes}
    if len(found) != len(attributes):
        raise Fault("it states something twice")
    return found


def _algorithm(identifier: bytes) -> bytes:
    """What it names; parameters are absent or NULL in all that are used here."""
    algorithm, parameters = parts(identifier, OID, -NULL)
    if parameters:
        raise Fault("an algorithm has parameters that it does not take")
    return algorithm


def _check_value(signer: Certificate, algorithm: bytes, digest: bytes, value: bytes, over: bytes) -> None:
    key = signer.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and ECDSA.get(algorithm) == digest:
            key.verify(value, over, ec.ECDSA(HASHES[digest]))
        elif isinstance(key, rsa.RSAPublicKey) and (algorithm == RSA_OPEN or RSA.get(algorithm) == digest):
            key.verify(value, over, padding.PKCS1v15(), HASHES[digest])
        else:
            raise Fault("it is of a kind that is not used")
    except InvalidSignature:
        raise Fault("it was not made with the key of its certificate") from None


def _hash(digest: bytes, content: bytes) -> bytes:
    return hashlib.new(HASHES[digest].name, content).digest()


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, LONG_FORM + len(length)]) + length + content


def _time(der: bytes) -> datetime:
    form = {UTC_TIME: "%y%m%d%H%M%SZ", ANY_TIME: "%Y%m%d%H%M%SZ"}[der[0]]
    return datetime.strptime(re.sub(r"\.\d+", "", take(der, der[0])[0].decode("ascii")), form).replace(tzinfo=UTC)


def _extension(certificate: Certificate, kind: type[Any]) -> Any:
    return {type(one.value): one.value for one in certificate.extensions}.get(kind)


def _name(certificate: Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one bundle and say what was found."""
    parser = argparse.ArgumentParser(description="Check a bundle of court filings without the service that made it.")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.asice")
    parser.add_argument("--trust", type=Path, required=True, metavar="ROOT.pem", help="whom to trust as signer")
    parser.add_argument("--trust-time", type=Path, metavar="AUTHORITY.pem", help="whom to trust for time stamps")
    options = parser.parse_args(arguments)
    try:
        bundle, roots = options.bundle.read_bytes(), x509.load_pem_x509_certificates(options.trust.read_bytes())
        clocks = x509.load_pem_x509_certificates(options.trust_time.read_bytes()) if options.trust_time else []
    except (OSError, ValueError) as reason:
        parser.error(f"a file cannot be read: {reason}")
    found = check(bundle, roots, clocks)
    lines = ["Do not rely on this bundle", *(f"  {part}: {reason}" for part, reason in found.faults)]
    if found.signer and not found.faults:
        known = f"and signed by {_name(found.signer)}" if found.root else "but we do not know this signer"
        lines = [f"Intact, {known}", f"  files   {found.files}, each as it was signed", f"  signed  {found.signed}"]
        lines.append("  trust   rests on nothing")
        if found.root:
            lines[-1] = (
                f"  trust   rests on {_name(found.root)}, SHA-256 {found.root.fingerprint(hashes.SHA256()).hex()}"
            )
    for line in lines:  # without what could steer a terminal
        sys.stdout.write(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", "?", line[:500]) + "\n")
    return 0 if found.root and not found.faults else 1


if __name__ == "__main__":
    sys.exit(main())
