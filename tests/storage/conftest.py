"""A storage in a directory of its own; a second kind of records only has to join the parameters."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from service.facts.vocabulary import FilingKind
from service.storage.encryption import StorageKey, load_or_make_storage_key
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import FilingRecord, FilingState
from service.storage.store import Storage

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def key(tmp_path: Path) -> StorageKey:
    return load_or_make_storage_key(tmp_path / "keys")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(params=["sqlite"])
def records(home: Path, key: StorageKey) -> Iterator[Storage]:
    storage = Storage.open(home, key)
    yield storage
    storage.close()


@pytest.fixture
def make_record() -> Callable[..., FilingRecord]:
    def make(**changes: object) -> FilingRecord:
        members: dict[str, object] = {
            "id": new_identifier(IdentifierPrefix.FILING, NOW),
            "kind": FilingKind.MODIFICATION,
            "state": FilingState.PREPARED,
            "field_office": "Pulaski",
            "county": "Pulaski",
            "filing_date": date(2026, 11, 23),
            "facts_digest": "a" * 64,
            "documents_digest": "b" * 64,
            "prepared_at": NOW,
            "prepared_by": "key_clerk",
        }
        return FilingRecord(**{**members, **changes})

    return make


@pytest.fixture
def make_draft(make_record: Callable[..., FilingRecord]) -> Callable[..., FilingRecord]:
    def make(**changes: object) -> FilingRecord:
        unprepared = {"documents_digest": None, "prepared_at": None, "prepared_by": None}
        return make_record(state=FilingState.DRAFT, **unprepared, **changes)

    return make
