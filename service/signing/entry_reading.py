"""Finding the files in a container that may be damaged, cut off, or made to deceive.

A ZIP file says twice what it holds: in a header before each file, and in the directory at its end. Damage to one leaves
the other, so both are read, and the files can still be named one by one. Nothing is decompressed: an entry that is not
stored plainly was not written by this service.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from service.errors import BundleRefused
from service.signing.asic import CONTAINER_MEDIA_TYPE, MIMETYPE_PATH

UNREADABLE = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, OverflowError, struct.error)
_ENCRYPTED = 0x1
_HEADER = struct.Struct("<4s5H3L2H")
_HEADER_MARK = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LARGEST_RECORD = 256
_FIRST_ENTRY = f"{MIMETYPE_PATH}{CONTAINER_MEDIA_TYPE}".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntries:
    """One reading of a container: the names in order, the contents that can be read, and why the others cannot."""

    names: tuple[str, ...]
    contents: Mapping[str, bytes]
    damaged: Mapping[str, str]


def entries_by_directory(bundle: bytes, most_entries: int) -> FoundEntries | None:
    """The files as the directory at the end names them; ``None`` where it cannot be read, or is larger than any.

    Raises:
        BundleRefused: it names more than ``most_entries`` files, or more bytes than there are.
    """
    if _directory_size(bundle) > most_entries * _LARGEST_RECORD:
        return None
    try:
        archive = ZipFile(BytesIO(bundle))
    except UNREADABLE:
        return None
    with archive:
        listed = archive.infolist()
        _refuse_too_many(len(listed), most_entries)
        if sum(entry.file_size for entry in listed if _is_plain(entry)) > len(bundle):
            raise BundleRefused("The bundle says it holds more than it can. It was not examined.")
        contents: dict[str, bytes] = {}
        damaged: dict[str, str] = {}
        for entry in listed:
            try:
                contents[entry.filename] = _stored(archive, entry)
            except UNREADABLE:
                damaged[entry.filename] = _why_unreadable(entry)
    return _found([entry.filename for entry in listed], contents, damaged)


def entries_by_headers(bundle: bytes, most_entries: int) -> FoundEntries | None:
    """The files as the headers before them name them, up to the first header that cannot be followed.

    ``None`` where the bytes do not begin as every bundle does, with its media type.

    Raises:
        BundleRefused: there are more than ``most_entries``.
    """
    if bundle[_HEADER.size : _HEADER.size + len(_FIRST_ENTRY)] != _FIRST_ENTRY:
        return None
    names: list[str] = []
    contents: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    place = 0
    while bundle.startswith(_HEADER_MARK, place) and len(bundle) - place >= _HEADER.size:
        *_, checksum, size, _size, name_length, extra_length = _HEADER.unpack_from(bundle, place)
        start = place + _HEADER.size + name_length + extra_length
        name = bundle[place + _HEADER.size : place + _HEADER.size + name_length].decode("ascii", "backslashreplace")
        place = start + size
        _refuse_too_many(len(names) + 1, most_entries)
        names.append(name)
        if place > len(bundle):
            damaged[name] = "it is cut off"
        elif zlib.crc32(bundle[start:place]) != checksum:
            damaged[name] = "its checksum is wrong"
        else:
            contents[name] = bundle[start:place]
    return _found(names, contents, damaged)


def _directory_size(bundle: bytes) -> int:
    """Bytes that the directory says it has, before anything of it is read; in ZIP64, never needed here, too many."""
    place = bundle.rfind(_END_MARK)
    if place < 0 or place + _END.size > len(bundle):
        return 0
    size: int = _END.unpack_from(bundle, place)[5]
    return size


def _found(names: list[str], contents: Mapping[str, bytes], damaged: Mapping[str, str]) -> FoundEntries:
    readable = {name: content for name, content in contents.items() if name not in damaged}
    return FoundEntries(names=tuple(names), contents=readable, damaged=damaged)


def _refuse_too_many(entries: int, most: int) -> None:
    if entries > most:
        raise BundleRefused(f"The bundle holds more than {most} files and was not examined.")


def _is_plain(entry: ZipInfo) -> bool:
    return entry.compress_type == ZIP_STORED and not entry.flag_bits & _ENCRYPTED


def _stored(archive: ZipFile, entry: ZipInfo) -> bytes:
    if not _is_plain(entry):
        raise BadZipFile(entry.filename)
    return archive.read(entry)


def _why_unreadable(entry: ZipInfo) -> str:
    if not _is_plain(entry):
        return "it is compressed or encrypted, which this service never does"
    return "its bytes do not match its checksum, or its header the directory"
