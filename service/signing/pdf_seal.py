"""The seal inside a PDF: a PAdES certification signature, B-B or B-T, that no reader sees on the page.

The signature's widget has no extent and lies outside the crop box. So it needs neither a tag nor an appearance:
PDF/A-2 exempts empty rectangles (ISO 19005-2 § 6.3.3) and PDF/UA-1 exempts what lies outside the page
(ISO 14289-1 § 7.18.1), while the print flag that PDF/A wants stays set. The update is appended; not one byte of the
document before it changes, and its metadata stay as they were.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pikepdf import Array, Dictionary, Name

from service.assembling.pdf.memory_files import opened
from service.assembling.pdf.revision import Reference, Revision, Verbatim
from service.signing.cades import TokenMaker, detached_signature, signed_attributes, signed_data
from service.signing.keys import SigningKey
from service.signing.timestamping import LARGEST_TOKEN

FILER_FIELD = "Sig-Filer"
HEX_DIGITS_A_BYTE = 2
_FIELD_LABEL = "Electronic seal of the filer"
_PRINTED_AND_LOCKED = 4 | 128
_OUTSIDE = (-9999,) * 4
_SIGNED_AND_APPENDED_ONLY = 3
_FILLING_AND_SIGNING = 2
_LIMITED = {
    "/Type": Name.SigRef,
    "/TransformMethod": Name.DocMDP,
    "/TransformParams": {"/Type": Name.TransformParams, "/V": Name("/1.2"), "/P": _FILLING_AND_SIGNING},
}
_REASON = "Released for filing by the attorney who signs it"
_EMPTY_DIGEST = bytes(32)
_DER_OVERHEAD = 16
# The four numbers of a byte range as wide as they may become.
_RANGE_ROOM = b"[0 0000000000 0000000000 0000000000]"


def seal_pdf(
    pdf: bytes,
    key: SigningKey,
    at: datetime,
    stamp: TokenMaker | None = None,
) -> bytes:
    """Append a certification over the whole of ``pdf``, its claimed time ``at`` (which must carry a zone).

    Later changes are limited to filling form fields and signing (DocMDP level 2), so that a clerk's file mark and a
    judge's signature leave it valid. ``stamp`` makes a time-stamp token over the signature value, or ``None`` where
    no time is to be had.

    Raises:
        ValueError: the PDF is signed already: a certification comes first or not at all (ISO 32000-1 § 12.8.2.2).
        PacketFailed: the PDF has no plain cross-reference table to append to.
    """
    certificates = (key.certificate, *key.chain)
    room = b"<%s>" % (b"0" * _room(certificates, stamped=stamp is not None))
    with opened(pdf) as document:
        if any(field.get("/FT") == Name.Sig and "/V" in field for field in _fields(document)):
            raise ValueError("a PDF that carries a signature cannot be certified")
        revision = Revision(pdf, document)
        signature = revision.add(
            {
                "/Type": Name.Sig,
                "/Filter": Name("/Adobe.PPKLite"),
                "/SubFilter": Name("/ETSI.CAdES.detached"),
                "/ByteRange": Verbatim(_RANGE_ROOM),
                "/Contents": Verbatim(room),
                "/M": f"{at.astimezone(UTC):D:%Y%m%d%H%M%SZ}",
                "/Reason": _REASON,
                "/Reference": [_LIMITED],
            }
        )
        _add_field(document, revision, signature)
        _state_in_catalogue(document, revision, signature)
        reserved = revision.appended()
    return _filled(reserved, len(pdf), room, lambda digest: detached_signature(digest, key, None, stamp))


def _fields(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The form's fields and whatever is below them."""
    waiting = list(document.Root.get("/AcroForm", Dictionary()).get("/Fields", Array()))
    while waiting:
        field = waiting.pop()
        yield field
        waiting.extend(field.get("/Kids", Array()))


def _add_field(document: pikepdf.Pdf, revision: Revision, signature: Reference) -> None:
    """Let a new field that nobody sees hold the signature."""
    root = revision.entries(document.Root)
    if "/AcroForm" not in root:
        root["/AcroForm"] = revision.add({"/Fields": []})
    form = revision.within(root, "/AcroForm")
    form["/SigFlags"] = _SIGNED_AND_APPENDED_ONLY
    first = document.pages[0].obj
    widget = revision.add(
        {
            "/Type": Name.Annot,
            "/Subtype": Name.Widget,
            "/FT": Name.Sig,
            "/T": FILER_FIELD,
            "/TU": _FIELD_LABEL,
            "/F": _PRINTED_AND_LOCKED,
            "/Rect": Array(_OUTSIDE),
            "/P": first,
            "/V": signature,
        }
    )
    form["/Fields"] = [*form.get("/Fields", []), widget]
    # A page with an annotation says that its tab order is the structure's (ISO 14289-1 § 7.18.3).
    page = revision.entries(first)
    page |= {"/Annots": [*page.get("/Annots", []), widget], "/Tabs": Name.S}


def _state_in_catalogue(document: pikepdf.Pdf, revision: Revision, certification: Reference) -> None:
    """The certification, and that PAdES goes beyond ISO 32000-1 (ETSI EN 319 142-1 § 5.6)."""
    root = revision.entries(document.Root)
    root["/Perms"] = {"/DocMDP": certification}
    if document.pdf_version < "1.7":
        root["/Version"] = Name("/1.7")
    if document.pdf_version < "2.0":
        esic = {"/Type": Name.DeveloperExtensions, "/BaseVersion": Name("/1.7"), "/ExtensionLevel": 1}
        root["/Extensions"] = {**dict(root.get("/Extensions", Dictionary()).items()), "/ESIC": esic}


def _filled(reserved: bytes, after: int, room: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """State the byte range and put the signature of all other bytes into the room kept behind ``after``."""
    start = reserved.index(room, after)
    end = start + len(room)
    place = reserved.index(_RANGE_ROOM, after)
    stated = b"[0 %d %d %d]" % (start, end, len(reserved) - end)
    content = bytearray(reserved)
    content[place : place + len(_RANGE_ROOM)] = stated.ljust(len(_RANGE_ROOM))
    covered = memoryview(content)
    digest = hashlib.sha256(covered[:start])
    digest.update(covered[end:])
    covered.release()
    signature = sign(digest.digest()).hex().encode()
    content[start + 1 : start + 1 + len(signature)] = signature
    return bytes(content)


@lru_cache(maxsize=16)
def _room(certificates: tuple[x509.Certificate, ...], *, stamped: bool) -> int:
    """Hexadecimal digits to reserve; a placeholder as long as the longest signature saves a trial signature."""
    public_key = certificates[0].public_key()
    bits = public_key.key_size if isinstance(public_key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) else 0
    longest = bytes(bits // 4 + _DER_OVERHEAD)
    attributes = signed_attributes(_EMPTY_DIGEST, certificates[0], None)
    stamp_room = LARGEST_TOKEN if stamped else 0
    return (len(signed_data(certificates, attributes, longest)) + stamp_room) * HEX_DIGITS_A_BYTE
