"""Changes to bundles that carry time stamps and evidence: each is found and named, at every level."""

import os
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from service.assembling.packet_parts import Packet
from service.signing.levels import SealLevel
from service.signing.restamping import restamp_bundle
from service.signing.sealer import SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle
from tests.bundle_changes import CHANGES_BY_NAME, changes_found

CHANGES = int(os.environ.get("BUNDLE_CHANGES_OF_LEVELS", "100"))
SEED = int(os.environ.get("BUNDLE_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
STAMPED = [SealLevel.B_T, SealLevel.B_LT, SealLevel.B_LTA]


@pytest.mark.parametrize("reader", ["employer", "record"])
@pytest.mark.parametrize("level", STAMPED)
def test_every_change_to_a_stamped_bundle_is_found_and_named(
    level: SealLevel,
    reader: str,
    notice_packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Callable[[SealLevel], SealingPolicy],
    now: datetime,
) -> None:
    clocks = [clock.authority.certificate]
    bundle = sign_bundle(notice_packet, enclosures, office.key, now, policy(level)).containers[reader]
    if level is SealLevel.B_LTA:
        bundle = restamp_bundle(bundle, office.key.roots, clocks, policy(level)).content
    each = -(-CHANGES // (2 * len(STAMPED) * len(CHANGES_BY_NAME)))
    found = changes_found(bundle, office.key.roots, each, SEED, clocks)
    assert found == {kind.__name__: each for kind in CHANGES_BY_NAME}
