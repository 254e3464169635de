"""The signed bundle: one container for each audience."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.signing.levels import SealStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBundle:
    """ASiC-E containers by audience (``court``, ``employer``, ``record``) and the manifest of the record.

    ``seal`` is what every document sealed inside bears out, or the record's signature where none is.
    ``container_seals`` says how well the signature of each container holds, which a container cannot say of itself.

    No function takes a signed bundle and returns a page: what is sealed stays as it is.
    """

    containers: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    seal: SealStatement
    container_seals: Mapping[str, SealStatement]
