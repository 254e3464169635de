"""Every change to a bundle is found, the part it lies in is named, and both verifiers agree.

``BUNDLE_CHANGES`` sets how many random changes are tried (``make soak`` tries thousands).
"""

import os
import random
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.assembling.packet_parts import Packet
from service.errors import BundleRefused
from service.signing.asic import LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH, lay_out
from service.signing.findings import Verdict
from service.signing.keys import SigningKey
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify
from service.signing.verify_bundle import check

CHANGES = int(os.environ.get("BUNDLE_CHANGES", "300"))
IssueKey = Callable[..., SigningKey]
Entries = dict[str, bytes]


class Changed(NamedTuple):
    """A changed bundle, what was done, and the parts of which at least one must be named."""

    bundle: bytes
    what: str
    parts: frozenset[str]


@pytest.fixture(scope="module")
def bundles(
    packet: Packet,
    notice_packet: Packet,
    enclosures: Enclosures,
    flat_enclosures: Enclosures,
    dev_key: SigningKey,
    at: datetime,
) -> list[bytes]:
    """Small ones first, for they are quick to check: most changes fall on them."""
    employer = sign_bundle(notice_packet, flat_enclosures, dev_key, at).containers
    court = sign_bundle(packet, flat_enclosures, dev_key, at).containers
    sealed = sign_bundle(packet, enclosures, dev_key, at).containers
    return [employer["employer"], employer["record"], court["court"], court["record"], sealed["court"]]


@settings(max_examples=CHANGES, deadline=None)
@given(seed=st.integers(0, 2**64))
def test_every_change_is_found_and_the_part_it_lies_in_is_named(
    seed: int, bundles: list[bytes], dev_key: SigningKey
) -> None:
    chance = random.Random(seed)  # noqa: S311  # a test's choice, no secret
    original = chance.choices(bundles, weights=[12, 4, 3, 2, 1])[0]
    change = chance.choice(CHANGES_BY_NAME)(original, chance)
    if change.bundle == original:
        return
    named = named_by_the_service(change.bundle, dev_key)
    assert named & change.parts, (change.what, named)
    named = {part for part, _ in check(change.bundle, dev_key.roots).faults}
    # Where a length was changed, the one file cannot tell which file it stood before: that there is one, it can.
    assert named & {*change.parts, "container"}, (change.what, named)


def named_by_the_service(bundle: bytes, key: SigningKey) -> set[str]:
    try:
        found = verify(bundle, key.roots)
    except BundleRefused:
        return {"container"}
    assert found.verdict in {Verdict.DO_NOT_RELY, Verdict.NOT_A_BUNDLE}
    return set(found.failed_parts) or {"container"}


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
    parts = {path} if path not in {LIST_PATH, SIGNATURE_PATH} else {LIST_PATH, SIGNATURE_PATH}
    return Changed(lay_out(entries), f"flip in {path}", frozenset(parts))


def drop_a_file(original: bytes, chance: random.Random) -> Changed:
    entries = opened(original)
    path = chance.choice(list(entries))
    del entries[path]
    return Changed(lay_out(entries), f"drop {path}", frozenset({path}))


def add_a_file(original: bytes, chance: random.Random) -> Changed:
    path = chance.choice(["public/09-more.pdf", "facts2.json", "META-INF/other.xml", "a.txt", "mimetype2"])
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


CHANGES_BY_NAME = (
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


def opened(bundle: bytes) -> Entries:
    with ZipFile(BytesIO(bundle)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def payload(entries: Entries) -> list[str]:
    return [path for path in entries if path not in {MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH}]
