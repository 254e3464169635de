"""What a page says, as a digest: its content, and the maps from glyphs to text of the fonts it is set in.

Equal fingerprints mean equal text: a packet is checked with them against the parts it was made of. Streams are taken as
they are packed, because merging and saving copy them so.
"""

import hashlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary

_DIRECT = (0, 0)


def fingerprints(pages: Iterable[pikepdf.Page], *, wrapped: bool = False) -> tuple[bytes, ...]:
    """The digest of each page of one file; ``wrapped`` leaves out each page's first and last content stream.

    Those carry the stamp. What says the same of a font is read once for all pages.
    """
    read: dict[tuple[int, int], bytes] = {}
    return tuple(_fingerprint(page, read, wrapped=wrapped) for page in pages)


def _fingerprint(page: pikepdf.Page, read: dict[tuple[int, int], bytes], *, wrapped: bool) -> bytes:
    contents = page.obj.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    digest = hashlib.sha256()
    for stream in streams[1:-1] if wrapped else streams:
        digest.update(stream.read_raw_bytes())
    fonts = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
    for name, font in sorted(fonts.items()):
        place = font.objgen
        if place == _DIRECT or place not in read:
            read[place] = _of_font(font)
        digest.update(name.encode() + read[place])
    return digest.digest()


def _of_font(font: pikepdf.Object) -> bytes:
    digest = hashlib.sha256(f"{font.get('/BaseFont')} {font.get('/Encoding', '')!s:.64}".encode())
    if "/ToUnicode" in font and isinstance(font.ToUnicode, pikepdf.Stream):
        digest.update(font.ToUnicode.read_raw_bytes())
    return digest.digest()
