"""The verifier in one file reads bundles of every level, and their time by the clock of the authority."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from service.assembling.packet_parts import Packet
from service.signing import verify_bundle
from service.signing.levels import SealLevel
from service.signing.sealer import SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle


@pytest.mark.parametrize("level", SealLevel)
def test_a_bundle_of_every_level_is_intact_and_trusted(
    level: SealLevel,
    packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Callable[[SealLevel], SealingPolicy],
    now: datetime,
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(level))
    for container in bundle.containers.values():
        found = verify_bundle.check(container, office.key.roots, [clock.authority.certificate])
        assert (found.faults, found.root) == ([], office.key.roots[0])
        assert found.signed.startswith("before") is (level is not SealLevel.B_B)


def test_a_stamp_is_believed_from_no_other_authority(
    packet: Packet, enclosures: Enclosures, office: Any, policy: Callable[[SealLevel], SealingPolicy], now: datetime
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(SealLevel.B_T))
    found = verify_bundle.check(bundle.containers["court"], office.key.roots, office.key.roots)
    assert found.faults == [
        ("META-INF/signature001.p7s", "its time stamp leads to none of the authorities that are trusted")
    ]
