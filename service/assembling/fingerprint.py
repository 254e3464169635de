"""What a page says, as a digest: its content, and the maps from glyphs to text of the fonts it is set in.

Equal fingerprints mean equal text: a packet is checked with them against the parts it was made of. Streams are taken as
they are packed, because merging and saving copy them so.
"""

import hashlib

import pikepdf
from pikepdf import Array, Dictionary


def fingerprint(page: pikepdf.Page, *, wrapped: bool = False) -> bytes:
    """The digest of a page; ``wrapped`` leaves out the first and last content stream, which carry the stamp."""
    contents = page.obj.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    digest = hashlib.sha256()
    for stream in streams[1:-1] if wrapped else streams:
        digest.update(stream.read_raw_bytes())
    fonts = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
    for name, font in sorted(fonts.items()):
        digest.update(f"{name} {font.get('/BaseFont')} {font.get('/Encoding', '')!s:.64}".encode())
        if "/ToUnicode" in font and isinstance(font.ToUnicode, pikepdf.Stream):
            digest.update(font.ToUnicode.read_raw_bytes())
    return digest.digest()
