"""Taking a container apart without believing it.

The layout is fixed (see ``asic.py``), so the strictest check is the simplest: write the container again from the files
found in it and compare. Whatever hides outside the files - data before, between or after them, a second entry of the
same name, a comment, a changed time, a local header that contradicts the directory - makes the copies differ.
"""

import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from service.errors import BundleRefused
from service.signing.asic import CONTAINER_MEDIA_TYPE, MIMETYPE_PATH, lay_out

_UNREADABLE = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, OverflowError, struct.error)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLimits:
    """How large a bundle may be before it is refused unread: bytes as sent, and number of entries."""

    largest_bytes: int = 200 * 1024 * 1024
    most_entries: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerContents:
    """What a container holds: readable entries, unreadable ones with the reason, and faults of the layout."""

    entries: Mapping[str, bytes]
    damaged: Mapping[str, str]
    layout_faults: tuple[str, ...]


def read_container(bundle: bytes, limits: BundleLimits) -> ContainerContents | None:
    """Take a container apart; ``None`` where the bytes are no ZIP file at all.

    Nothing is decompressed: an entry that is not stored plainly was not written by this service.

    Raises:
        BundleRefused: the bundle is larger than the limits, or says it holds more than it can.
    """
    if len(bundle) > limits.largest_bytes:
        raise BundleRefused(f"The bundle is larger than {limits.largest_bytes} bytes and was not examined.")
    try:
        archive = ZipFile(BytesIO(bundle))
    except _UNREADABLE:
        return None
    with archive:
        listed = archive.infolist()
        if len(listed) > limits.most_entries:
            raise BundleRefused(f"The bundle holds more than {limits.most_entries} files and was not examined.")
        if sum(entry.file_size for entry in listed if _is_plain(entry)) > len(bundle):
            raise BundleRefused("The bundle says it holds more than it can. It was not examined.")
        return _contents(archive, listed, bundle)


def _contents(archive: ZipFile, listed: list[ZipInfo], bundle: bytes) -> ContainerContents:
    entries: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    for entry in listed:
        try:
            entries[entry.filename] = _stored(archive, entry)
        except _UNREADABLE as reason:
            damaged[entry.filename] = str(reason) or "it cannot be read"
    return ContainerContents(
        entries={path: content for path, content in entries.items() if path not in damaged},
        damaged=damaged,
        layout_faults=_layout_faults(listed, entries, damaged, bundle),
    )


def _is_plain(entry: ZipInfo) -> bool:
    return entry.compress_type == ZIP_STORED and not entry.flag_bits & _ENCRYPTED


def _stored(archive: ZipFile, entry: ZipInfo) -> bytes:
    if not _is_plain(entry):
        raise BadZipFile("it is compressed or encrypted, which this service never does")
    return archive.read(entry)


def _layout_faults(
    listed: list[ZipInfo], entries: Mapping[str, bytes], damaged: Mapping[str, str], bundle: bytes
) -> tuple[str, ...]:
    counted = Counter(entry.filename for entry in listed)
    faults = [f"{path} is there {times} times" for path, times in counted.items() if times > 1]
    faults += [f"{path} cannot be read: {reason}" for path, reason in damaged.items()]
    if MIMETYPE_PATH not in damaged and entries.get(MIMETYPE_PATH) != CONTAINER_MEDIA_TYPE.encode():
        faults.append(f"{MIMETYPE_PATH} does not say that this is an ASiC-E container")
    if not faults and not _written_again(entries, bundle):
        faults.append("the bundle is not laid out as it was written: something was added, moved or changed around it")
    return tuple(faults)


def _written_again(entries: Mapping[str, bytes], bundle: bytes) -> bool:
    try:
        return lay_out(entries) == bundle
    except _UNREADABLE:
        return False
