"""Check a bundle of court filings without the service that made it, its records, or a network.

This one file needs Python 3.11 and the package ``cryptography`` (42 or newer), and may be copied anywhere:

    python verify_bundle.py BUNDLE.asice --trust ROOT.pem [--trust-time AUTHORITY.pem]

It names every file that was changed, added or taken out, and says who signed, when by whose clock, and what the trust
rests on. Exit status: 0 intact and signed by somebody who is trusted; 1 do not rely on it; 2 usage, or a file that
cannot be read. A bundle has one form (ASiC-E with CAdES, ETSI EN 319 162-1); whatever differs from it is a fault.
A PDF taken out of a bundle, perhaps stamped by the clerk and signed by the judge since, may be given instead.

Of a PDF the seal and every later signature and time stamp are checked over the bytes they cover, to the end of the
file, and what follows the seal is named. Not examined: whether later revisions change what the sealed pages show, the
certificates and revocation answers they may hold, and whether a certificate was revoked.
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
MANIFEST, MEDIA_TYPE = "manifest.json", b"application/vnd.etsi.asic-e+zip"
MOST_FILES, MOST_SIGNATURES, MOST_STAMPINGS = 1000, 50, 100
DOCUMENT_SIGNING, EMAIL, ANY_USE = "1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4", "2.5.29.37.0"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
KNOWN = {"2.5.29.15", "2.5.29.19", "2.5.29.37"}  # key usage, basic constraints, extended key usage: those acted on here
Certificate = x509.Certificate
Certificates = Sequence[Certificate]
SIGNATURE_TYPE, STAMP_TYPE = "application/pkcs7-signature", "application/vnd.etsi.timestamp-token"
ARCHIVE, ARCHIVED, STAMPS = (
    "META-INF/ASiCArchiveManifest.xml",
    "META-INF/ASiCArchiveManifest{:03}.xml",
    "META-INF/timestamp{:03}.tst",
)
ARCHIVE_LISTS, ARCHIVE_STAMPS = r"META-INF/ASiCArchiveManifest(\d{3})?\.xml", r"META-INF/timestamp\d{3}\.tst"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n  <asic:SigReference URI="{}" MimeType="{}"/>\n'
)
_ENTRY = (
    rb'  <asic:DataObjectReference URI="((?:[A-Za-z-]{1,16}/)?[\w-]{1,46}\.\w{3,4})" MimeType="[a-z0-9/.+-]{1,80}">\n'
    rb'    <ds:DigestMethod Algorithm="http://www\.w3\.org/2001/04/xmlenc#sha256"/>\n'
    rb"    <ds:DigestValue>([A-Za-z0-9+/]{43}=)</ds:DigestValue>\n  </asic:DataObjectReference>\n"
)


class Fault(Exception):
    """Something is not as it must be; the message says what."""


@dataclass
class Findings:
    """What was found: every fault as part and reason, who signed, when by whose clock, and whom that leads to.

    ``seals`` counts the papers that hold a seal of their own; ``checked`` is what was given, ``stamped`` says who
    stamped the whole again later, ``revised`` what follows a seal in its file.
    """

    faults: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    seals: int = 0
    signer: Certificate | None = None
    signed: str = ""
    root: Certificate | None = None
    checked: str = "bundle"
    stamped: list[str] = field(default_factory=list)
    revised: list[tuple[str, str]] = field(default_factory=list)

    def examine(self, part: str, examination: Callable[..., Any], *over: Any) -> Any:
        """Carry out one examination and keep its fault; what it brought otherwise."""
        try:
            return examination(*over)
        except Exception as fault:  # noqa: BLE001  # whatever hostile bytes make it raise is a fault of the bundle
            self.faults.append((part, str(fault) if isinstance(fault, Fault) else "it is missing, or cannot be read"))


def check(bundle: bytes, roots: Certificates, time_roots: Certificates = ()) -> Findings:
    """Check a bundle; ``roots`` are trusted as signers, ``time_roots`` as time-stamp authorities, and nobody else."""
    found = Findings()
    entries: dict[str, bytes] = found.examine("container", read_container, bundle, found.faults) or {}
    found.examine(LIST, check_files, entries, found)
    found.examine(SIGNATURE, check_signature, entries, roots, time_roots, found)
    check_archive(entries, time_roots, found)
    found.examine(MANIFEST, check_manifest, entries, found)
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
    order = [MIMETYPE, *payload(entries), LIST, SIGNATURE, *archive(entries)]
    here = [path for path in order if path in entries]
    misplaced = [path for path, due in zip(entries, here, strict=False) if path != due][:1]
    faults += [(path, "it stands where another file belongs") for path in misplaced]
    if bundle[place:] != directory + b"PK\5\6" + counts:
        faults.append(("container", "its directory is not that of its files: something was added, moved or cut off"))
    if entries.get(MIMETYPE) != MEDIA_TYPE:
        faults.append((MIMETYPE, "it is missing, or does not say that this is a bundle"))
    return entries


def archive(entries: Mapping[str, bytes]) -> list[str]:
    """The lists and time stamps put behind the signature later, in order; the newest list carries no number."""
    lists, stamps = (sum(1 for path in entries if re.fullmatch(form, path)) for form in (ARCHIVE_LISTS, ARCHIVE_STAMPS))
    count = min(max(lists, stamps), MOST_STAMPINGS)
    pairs = [
        (ARCHIVED.format(number) if number < count else ARCHIVE, STAMPS.format(number))
        for number in range(1, count + 1)
    ]
    return [path for pair in pairs for path in pair]


def payload(entries: Mapping[str, bytes]) -> list[str]:
    """What the bundle is there for, without what holds it together."""
    return sorted(entries.keys() - {MIMETYPE, LIST, SIGNATURE, *archive(entries)})


def read_list(xml: bytes, head: str) -> dict[str, bytes]:
    """The SHA-256 of every file that a list names."""
    if not re.fullmatch(re.escape(head.encode()) + b"(?:" + _ENTRY + b")*</asic:ASiCManifest>\n", xml):
        raise Fault("it is not a list of files as bundles have it")
    named = [(path.decode(), base64.b64decode(value)) for path, value in re.findall(_ENTRY, xml)]
    if len(dict(named)) != len(named):
        raise Fault("it names a file twice")
    return dict(named)


def check_files(entries: Mapping[str, bytes], found: Findings) -> None:
    """Hold every file against its SHA-256 in the signed list."""
    digests, here = read_list(entries[LIST], _HEAD.format(SIGNATURE, SIGNATURE_TYPE)), payload(entries)
    found.files = len(digests)
    found.faults += [(path, "added: it is not in the signed list") for path in here if path not in digests]
    found.faults += [(path, "missing: it is in the signed list") for path in digests if path not in here]
    actual = {path: hashlib.sha256(entries[path]).digest() for path in here}
    changed = [path for path in here if digests.get(path, actual[path]) != actual[path]]
    found.faults += [(path, "changed after signing") for path in changed]


def check_archive(entries: Mapping[str, bytes], clocks: Certificates, found: Findings) -> None:
    """Later time stamps, each over a list of all that was there before it (EN 319 162-1 § A.7)."""
    later = archive(entries)
    here = entries.keys() - {MIMETYPE, *later} if later else set()
    held = {path: hashlib.sha256(entries[path]).digest() for path in here}
    for number, (path, stamp) in enumerate(zip(later[::2], later[1::2], strict=True), start=1):
        listed = entries.get(path, b"")
        if found.examine(path, read_list, listed, _HEAD.format(stamp, STAMP_TYPE)) != held:
            found.faults.append((path, "it does not list what the bundle holds"))
        token = entries.get(stamp, b"")
        if made := found.examine(stamp, check_stamp, token, listed, clocks):
            found.stamped.append(made[1])
        held |= {
            ARCHIVED.format(number): hashlib.sha256(listed).digest(),
            stamp: hashlib.sha256(token).digest(),
        }


def check_manifest(entries: Mapping[str, bytes], found: Findings) -> None:
    """Hold manifest.json against the files, and the seals inside the PDFs against a signer who is known.

    Of a file that was found wrong already nothing more is said; a manifest that was itself says nothing.
    """
    wrong = {part for part, _ in found.faults}
    if MANIFEST in wrong:
        return
    manifest = json.loads(entries[MANIFEST])
    documents = {str(document["file"]): document for document in manifest["documents"]}
    if manifest["version"] != 1 or len(documents) != len(manifest["documents"]):
        raise Fault("it is of another version, or describes a file twice")
    for path, document in documents.items():
        if path in wrong:
            continue
        if hashlib.sha256(entries.get(path, b"")).hexdigest() != document["sha256"]:
            found.faults.append((path, "it is not the file that manifest.json describes"))
        elif document["sealed"] is True and found.root and found.signer:
            found.examine(path, check_seal, path, entries[path], found)
    endings = (".pdf", ".docx", ".png", ".jpg")
    undescribed = [path for path in entries if path.endswith(endings) and path not in {*documents, *wrong}]
    found.faults += [(path, "it is not described in manifest.json") for path in undescribed]


@dataclass
class SignedPart:
    """A signature or time stamp in a PDF (ISO 32000-1 § 12.8.1): what it covers, where that ends, the claimed time."""

    covered: bytes
    signature: bytes
    end: int
    is_stamp: bool
    claimed: datetime | None


def check_seal(path: str, pdf: bytes, found: Findings) -> None:
    """A document in a bundle is sealed by the bundle's signer, and nobody else has signed it since."""
    seal, *later = signed_parts(pdf)
    signed = read_signed(seal.signature, DATA, seal.covered)
    if signed.signer != found.signer:
        raise Fault("it was sealed by somebody else than the signer of the bundle")
    if any(not one.is_stamp for one in later):
        raise Fault("it carries a signature besides its seal")
    check_later(path, pdf, seal, later, found)
    found.seals += 1


def check_pdf(pdf: bytes, roots: Certificates, time_roots: Certificates = ()) -> Findings:
    """Check a PDF taken out of a bundle: its seal, and everybody who signed or stamped it since."""
    found = Findings(checked="PDF")
    if sealed := found.examine("the PDF", signed_parts, pdf):
        seal, *later = sealed
        found.examine("the PDF", check_sealer, seal, roots, time_roots, found)
        found.examine("the PDF", check_later, "the PDF", pdf, seal, later, found)
    return found


def check_sealer(seal: SignedPart, roots: Certificates, time_roots: Certificates, found: Findings) -> None:
    """Say whose seal it is, by the time that it claims or that was stamped on it."""
    check_whose(read_signed(seal.signature, DATA, seal.covered), seal.claimed, roots, time_roots, found)


def signed_parts(pdf: bytes) -> list[SignedPart]:
    """Every signature in a PDF in the order they were made, the seal first; each covers all that was there then."""
    found: list[SignedPart] = []
    for stated in re.finditer(rb"/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) ?\]", pdf):
        start, before, after, length = map(int, stated.groups())
        room, end = pdf[before:after], after + length
        if start or end > len(pdf) or room[:1] + room[-1:] != b"<>" or (found and before < found[-1].end):
            raise Fault("it carries no seal over all of it")
        if len(found) == MOST_SIGNATURES:
            raise Fault("it carries more signatures than a paper has")
        reserved = bytes.fromhex(room[1:-1].decode("ascii"))
        signature, filling = take(reserved, SEQUENCE)
        if filling.strip(b"\0"):
            raise Fault("something was written behind its seal")
        around = pdf[pdf.rfind(b" obj", 0, before) : before] + pdf[after : pdf.find(b"endobj", after)]
        time = re.search(rb"/M ?\(D(?::|\\072)(\d{14})(Z|[+-]\d\d'\d\d)", around)
        stated_time = b"".join(time.groups()).replace(b"'", b"").decode() if time else ""
        claimed = datetime.strptime(stated_time, "%Y%m%d%H%M%S%z").astimezone(UTC) if time else None
        encoded, covered = _element(SEQUENCE, signature), pdf[:before] + pdf[after:end]
        found.append(SignedPart(covered, encoded, end, b"/ETSI.RFC3161" in around, claimed))
    if not found or found[0].is_stamp:
        raise Fault("it carries no seal over all of it")
    return found


def check_later(path: str, pdf: bytes, seal: SignedPart, later: Sequence[SignedPart], found: Findings) -> None:
    """Name what follows the seal. It is in no way covered by it, and nobody may take it for unchanged."""
    rest = pdf[seal.end :]
    if not rest.strip():
        return
    if not rest.rstrip().endswith(b"%%EOF"):
        raise Fault("something that is no revision was put behind its seal")
    said = [check_stamp(one.signature, one.covered, ())[1] if one.is_stamp else _later_signer(one) for one in later]
    open_end = len(pdf) - (later[-1].end if later else seal.end)
    said += [f"{open_end} bytes that no signature or time stamp covers"] if pdf[len(pdf) - open_end :].strip() else []
    found.revised.append((path, f"{rest.count(b'%%EOF')} revisions after its seal ({'; '.join(said)})"))


def _later_signer(part: SignedPart) -> str:
    signed = read_signed(part.signature, DATA, part.covered)
    return f"a signature with the key of {_name(signed.signer)}, over all before it; whose that is was not examined"


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
    """The list of files is signed."""
    signed = read_signed(entries[SIGNATURE], DATA, entries[LIST])
    check_whose(signed, _time(signed.attributes[SIGNING_TIME]), roots, clocks, found)


def check_whose(
    signed: Signed, at: datetime | None, roots: Certificates, clocks: Certificates, found: Findings
) -> None:
    """Say who signed, and when by whose clock; where the signer leads to a root, ``found.root`` is set."""
    if at is None:
        raise Fault("it does not say when it was signed")
    found.signer, found.signed = signed.signer, f"{at:%Y-%m-%d %H:%M:%S} UTC by the signer's own clock, unconfirmed"
    if signed.stamp:
        stamped, words = check_stamp(signed.stamp, signed.value, clocks)
        if clocks:
            at, found.signed = stamped, f"before {words}"
    way = chain(signed.signer, signed.others, roots, at, {DOCUMENT_SIGNING, EMAIL, ANY_USE})
    if way and set(signed.others) - set(way):
        raise Fault("it carries certificates that do not belong to its chain")
    found.root = way[-1] if way else None


def check_stamp(token: bytes, over: bytes, clocks: Certificates) -> tuple[datetime, str]:
    """A time stamp (RFC 3161) over these bytes: when, by whose clock. Where ``clocks`` are given it leads to one."""
    stamp = read_signed(token, TIME_INFO)
    _policy, following = take(take(only(stamp.content), INTEGER)[1], OID)
    imprint, following = take(following, SEQUENCE)
    algorithm, value = parts(imprint, SEQUENCE, OCTETS)
    if value != _hash(_algorithm(algorithm), over):
        raise Fault("its time stamp belongs to another signature")
    at = _time(take(following, INTEGER)[1])
    words = f"{at:%Y-%m-%d %H:%M:%S} UTC by the clock of {_name(stamp.signer)}"
    if not clocks:
        return at, words
    way = chain(stamp.signer, stamp.others, clocks, at, {TIME_STAMPING})
    if not way:
        raise Fault("its time stamp leads to none of the authorities that are trusted")
    return at, f"{words} ({_name(way[-1])})"


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


def said(found: Findings) -> list[str]:
    """What was found, in lines: what was checked, who vouches for it, and what was not checked."""
    if found.faults or not found.signer:
        return [f"Do not rely on this {found.checked}", *(f"  {part}: {reason}" for part, reason in found.faults)]
    known = f"and signed by {_name(found.signer)}" if found.root else "but we do not know this signer"
    rests = f"{_name(found.root)}, SHA-256 {found.root.fingerprint(hashes.SHA256()).hex()}" if found.root else "nothing"
    seals = f"{found.seals} of them hold one of their own, by the same signer" if found.root else "not examined"
    return [
        f"Intact, {known}" if found.files else f"Intact as far as its seal covers it, {known}",
        *([f"  files   {found.files}, each as it was signed", f"  seals   {seals}"] if found.files else []),
        f"  signed  {found.signed}",
        *(f"  again   stamped {words}" for words in found.stamped),
        f"  trust   rests on {rests}",
        *(f"  after   {part}: {words}" for part, words in found.revised),
        *(["  open    whether what follows a seal changes what its pages show: not examined"] if found.revised else []),
        "  open    whether a certificate was revoked: not examined",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one bundle and say what was found."""
    parser = argparse.ArgumentParser(description="Check a bundle of court filings without the service that made it.")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.asice", help="a bundle, or a PDF taken out of one")
    parser.add_argument("--trust", type=Path, required=True, metavar="ROOT.pem", help="whom to trust as signer")
    parser.add_argument("--trust-time", type=Path, metavar="AUTHORITY.pem", help="whom to trust for time stamps")
    options = parser.parse_args(arguments)
    try:
        content, roots = options.bundle.read_bytes(), x509.load_pem_x509_certificates(options.trust.read_bytes())
        clocks = x509.load_pem_x509_certificates(options.trust_time.read_bytes()) if options.trust_time else []
    except (OSError, ValueError) as reason:
        parser.error(f"a file cannot be read: {reason}")
    found = (check_pdf if content.startswith(b"%PDF-") else check)(content, roots, clocks)
    for line in said(found):  # without what could steer a terminal
        sys.stdout.write(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", "?", line[:500]) + "\n")
    return 0 if found.root and not found.faults else 1


if __name__ == "__main__":
    sys.exit(main())
