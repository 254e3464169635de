"""The example cases, as documents that a test may spoil."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def examples() -> Path:
    """Where the example cases lie, a folder for each kind."""
    return EXAMPLES


@pytest.fixture(scope="session")
def example() -> Callable[[str], Any]:
    """One example's document by kind, fresh on every call."""
    texts = {path.parent.name: path.read_bytes() for path in EXAMPLES.glob("*/facts.json")}
    return lambda kind: json.loads(texts[kind])
