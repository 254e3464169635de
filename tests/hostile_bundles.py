"""Bundles made to do harm: bombs, lies about sizes, paths that lead elsewhere, signatures that are none."""

import gzip
import io
import json
import random
import struct
import tarfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.signing.asic import LAST_ARCHIVE_LIST_PATH, LIST_PATH, SIGNATURE_PATH, build_container, file_list, lay_out
from service.signing.digest_signing import KeyInMemory
from service.signing.keys import SigningKey

Maker = Callable[[bytes, SigningKey], bytes]
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MIMETYPE = ("mimetype", b"application/vnd.etsi.asic-e+zip")


def rubbish(seed: int) -> bytes:
    return random.Random(seed).randbytes(100_000)  # noqa: S311  # not a secret


def zipped(files: list[tuple[str | ZipInfo, bytes]], compression: int = ZIP_STORED) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), ZipFile(written, "w", compression) as archive:
        for path, content in files:
            archive.writestr(path, content)
    return written.getvalue()


def opened(bundle: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(bundle)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def directory(bundle: bytes) -> int:
    with ZipFile(io.BytesIO(bundle)) as archive:
        return archive.start_dir


def with_entry(good: bytes, entry: str | ZipInfo, content: bytes = b"x") -> bytes:
    return zipped([*opened(good).items(), (entry, content)])


def with_part(good: bytes, path: str, content: bytes) -> bytes:
    return lay_out({**opened(good), path: content})


def linked(target: str) -> ZipInfo:
    entry = ZipInfo(target)
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return entry


def overlapping() -> bytes:
    """Fifty directory entries for the same bytes."""
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr(*MIMETYPE)
        archive.writestr("packet.pdf", bytes(1_000_000))
        archive.filelist += [archive.filelist[1]] * 50
    return written.getvalue()


def patched(bundle: bytes, mark: bytes, offset: int, value: bytes, *, last: bool = True) -> bytes:
    """Overwrites a field of the last (or first) record that begins with the mark."""
    place = (bundle.rindex(mark) if last else bundle.index(mark)) + offset
    return bundle[:place] + value + bundle[place + len(value) :]


def zip64(good: bytes, *, entries: int, size: int, offset: int) -> bytes:
    """The directory's end says to look in a ZIP64 record, which lies."""
    place = len(good) - 22
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return good[:place] + record + locator + end


def nested(levels: int) -> bytes:
    inner = bytes(200_000)
    for level in range(levels):
        inner = zipped([(f"{level}.zip", inner)], ZIP_DEFLATED)
    return zipped([MIMETYPE, ("0.zip", inner)])


def manifest(documents: object) -> bytes:
    described = {"version": 1, "container": "court", "kind": "modification", "filing_date": "2026-11-23"}
    signatory = {"name": "\x1b[2J" * 1000, "bar_number": "1"}
    return json.dumps({**described, "signatory": signatory, "documents": documents}).encode()


def deep_der(levels: int) -> bytes:
    content = b""
    for _ in range(levels):
        length = len(content).to_bytes(3)
        content = b"\x30\x83" + length + content
    return content


def misshapen_certificate() -> SigningKey:
    """A key whose certificate carries extensions that are no DER at all."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody\x1b[31m")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
    )
    for dotted in ("2.5.29.15", "2.5.29.37", "2.5.29.19", "2.5.29.30"):
        rubbish_extension = x509.UnrecognizedExtension(x509.ObjectIdentifier(dotted), b"\xff\xff\xff")
        builder = builder.add_extension(rubbish_extension, critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    return SigningKey(certificate=certificate, chain=(), roots=(), private_key=KeyInMemory(key))


def many_certificates(stranger: SigningKey) -> SigningKey:
    return SigningKey(
        certificate=stranger.certificate,
        chain=stranger.roots * 200,
        roots=stranger.roots,
        private_key=stranger.private_key,
    )


def stamped_often(good: bytes, times: int) -> bytes:
    stamps = {f"META-INF/timestamp{one:03}.tst": opened(good)[SIGNATURE_PATH] for one in range(1, times + 1)}
    lists = {f"META-INF/ASiCArchiveManifest{one:03}.xml": file_list({}) for one in range(1, times)}
    return zipped(list({**opened(good), **lists, LAST_ARCHIVE_LIST_PATH: b"<a>" * 1000, **stamps}.items()))


def tar(good: bytes) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        entry = tarfile.TarInfo("court.asice")
        entry.size = len(good)
        archive.addfile(entry, io.BytesIO(good))
    return written.getvalue()


HOSTILE_PDF = b"%PDF-1.7\n" + b"1 0 obj\n<</Kids[1 0 R]/Parent 1 0 R>>\nendobj\n" * 2000 + b"startxref\n9\n%%EOF\n"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">' + b"".join(
    b'<!ENTITY c%d "%s">' % (level, (b"&b;" if level == 0 else b"&c%d;" % (level - 1)) * 20) for level in range(9)
) + b"]><a>&c8;</a>"  # fmt: skip
HOSTILE: dict[str, Maker] = {
    "nothing": lambda _good, _key: b"",
    "random bytes": lambda _good, _key: rubbish(1),
    "random bytes that begin as a ZIP": lambda _good, _key: b"PK\x03\x04" + rubbish(2),
    "random bytes after a good beginning": lambda good, _key: good[:100] + rubbish(3),
    "a PDF": lambda good, _key: opened(good)["packet.pdf"],
    "a Word document": lambda good, _key: next(file for path, file in opened(good).items() if path.endswith("docx")),
    "gzip": lambda good, _key: gzip.compress(good),
    "tar": lambda good, _key: tar(good),
    "an end without files": lambda _good, _key: b"PK\x05\x06" + bytes(18),
    "a ZIP of nothing": lambda _good, _key: zipped([]),
    "the first half": lambda good, _key: good[: len(good) // 2],
    "all but the last byte": lambda good, _key: good[:-1],
    "all but the end": lambda good, _key: good[:-22],
    "the directory alone": lambda good, _key: good[directory(good) :],
    "a compressed bomb": lambda _good, _key: zipped([MIMETYPE, (LIST_PATH, bytes(50_000_000))], ZIP_DEFLATED),
    "a bomb in bzip2": lambda _good, _key: zipped([MIMETYPE, (LIST_PATH, bytes(5_000_000))], ZIP_BZIP2),
    "a bomb in LZMA": lambda _good, _key: zipped([MIMETYPE, (LIST_PATH, bytes(5_000_000))], ZIP_LZMA),
    "archives in archives": lambda _good, _key: nested(12),
    "overlapping files": lambda _good, _key: overlapping(),
    "1,001 files": lambda _good, _key: zipped([MIMETYPE, *((f"{one}.pdf", b"") for one in range(1001))]),
    "70,000 files": lambda _good, _key: zipped([MIMETYPE, *((f"{one}.pdf", b"") for one in range(70_000))]),
    "ZIP64 with 2^62 files": lambda good, _key: zip64(good, entries=2**62, size=2**40, offset=0),
    "ZIP64 with a far directory": lambda good, _key: zip64(good, entries=1, size=46, offset=2**62),
    "ZIP64 that agrees": lambda good, _key: zip64(
        good,
        entries=len(opened(good)),
        size=len(good) - 22 - directory(good),
        offset=directory(good),
    ),
    "sizes beyond the end": lambda good, _key: patched(good, b"PK\x01\x02", 20, b"\xff\xff\xff\x7f" * 2),
    "a local size beyond the end": lambda good, _key: patched(
        good, b"PK\x03\x04", 18, b"\xff\xff\xff\x7f" * 2, last=False
    ),
    "an offset beyond the end": lambda good, _key: patched(good, b"PK\x05\x06", 16, b"\xff\xff\xff\x7f"),
    "an encrypted file": lambda good, _key: patched(good, b"PK\x01\x02", 8, struct.pack("<H", 1)),
    "an unknown method": lambda good, _key: patched(good, b"PK\x01\x02", 10, struct.pack("<H", 99)),
    "sizes after the data": lambda good, _key: patched(good, b"PK\x03\x04", 6, struct.pack("<H", 8), last=False),
    "a symbolic link": lambda good, _key: with_entry(good, linked("public/link.pdf"), b"/etc/passwd"),
    "an absolute path": lambda good, _key: with_entry(good, "/etc/passwd"),
    "a path upwards": lambda good, _key: with_entry(good, "../../../../etc/passwd"),
    "a path with a drive": lambda good, _key: with_entry(good, "C:\\Windows\\win.ini"),
    "a path that steers a terminal": lambda good, _key: with_entry(good, "public/\x1b[2J\x1b[31m.pdf"),
    "a path of 60,000 letters": lambda good, _key: with_entry(good, "p" * 60_000),
    "a path in other letters": lambda good, _key: with_entry(good, "public/01-m\u043etion.pdf"),
    "a folder": lambda good, _key: with_entry(good, "public/", b""),
    "a file twice": lambda good, _key: with_entry(good, "packet.pdf"),
    "the media type twice": lambda good, _key: with_entry(good, *MIMETYPE),
    "the signature twice": lambda good, _key: with_entry(good, SIGNATURE_PATH),
    "a page before": lambda good, _key: b"%PDF-1.7\n" + good,
    "a page after": lambda good, _key: good + b"%PDF-1.7\n",
    "a comment of 65,535 bytes": lambda good, _key: good[:-2] + b"\xff\xff" + b"c" * 65_535,
    "entities in the list": lambda good, _key: with_part(good, LIST_PATH, ENTITIES),
    "a list 100,000 deep": lambda good, _key: with_part(good, LIST_PATH, b"<a>" * 100_000),
    "a list of 10 megabytes": lambda good, _key: with_part(good, LIST_PATH, file_list({}) + b" " * 10_000_000),
    "a signature of 10 megabytes": lambda good, _key: with_part(good, SIGNATURE_PATH, b"\x30" * 10_000_000),
    "a signature 4,000 deep": lambda good, _key: with_part(good, SIGNATURE_PATH, deep_der(4000)),
    "a signature without an end": lambda good, _key: with_part(good, SIGNATURE_PATH, b"\x30\x80" * 1000),
    "a manifest 100,000 deep": lambda _good, key: build_container({"manifest.json": b"[" * 100_000}, key, NOW),
    "a manifest of 20 megabytes": lambda _good, key: build_container(
        {"manifest.json": manifest(["x" * 20_000_000])}, key, NOW
    ),
    "a number of 100,000 digits": lambda _good, key: build_container({"manifest.json": b"9" * 100_000}, key, NOW),
    "a manifest of 20,000 documents": lambda _good, key: build_container(
        {"manifest.json": manifest([{"file": f"{one}.pdf", "sealed": True} for one in range(20_000)])}, key, NOW
    ),
    "a stranger's hostile PDF": lambda _good, key: build_container(
        {"a.pdf": HOSTILE_PDF, "manifest.json": manifest([{"file": "a.pdf", "sealed": True, "sha256": "0"}])}, key, NOW
    ),
    "300 later stampings": lambda good, _key: stamped_often(good, 300),
    "a later stamp of 10 megabytes": lambda good, _key: zipped(
        [*opened(good).items(), (LAST_ARCHIVE_LIST_PATH, b""), ("META-INF/timestamp001.tst", b"\x30" * 10_000_000)]
    ),
    "200 certificates": lambda _good, key: build_container({"manifest.json": b"{}"}, many_certificates(key), NOW),
    "a certificate that is none": lambda _good, _key: build_container(
        {"manifest.json": b"{}"}, misshapen_certificate(), NOW
    ),
}
