from datetime import UTC, datetime
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from service.app import build_app, open_storage
from service.settings import Settings
from service.storage.credentials import Scope

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


async def test_revoking_the_last_key_closes_the_service_and_does_not_open_it(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    storage = open_storage(settings)
    issued = storage.credentials.issue(label="only", scopes={Scope.PREPARE}, field_office=None, signatory=None, at=NOW)
    storage.credentials.revoke(issued.key.id, at=NOW)
    storage.close()
    app = build_app(settings, in_this_process=True)
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/v1/filings")).status == 401
