"""Stamping a bundle again, so that it proves itself when the certificate of its last time stamp has run out.

An archive manifest with a time stamp (ETSI EN 319 162-1 § A.7) is put behind the signature. It lists everything before
it, earlier stampings included, so that each stamp vouches for those before it while their certificates were in force.
Nothing of what was there changes: list and signature verify as before.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cryptography import x509

from service.signing.asic import LAST_ARCHIVE_LIST_PATH, archive_paths, file_list, is_payload_path, lay_out
from service.signing.time_reading import TimeStamp, TimeStampFault, read_time_stamp

_LARGEST_STAMP = 64 * 1024
_FRAME = re.compile(
    r"META-INF/(?:ASiCManifest001\.xml|signature001\.p7s|ASiCArchiveManifest\d{3}\.xml|timestamp\d{3}\.tst)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStamp:
    """One later stamping: the paths of its list and its time stamp, and either the stamp or what is wrong with it."""

    list_path: str
    stamp_path: str
    stamp: TimeStamp | None
    fault: str | None = None


def stamped_again(entries: Mapping[str, bytes], stamp: Callable[[bytes], bytes]) -> bytes:
    """The container with one more stamping over all that it holds; ``stamp`` makes a token over what it is given."""
    held = dict(entries)
    made = archive_paths(held.keys())
    if made:
        held[f"META-INF/ASiCArchiveManifest{len(made):03}.xml"] = held.pop(LAST_ARCHIVE_LIST_PATH)
    stamp_path = f"META-INF/timestamp{len(made) + 1:03}.tst"
    listed = file_list(_digests(held), stamp_path)
    return lay_out({**held, LAST_ARCHIVE_LIST_PATH: listed, stamp_path: stamp(listed)})


def read_archive(entries: Mapping[str, bytes], roots: Sequence[x509.Certificate]) -> tuple[ArchiveStamp, ...]:
    """Check every later stamping of a container, oldest first: what it lists, over what it was made, by whom.

    ``roots`` are the time-stamp authorities to trust. Where some are given, a stamp that leads to none is a fault.
    """
    pairs = archive_paths(entries.keys())
    if not pairs:
        return ()
    later = {path for pair in pairs for path in pair}
    held = _digests({path: content for path, content in entries.items() if path not in later})
    found: list[ArchiveStamp] = []
    for number, (list_path, stamp_path) in enumerate(pairs, start=1):
        found.append(_read(list_path, stamp_path, entries, file_list(held, stamp_path), roots))
        archived = {f"META-INF/ASiCArchiveManifest{number:03}.xml": entries.get(list_path, b"")}
        held |= _digests({**archived, stamp_path: entries.get(stamp_path, b"")})
    return tuple(found)


def _read(
    list_path: str, stamp_path: str, entries: Mapping[str, bytes], expected: bytes, roots: Sequence[x509.Certificate]
) -> ArchiveStamp:
    def fault(words: str) -> ArchiveStamp:
        return ArchiveStamp(list_path=list_path, stamp_path=stamp_path, stamp=None, fault=words)

    if missing := [path for path in (list_path, stamp_path) if path not in entries]:
        return fault(f"{' and '.join(missing)} cannot be found or read")
    if len(entries[stamp_path]) > _LARGEST_STAMP:
        return fault(f"{stamp_path} is larger than any time stamp")
    if entries[list_path] != expected:
        return fault(f"{list_path} does not list what the bundle holds")
    try:
        stamp = read_time_stamp(entries[stamp_path], expected, roots)
    except TimeStampFault as reason:
        return fault(f"{stamp_path}: {reason}")
    if roots and stamp.root is None:
        return fault(f"{stamp_path} names {stamp.authority}, but leads to none of the time-stamp roots that were given")
    return ArchiveStamp(list_path=list_path, stamp_path=stamp_path, stamp=stamp)


def _digests(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """What no list can name is left out here: it is a fault by itself, as a file that was added."""
    listable = (path for path in entries if is_payload_path(path) or _FRAME.fullmatch(path))
    return {path: hashlib.sha256(entries[path]).digest() for path in listable}
