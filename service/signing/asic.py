"""The signed container: ASiC-E with CAdES (ETSI EN 319 162-1 § 4.4).

A ZIP file in one fixed layout, so that it can be written again from its files and compared byte for byte:

1. ``mimetype``; 2. the payload in code-point order of its paths; 3. ``META-INF/ASiCManifest001.xml``, the SHA-256 of
every payload file; 4. ``META-INF/signature001.p7s``, a detached CAdES signature over that list; 5. where the
bundle was stamped again later, a list of all before and a time stamp over that list, for each time (§ A.7).

Every entry is stored as it is, never compressed: what a PDF or Word file would gain is little, and another zlib would
write other bytes. All entries carry 1980-01-01, the earliest time a ZIP knows, and mode 0644. Only the signature
differs between two containers of the same files.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from service.signing.cades import TokenMaker, detached_signature
from service.signing.keys import SigningKey

CONTAINER_MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"
MIMETYPE_PATH = "mimetype"
LIST_PATH = "META-INF/ASiCManifest001.xml"
SIGNATURE_PATH = "META-INF/signature001.p7s"
LAST_ARCHIVE_LIST_PATH = "META-INF/ASiCArchiveManifest.xml"
ASIC_NAMESPACE = "http://uri.etsi.org/02918/v1.2.1#"
DSIG_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
SHA256_URI = "http://www.w3.org/2001/04/xmlenc#sha256"

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "xml": "application/xml",
    "ics": "text/calendar",
    "png": "image/png",
    "jpg": "image/jpeg",
}
_FRAME_MEDIA_TYPES = {"p7s": "application/pkcs7-signature", "tst": "application/vnd.etsi.timestamp-token"}
_PAYLOAD_PATH = re.compile(rf"(?:[a-z]{{1,16}}/)?[A-Za-z0-9_-]{{1,46}}\.(?:{'|'.join(_MEDIA_TYPES)})")
MOST_STAMPINGS = 100
_ARCHIVE_LIST = re.compile(r"META-INF/ASiCArchiveManifest(?:\d{3})?\.xml")
_ARCHIVE_STAMP = re.compile(r"META-INF/timestamp\d{3}\.tst")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_REGULAR_FILE_0644 = 0o100644 << 16


def build_container(
    files: Mapping[str, bytes],
    key: SigningKey,
    at: datetime,
    stamp: TokenMaker | None = None,
) -> bytes:
    """Put ``files`` (path to content) into a signed container; ``at`` is the claimed signing time.

    ``stamp`` is as for :func:`~service.signing.cades.detached_signature`.

    Raises:
        ValueError: a path is not one this container can hold; all such paths are named.
    """
    if unfit := sorted(path for path in files if not is_payload_path(path)):
        raise ValueError(f"not a path for a container: {', '.join(unfit)}")
    listed = file_list({path: hashlib.sha256(content).digest() for path, content in files.items()})
    signature = detached_signature(hashlib.sha256(listed).digest(), key, at, stamp)
    return lay_out(
        {MIMETYPE_PATH: CONTAINER_MEDIA_TYPE.encode(), **files, LIST_PATH: listed, SIGNATURE_PATH: signature}
    )


def is_payload_path(path: str) -> bool:
    """Whether a path is one file name, or one folder and a file name, with a known ending."""
    return _PAYLOAD_PATH.fullmatch(path) is not None


def media_type(path: str) -> str:
    """The media type that a payload path's ending stands for."""
    return (_MEDIA_TYPES | _FRAME_MEDIA_TYPES)[path.rpartition(".")[2]]


def archive_paths(paths: Collection[str]) -> list[tuple[str, str]]:
    """List and time stamp of each later stamping, oldest first, as many as ``paths`` hold either of.

    The newest list always has the name without a number; it gets its number when another follows (§ A.7). Where one of
    a pair was taken out, the other still tells of it.
    """
    lists, stamps = (sum(1 for path in paths if form.fullmatch(path)) for form in (_ARCHIVE_LIST, _ARCHIVE_STAMP))
    count = min(max(lists, stamps), MOST_STAMPINGS)
    names = [*(f"META-INF/ASiCArchiveManifest{number:03}.xml" for number in range(1, count)), LAST_ARCHIVE_LIST_PATH]
    return [(name, f"META-INF/timestamp{number:03}.tst") for number, name in enumerate(names[:count], start=1)]


def file_list(digests: Mapping[str, bytes], signature: str = SIGNATURE_PATH) -> bytes:
    """Every path with its media type and raw SHA-256, in code-point order, and what signs or stamps the list."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<asic:ASiCManifest xmlns:asic="{ASIC_NAMESPACE}" xmlns:ds="{DSIG_NAMESPACE}">',
        f'  <asic:SigReference URI="{signature}" MimeType="{media_type(signature)}"/>',
    ]
    for path in sorted(digests):
        lines += [
            f"  <asic:DataObjectReference URI={quoteattr(path)} MimeType={quoteattr(media_type(path))}>",
            f'    <ds:DigestMethod Algorithm="{SHA256_URI}"/>',
            f"    <ds:DigestValue>{base64.b64encode(digests[path]).decode()}</ds:DigestValue>",
            "  </asic:DataObjectReference>",
        ]
    return "\n".join([*lines, "</asic:ASiCManifest>", ""]).encode()


def lay_out(entries: Mapping[str, bytes]) -> bytes:
    """Write the entries as the one ZIP file they make, whatever order they are given in."""
    later = (path for pair in archive_paths(entries.keys()) for path in pair)
    first, last = (MIMETYPE_PATH,), (LIST_PATH, SIGNATURE_PATH, *later)
    payload = sorted(path for path in entries if path not in {*first, *last})
    container = BytesIO()
    with ZipFile(container, "w", ZIP_STORED) as archive:
        for path in (*first, *payload, *last):
            if path in entries:
                archive.writestr(_entry(path), entries[path])
    return container.getvalue()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, _EARLIEST)
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE_0644
    entry.compress_type = ZIP_STORED
    return entry
