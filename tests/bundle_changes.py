"""Ways to change a bundle, each with the parts of which at least one must be named when it is found."""

import random
import struct
import warnings
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile

from cryptography import x509

from service.errors import BundleRefused
from service.signing.asic import LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH, archive_paths, lay_out
from service.signing.findings import Verdict
from service.signing.verification import verify
from service.signing.verify_bundle import check
from tests.hostile_bundles import opened

ADDED = ["public/09-more.pdf", "facts2.json", "META-INF/other.xml", "META-INF/timestamp009.tst", "a.txt", "mimetype2"]
"""What no bundle holds: beside its files, in its frame, and where nothing belongs."""


class Changed(NamedTuple):
    """A changed bundle, what was done, and the parts of which at least one must be named."""

    bundle: bytes
    what: str
    parts: frozenset[str]


def flip_anywhere(original: bytes, chance: random.Random) -> Changed:
    place = chance.randrange(len(original))
    return Changed(flipped(original, place, chance), f"flip at {place}", parts_at(original, place))


def flip_in_the_frame(original: bytes, chance: random.Random) -> Changed:
    """Headers, signature and directory are small beside the files; here every change falls on them."""
    with ZipFile(BytesIO(original)) as archive:
        starts = [entry.header_offset for entry in archive.infolist()]
        directory = archive.start_dir
    start = chance.choice([*starts, directory, directory, starts[-1]])
    place = min(start + chance.randrange(90 if start in starts[:-1] else 1200), len(original) - 1)
    return Changed(flipped(original, place, chance), f"flip at {place}", parts_at(original, place))


def flip_and_lay_out_again(original: bytes, chance: random.Random) -> Changed:
    """As one who knows ZIP would: checksums and directory agree with the changed file."""
    entries = opened(original)
    path = chance.choice([path for path in entries if entries[path]])
    entries[path] = flipped(entries[path], chance.randrange(len(entries[path])), chance)
    return Changed(lay_out(entries), f"flip in {path}", frozenset(bound_to(path, entries)))


def drop_a_file(original: bytes, chance: random.Random) -> Changed:
    entries = opened(original)
    path = chance.choice(list(entries))
    del entries[path]
    return Changed(lay_out(entries), f"drop {path}", frozenset({path}))


def add_a_file(original: bytes, chance: random.Random) -> Changed:
    path = chance.choice(ADDED)
    return Changed(lay_out({**opened(original), path: b"%PDF-1.7"}), f"add {path}", frozenset({path}))


def swap_two_files(original: bytes, chance: random.Random) -> Changed:
    entries = opened(original)
    one, other = chance.sample(payload(entries), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return Changed(lay_out(entries), f"swap {one} and {other}", frozenset({one, other}))


def rename_a_file(original: bytes, chance: random.Random) -> Changed:
    entries = opened(original)
    path = chance.choice(list(entries))
    entries[path.replace(".", "x.") if "." in path else f"{path}x"] = entries.pop(path)
    return Changed(lay_out(entries), f"rename {path}", frozenset({path}))


def reorder_the_files(original: bytes, chance: random.Random) -> Changed:
    """The same files in another order, everything else as it is written."""
    pieces = list(opened(original).items())
    one, other = sorted(chance.sample(range(len(pieces)), 2))
    pieces[one], pieces[other] = pieces[other], pieces[one]
    container = BytesIO()
    with ZipFile(BytesIO(original)) as source, ZipFile(container, "w") as target:
        for path, content in pieces:
            target.writestr(source.getinfo(path), content)
    return Changed(container.getvalue(), f"reorder {one} and {other}", frozenset({pieces[one][0], pieces[other][0]}))


def cut_off(original: bytes, chance: random.Random) -> Changed:
    kept = chance.randrange(len(original))
    return Changed(original[:kept], f"cut at {kept}", frozenset({"container", *opened(original)}))


def slip_in(original: bytes, chance: random.Random) -> Changed:
    place = chance.randrange(len(original) + 1)
    extra = chance.randbytes(chance.randint(1, 40))
    return Changed(original[:place] + extra + original[place:], f"slip in at {place}", parts_at(original, place))


def put_before(original: bytes, chance: random.Random) -> Changed:
    extra = chance.choice([b"\n", b"%PDF-1.7\n", b"#!/bin/sh\n", chance.randbytes(chance.randint(1, 4000))])
    return Changed(extra + original, "put before", frozenset({"container", *opened(original)}))


def put_behind(original: bytes, chance: random.Random) -> Changed:
    extra = chance.choice([b"\n", b"\0", b"%%EOF\n", original[-22:], chance.randbytes(chance.randint(1, 4000))])
    return Changed(original + extra, "put behind", frozenset({"container", *opened(original)}))


def comment_on(original: bytes, chance: random.Random) -> Changed:
    """A comment as ZIP has it: the end says how long it is."""
    comment = chance.randbytes(chance.randint(1, 300))
    commented = original[:-2] + struct.pack("<H", len(comment)) + comment
    return Changed(commented, "comment", frozenset({"container"}))


def double_a_file(original: bytes, chance: random.Random) -> Changed:
    """The same name twice, the false content first or last, whichever a reader takes."""
    entries = list(opened(original).items())
    path, content = chance.choice(entries)
    entries.insert(chance.choice([0, len(entries)]), (path, chance.choice([b"false", content])))
    written = BytesIO()
    with warnings.catch_warnings(action="ignore"), ZipFile(written, "w", ZIP_STORED) as archive:
        for name, one in entries:
            archive.writestr(name, one)
    return Changed(written.getvalue(), f"double {path}", frozenset({path}))


def tell_directory_and_file_apart(original: bytes, chance: random.Random) -> Changed:
    """The header before a file and the directory at the end contradict each other in one field."""
    with ZipFile(BytesIO(original)) as archive:
        entry, directory = chance.choice(archive.infolist()), archive.start_dir
    field, width = chance.choice([(4, 2), (6, 2), (8, 2), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2), (30, 1)])
    if chance.random() < 0.5:
        place, parts = entry.header_offset + field, {entry.filename}
    else:
        name = entry.filename.encode()
        record = original.index(name, directory) - 46
        place, parts = record + (46 if field == 30 else field + 2), {entry.filename, "container"}
    changed = original[:place] + bytes(byte ^ chance.randint(1, 255) for byte in original[place : place + width])
    what = f"field {field} of {entry.filename}"
    return Changed(changed + original[place + width :], what, frozenset({*parts, "container"}))


def slip_into_a_header(original: bytes, chance: random.Random) -> Changed:
    """An extra field, which ZIP programs pass over, in the header before a file alone."""
    with ZipFile(BytesIO(original)) as archive:
        entry = chance.choice(archive.infolist())
    place = entry.header_offset
    start = place + 30 + len(entry.filename)
    extra = struct.pack("<2H", 0xCAFE, 4) + chance.randbytes(4)
    header = original[place : place + 28] + struct.pack("<H", len(extra)) + original[place + 30 : start]
    changed = original[:place] + header + extra + original[start:]
    return Changed(changed, f"extra field of {entry.filename}", frozenset({entry.filename, "container"}))


def change_each_class(original: bytes, chance: random.Random) -> Changed:
    """One byte of one class of bytes of one part: header, name, beginning, middle, end, directory, end of it all."""
    with ZipFile(BytesIO(original)) as archive:
        entry, directory = chance.choice(archive.infolist()), archive.start_dir
    start = entry.header_offset + 30 + len(entry.filename)
    record = original.index(entry.filename.encode(), directory) - 46
    places = {
        "header": entry.header_offset + chance.randrange(30),
        "name": entry.header_offset + 30 + chance.randrange(len(entry.filename)),
        "beginning": start,
        "middle": start + entry.file_size // 2,
        "end": start + max(entry.file_size - 1, 0),
        "directory": record + chance.randrange(46),
        "name in the directory": record + 46 + chance.randrange(len(entry.filename)),
        "end of the directory": len(original) - 1 - chance.randrange(22),
    }
    kind = chance.choice(list(places))
    place = places[kind]
    return Changed(flipped(original, place, chance), f"{kind} of {entry.filename}", parts_at(original, place))


CHANGES_BY_NAME = (
    change_each_class,
    put_before,
    put_behind,
    comment_on,
    double_a_file,
    tell_directory_and_file_apart,
    slip_into_a_header,
    flip_anywhere,
    flip_in_the_frame,
    flip_and_lay_out_again,
    drop_a_file,
    add_a_file,
    swap_two_files,
    rename_a_file,
    reorder_the_files,
    cut_off,
    slip_in,
)


def parts_at(bundle: bytes, place: int) -> frozenset[str]:
    """The file whose header or content lies there, or the container, whose directory names every file."""
    with ZipFile(BytesIO(bundle)) as archive:
        if place >= archive.start_dir:
            return frozenset({"container", *archive.namelist()})
        entry = max(
            (one for one in archive.infolist() if one.header_offset <= place), key=lambda one: one.header_offset
        )
    return frozenset({entry.filename})


def flipped(content: bytes, place: int, chance: random.Random) -> bytes:
    return content[:place] + bytes([content[place] ^ chance.randint(1, 255)]) + content[place + 1 :]


def payload(entries: dict[str, bytes]) -> list[str]:
    frame = {MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH}.union(*archive_paths(entries.keys()))
    return [path for path in entries if path not in frame]


def bound_to(path: str, entries: dict[str, bytes]) -> set[str]:
    """A list and what signs or stamps it stand and fall together."""
    pairs = [(LIST_PATH, SIGNATURE_PATH), *archive_paths(entries.keys())]
    return {path}.union(*(pair for pair in pairs if path in pair))


def changes_found(
    original: bytes,
    roots: Sequence[x509.Certificate],
    each: int,
    seed: int,
    time_roots: Sequence[x509.Certificate] = (),
) -> dict[str, int]:
    """Try every kind of change so many times; each must be found and named by both verifiers. How many were, by kind.

    Raises:
        AssertionError: one was not; the message says which, and by which seed it comes again.
    """
    assert verify(original, roots, time_roots=time_roots).verdict is Verdict.SIGNED
    assert not check(original, roots, time_roots).faults
    found: Counter[str] = Counter()
    for kind in CHANGES_BY_NAME:
        chance = random.Random(f"{seed} {kind.__name__}")  # noqa: S311  # a test's choice, no secret
        while found[kind.__name__] < each:
            change = kind(original, chance)
            if change.bundle == original:
                continue
            named = named_by_the_service(change.bundle, roots, time_roots)
            assert named & change.parts, (seed, change.what, named)
            named = {part for part, _ in check(change.bundle, roots, time_roots).faults}
            # Where a length was changed, the one file can only tell that something is wrong, not before which file.
            assert named & {*change.parts, "container"}, (seed, change.what, named)
            found[kind.__name__] += 1
    return dict(found)


def named_by_the_service(
    bundle: bytes, roots: Sequence[x509.Certificate], time_roots: Sequence[x509.Certificate]
) -> set[str]:
    """The parts that the service blames; a bundle that it refuses unread is blamed as a whole."""
    try:
        found = verify(bundle, roots, time_roots=time_roots)
    except BundleRefused:
        return {"container"}
    assert found.verdict in {Verdict.DO_NOT_RELY, Verdict.NOT_A_BUNDLE}
    return set(found.failed_parts) or {"container"}
