import itertools
import json
import secrets
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from service.app import build_app, open_storage
from service.settings import Settings
from service.storage.credentials import BoundSignatory, Scope
from tests.builders import example, example_exhibits

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


FormMaker = Callable[..., aiohttp.FormData]


class MovableClock:
    """A clock that tests move; it also ticks a millisecond at each look, so that identifiers sort."""

    def __init__(self) -> None:
        self._ticks = itertools.count()
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return NOW + self.shift + timedelta(milliseconds=next(self._ticks))


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    return MovableClock()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def open_service(tmp_path_factory: pytest.TempPathFactory, clock: MovableClock) -> AsyncIterator[TestClient]:
    """A service without any API key: this machine may do everything."""
    settings = Settings(state_dir=tmp_path_factory.mktemp("open"))
    app = build_app(settings, clock=clock, in_this_process=True)
    async with TestClient(TestServer(app)) as client:
        yield client


class KeyedService:
    """A service with API keys, and the means to call it as anyone."""

    def __init__(self, client: TestClient, state_dir: Path) -> None:
        self.client = client
        self._settings = Settings(state_dir=state_dir)

    def issue(
        self, *scopes: Scope, office: str | None = None, signatory: BoundSignatory | None = None
    ) -> dict[str, str]:
        """Headers that present a fresh key."""
        storage = open_storage(self._settings)
        try:
            issued = storage.credentials.issue(
                label=f"test {secrets.token_hex(4)}",
                scopes=set(scopes),
                field_office=office,
                signatory=signatory,
                at=NOW,
            )
        finally:
            storage.close()
        return {"Authorization": f"Bearer {issued.secret}"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def keyed_service(tmp_path_factory: pytest.TempPathFactory, clock: MovableClock) -> AsyncIterator[KeyedService]:
    """A service that knows its callers by their keys."""
    state_dir = tmp_path_factory.mktemp("keyed")
    app = build_app(Settings(state_dir=state_dir), clock=clock, in_this_process=True)
    async with TestClient(TestServer(app)) as client:
        service = KeyedService(client, state_dir)
        service.issue(Scope.ADMIN)
        yield service


@pytest.fixture
def filing_form() -> FormMaker:
    """Multipart bodies of the example filings."""

    def form(kind: str, *, facts: str | None = None, leave_out: str | None = None) -> aiohttp.FormData:
        body = aiohttp.FormData()
        body.add_field("facts", facts or json.dumps(example(kind)), content_type="application/json")
        for name, content in example_exhibits(kind).items():
            if name != leave_out:
                body.add_field(name, content, filename=f"{name}.pdf", content_type="application/pdf")
        return body

    return form
