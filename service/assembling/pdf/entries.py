"""Entries of dictionaries that most of them do not have."""

from typing import Any

import pikepdf


def entry(of: pikepdf.Object, key: str, otherwise: Any = None) -> Any:
    """What stands under a key; pikepdf's own ``get`` takes five times as long where nothing does."""
    return of[key] if key in of else otherwise  # noqa: SIM401 - that is the slower way
