"""New and changed objects behind the bytes of a PDF, which stay as they are (ISO 32000-1, 7.5.6).

Nothing is parsed but what is changed, and what was proved of the pages still holds for the very bytes it was proved of.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

import pikepdf

from service.errors import PacketFailed


@dataclass(frozen=True, slots=True)
class Reference:
    """An object of this revision, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Verbatim:
    """What is written as it stands, such as room that is filled later."""

    syntax: bytes


class Revision:
    """What is appended to one file.

    Entries are Python's numbers, strings, lists and dictionaries, objects of the file, and references to what was
    added.
    """

    def __init__(self, content: bytes, document: pikepdf.Pdf) -> None:
        """Begin behind ``content``, which ``document`` was opened from.

        Raises:
            PacketFailed: The file ends in a cross-reference stream, which no table may follow.
        """
        if "/Type" in document.trailer:
            raise PacketFailed("A document has no plain cross-reference table. Report this.")
        self._content = content if content.endswith(b"\n") else content + b"\n"
        self._trailer = document.trailer
        self._entries: dict[tuple[int, int], dict[str, Any]] = {}
        self._streams: dict[tuple[int, int], bytes] = {}
        self._next = int(document.trailer.Size)

    def add(self, entries: Mapping[str, Any], stream: bytes | None = None) -> Reference:
        """Add a dictionary, or a stream of these bytes with these entries besides its length."""
        place = (self._next, 0)
        self._next += 1
        self._entries[place] = dict(entries)
        if stream is not None:
            self._entries[place]["/Length"] = len(stream)
            self._streams[place] = stream
        return Reference(place[0])

    def entries(self, of: pikepdf.Object | Reference) -> dict[str, Any]:
        """The entries of an indirect dictionary as this revision will have them, to be changed."""
        if isinstance(of, Reference):
            return self._entries[of.number, 0]
        if of.objgen not in self._entries:
            self._entries[of.objgen] = dict(of.items())
        return self._entries[of.objgen]

    def within(self, entries: dict[str, Any], key: str) -> dict[str, Any]:
        """The dictionary under a key of entries that are being changed, be it an object of its own or not."""
        value = entries[key]
        if isinstance(value, dict):
            return value
        if isinstance(value, Reference) or value.is_indirect:
            return self.entries(value)
        entries[key] = inner = dict(value.items())
        return inner

    def appended(self) -> bytes:
        """The file with this revision; the same revision always gives the same bytes."""
        parts = [self._content]
        offsets: dict[tuple[int, int], int] = {}
        end = len(self._content)
        for place in sorted(self._entries):
            offsets[place] = end
            parts.append(self._object(place))
            end += len(parts[-1])
        closing = b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (_written(self._closing(parts)), end)
        return b"".join([*parts, _table(offsets), closing])

    def _object(self, place: tuple[int, int]) -> bytes:
        body = _written(self._entries[place])
        if place in self._streams:
            body += b"\nstream\n" + self._streams[place] + b"\nendstream"
        return b"%d %d obj\n%s\nendobj\n" % (*place, body)

    def _closing(self, parts: list[bytes]) -> dict[str, Any]:
        """The trailer: the file keeps the first half of its identifier, the other says which revision this is."""
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
        own = pikepdf.String(digest.digest()[:16])
        first = self._trailer.ID[0] if "/ID" in self._trailer else own
        _, _, start = self._content.rpartition(b"startxref")
        entries = {key: self._trailer[key] for key in ("/Root", "/Info") if key in self._trailer}
        return {**entries, "/Size": self._next, "/Prev": int(start.split()[0]), "/ID": [first, own]}


def _table(offsets: Mapping[tuple[int, int], int]) -> bytes:
    """The cross-reference table, one section for each run of numbers."""
    lines = [b"xref\n"]
    for _, run in groupby(enumerate(offsets), lambda counted: counted[1][0] - counted[0]):
        places = [place for _, place in run]
        lines.append(b"%d %d\n" % (places[0][0], len(places)))
        lines += [b"%010d %05d n \n" % (offsets[place], place[1]) for place in places]
    return b"".join(lines)


def _written(value: Any) -> bytes:
    if isinstance(value, dict):
        return b"<<%s>>" % b" ".join([_name(key) + b" " + _written(each) for key, each in value.items()])
    if isinstance(value, list):
        return b"[%s]" % b" ".join([_written(each) for each in value])
    if isinstance(value, Reference):
        return b"%d 0 R" % value.number
    if isinstance(value, pikepdf.Object):
        return value.unparse()
    return value.syntax if isinstance(value, Verbatim) else _plain(value)


@lru_cache(maxsize=256)
def _name(key: str) -> bytes:
    return pikepdf.Name(key).unparse()


def _plain(value: str | Decimal | int | None) -> bytes:
    if isinstance(value, str):
        return pikepdf.String(value).unparse()
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    return (format(value, "f") if isinstance(value, Decimal) else str(value)).encode()
