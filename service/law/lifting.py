"""Gates that an attorney has lifted."""

Lifted = frozenset[str]
"""Ids of the gates that an attorney has lifted."""
NONE_LIFTED: Lifted = frozenset()
