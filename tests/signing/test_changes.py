"""Every change to a bundle is found, the part it lies in is named, and both verifiers agree.

Each kind of change is tried on each kind of container; ``BUNDLE_CHANGES`` sets how many there are in all (``make soak``
tries more), ``BUNDLE_SEED`` which ones.
"""

import os
import random
from datetime import datetime, timedelta

import pytest

from service.assembling.packet_parts import Packet
from service.signing.archive_stamps import stamped_again
from service.signing.asic import build_container
from service.signing.keys import SigningKey
from service.signing.sealing import Enclosures, sign_bundle
from tests.bundle_changes import CHANGES_BY_NAME, changes_found
from tests.hostile_bundles import opened
from tests.time_authority import make_authority, stamper

CHANGES = int(os.environ.get("BUNDLE_CHANGES", "2000"))
SEED = int(os.environ.get("BUNDLE_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
CONTAINERS = {
    "employer, flat": 5,
    "employer, stamped": 5,
    "employer, stamped again twice": 4,
    "record of a notice, flat": 4,
    "court, flat": 3,
    "record, flat": 2,
    "employer, sealed": 2,
    "court, sealed": 1,
}
"""Small ones are quick to check: most changes fall on them."""


@pytest.fixture(scope="module")
def bundles(
    packet: Packet,
    notice_packet: Packet,
    enclosures: Enclosures,
    flat_enclosures: Enclosures,
    dev_key: SigningKey,
    at: datetime,
) -> dict[str, bytes]:
    notice = sign_bundle(notice_packet, flat_enclosures, dev_key, at).containers
    court = sign_bundle(packet, flat_enclosures, dev_key, at).containers
    files = {path: file for path, file in opened(notice["employer"]).items() if "META-INF" not in path and "." in path}
    clock = make_authority("Example Clock", at)
    stamped = build_container(files, dev_key, at, stamper(clock, at))
    again = stamped_again(opened(stamped), stamper(clock, at + timedelta(days=1000)))
    return {
        "employer, flat": notice["employer"],
        "employer, stamped": stamped,
        "employer, stamped again twice": stamped_again(opened(again), stamper(clock, at + timedelta(days=2000))),
        "record of a notice, flat": notice["record"],
        "court, flat": court["court"],
        "record, flat": court["record"],
        "employer, sealed": sign_bundle(notice_packet, enclosures, dev_key, at).containers["employer"],
        "court, sealed": sign_bundle(packet, enclosures, dev_key, at).containers["court"],
    }


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_change_is_found_and_the_part_it_lies_in_is_named(
    container: str, bundles: dict[str, bytes], dev_key: SigningKey
) -> None:
    share = CONTAINERS[container] / sum(CONTAINERS.values())
    each = -int(-CHANGES * share // len(CHANGES_BY_NAME))
    found = changes_found(bundles[container], dev_key.roots, each, SEED)
    assert found == {kind.__name__: each for kind in CHANGES_BY_NAME}
