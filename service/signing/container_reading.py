"""Taking a container apart without believing it.

The layout is fixed (see ``asic.py``), so the strictest check is the simplest: write the container again from the files
found in it and compare. Whatever hides outside the files - data before, between or after them, a second entry of the
same name, a comment, a changed time, a local header that contradicts the directory - makes the copies differ, and the
first byte that differs says where.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from service.errors import BundleRefused
from service.signing.asic import CONTAINER_MEDIA_TYPE, MIMETYPE_PATH, lay_out
from service.signing.entry_reading import UNREADABLE, FoundEntries, entries_by_directory, entries_by_headers

CONTAINER_PART = "container"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLimits:
    """How large a bundle may be before it is refused unread: bytes as sent, and number of entries."""

    largest_bytes: int = 200 * 1024 * 1024
    most_entries: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFault:
    """A fault of the layout in words, and the part it lies in: a path, or ``container`` for what belongs to no file."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerContents:
    """What a container holds: readable entries, unreadable ones with the reason, and faults of the layout."""

    entries: Mapping[str, bytes]
    damaged: Mapping[str, str]
    layout_faults: tuple[LayoutFault, ...]


def read_container(bundle: bytes, limits: BundleLimits) -> ContainerContents | None:
    """Take a container apart; ``None`` where the bytes are no ZIP file and do not begin like a bundle.

    Raises:
        BundleRefused: the bundle is larger than the limits, or says it holds more than it can.
    """
    if len(bundle) > limits.largest_bytes:
        raise BundleRefused(f"The bundle is larger than {limits.largest_bytes} bytes and was not examined.")
    readings = (entries_by_directory(bundle, limits.most_entries), entries_by_headers(bundle, limits.most_entries))
    found = [reading for reading in readings if reading]
    if not found:
        return None
    whole = _together(found)
    faults = _layout_faults(whole, bundle)
    if len({frozenset(reading.names) for reading in found}) > 1:
        words = "is damaged: what its directory names and what is there are not the same"
        faults = (*faults, LayoutFault(part=CONTAINER_PART, reason=words))
    return ContainerContents(entries=whole.contents, damaged=whole.damaged, layout_faults=faults)


def _together(found: Sequence[FoundEntries]) -> FoundEntries:
    """What any reading could read: where damage shifts or hides some files from one, the other may still find them."""
    contents: dict[str, bytes] = {}
    names: Counter[str] = Counter()
    for reading in reversed(found):
        contents.update(reading.contents)
        names |= Counter(reading.names)
    damaged = {path: why for reading in found for path, why in reading.damaged.items() if path not in contents}
    return FoundEntries(names=tuple(names.elements()), contents=contents, damaged=damaged)


def _layout_faults(found: FoundEntries, bundle: bytes) -> tuple[LayoutFault, ...]:
    counted = Counter(found.names)
    faults = [LayoutFault(part=path, reason=f"is there {times} times") for path, times in counted.items() if times > 1]
    faults += [LayoutFault(part=path, reason=f"cannot be read: {reason}") for path, reason in found.damaged.items()]
    media_type = found.contents.get(MIMETYPE_PATH)
    if MIMETYPE_PATH not in found.damaged and media_type != CONTAINER_MEDIA_TYPE.encode():
        faults.append(LayoutFault(part=MIMETYPE_PATH, reason="does not say that this is an ASiC-E container"))
    if not faults and (deviation := _deviation(found, bundle)):
        faults.append(deviation)
    return tuple(faults)


def _deviation(found: FoundEntries, bundle: bytes) -> LayoutFault | None:
    """Where the bundle first differs from the one layout its files can have."""
    try:
        expected = lay_out(found.contents)
    except UNREADABLE:
        return LayoutFault(part=CONTAINER_PART, reason="holds a file whose name this service never writes")
    if expected == bundle:
        return None
    place = _first_difference(expected, bundle)
    with ZipFile(BytesIO(expected)) as archive:
        entries, directory = archive.infolist(), archive.start_dir
    if place >= directory:
        return LayoutFault(part=CONTAINER_PART, reason="is not as it was written: its directory, at the end, differs")
    part = max((entry for entry in entries if entry.header_offset <= place), key=lambda entry: entry.header_offset)
    reason = "is not where or how it was written: something was moved, put before it, or changed around it"
    return LayoutFault(part=part.filename, reason=reason)


def _first_difference(one: bytes, other: bytes) -> int:
    """The length of the common beginning, by halving: the comparison itself is the machine's."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
