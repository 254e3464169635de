"""The signed bundle: one container for each audience."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBundle:
    """ASiC-E containers by audience (``court``, ``employer``, ``record``) and the manifest they share.

    No function takes a signed bundle and returns a page: what is sealed stays as it is.
    """

    containers: Mapping[str, bytes]
    manifest: Mapping[str, Any]
