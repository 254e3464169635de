"""Verification over HTTP: what it answers for good bundles, changed ones, and those made to do harm."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from service.app import build_app
from service.facts.canonical import digest
from service.settings import Settings
from service.signing import verify_bundle
from service.signing.asic import build_container, lay_out
from service.signing.keys import SigningKey, load_or_make_dev_key
from service.signing.pdf_seal import seal_pdf
from templates import templates_root
from tests.builders import example_exhibits
from tests.hostile_bundles import HOSTILE, manifest, opened
from tests.web.conftest import NOW

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROGRAM = Path(verify_bundle.__file__).read_bytes()
DRAFT = templates_root() / "filings" / "modification-motion.docx"


@pytest.fixture(scope="module")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def key(state_dir: Path) -> SigningKey:
    """The key of the service that is asked."""
    return load_or_make_dev_key(state_dir / "keys", NOW)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """Somebody with a key of their own, who can sign what they like."""
    return load_or_make_dev_key(tmp_path_factory.mktemp("stranger"), NOW)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(state_dir: Path) -> AsyncIterator[TestClient]:
    app = build_app(Settings(state_dir=state_dir), clock=lambda: NOW, in_this_process=True)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture(scope="module")
def good(key: SigningKey) -> bytes:
    return signed_by(key)


def signed_by(key: SigningKey) -> bytes:
    """A small bundle: a packet, an order in Word, and the manifest that describes them."""
    files = {"packet.pdf": example_exhibits("modification")["exhibit-a"], "public/01-order.docx": DRAFT.read_bytes()}
    described = [{"file": path, "sha256": digest(content), "sealed": False} for path, content in files.items()]
    return build_container({**files, "manifest.json": manifest(described)}, key, NOW)


async def test_a_good_bundle_is_described(service: TestClient, good: bytes) -> None:
    answer = await service.post("/v1/verifications", data=good)
    found = await answer.json()
    assert answer.status == 200, found
    assert (found["verdict"], found["intact"], found["trusted"], found["failed_parts"]) == ("signed", True, True, [])
    assert found["signer"]["name"] == "TEST ONLY – UNTRUSTED OCSE Filings"
    assert found["signed_at"] == "2026-11-23T15:00:00+00:00"
    assert (found["time"], found["stamped_at"]) == ("no trusted time", None)
    assert found["trust_basis"].startswith("root certificate TEST ONLY")
    assert {"packet.pdf", "manifest.json"} <= {file["name"] for file in found["files"]}


async def test_a_changed_file_and_an_added_one_are_named(service: TestClient, good: bytes) -> None:
    entries = opened(good)
    changed = lay_out({**entries, "packet.pdf": entries["packet.pdf"] + b"\n", "facts.json": b"{}"})
    found = await (await service.post("/v1/verifications", data=changed)).json()
    assert (found["verdict"], found["failed_parts"]) == ("do_not_rely", ["facts.json", "packet.pdf"])
    assert found["explanation"] == "2 files are not as signed: facts.json, packet.pdf."


async def test_a_sealed_pdf_by_itself_is_described_as_well(service: TestClient, key: SigningKey) -> None:
    sealed = seal_pdf(example_exhibits("modification")["exhibit-a"], key, NOW)
    found = await (await service.post("/v1/verifications", data=sealed)).json()
    assert (found["verdict"], found["trusted"], found["failed_parts"], found["files"]) == ("signed", True, [], [])
    assert found["sentence"].startswith("Intact as far as its seal covers it, and signed by TEST ONLY")
    changed = sealed.replace(b"%PDF-1.", b"%PDF-2.", 1)
    found = await (await service.post("/v1/verifications", data=changed)).json()
    assert (found["verdict"], found["failed_parts"]) == ("do_not_rely", ["the PDF"])


async def test_a_bundle_signed_whole_by_another_key_has_an_unknown_signer(
    service: TestClient, stranger: SigningKey
) -> None:
    """Nothing in it is wrong, and the names are those of the service; only the key is another's."""
    found = await (await service.post("/v1/verifications", data=signed_by(stranger))).json()
    assert (found["verdict"], found["intact"], found["trusted"]) == ("unknown_signer", True, False)
    assert (found["sentence"], found["trust_basis"]) == ("Intact, but we do not know this signer", "nothing")


async def test_the_one_file_verifier_is_handed_out_as_it_is(service: TestClient) -> None:
    answer = await service.get("/v1/trust/verifier")
    assert answer.content_type == "text/x-python"
    assert await answer.read() == PROGRAM


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_bundle_is_refused_in_words(
    kind: str, service: TestClient, good: bytes, stranger: SigningKey
) -> None:
    bundle = HOSTILE[kind](good, stranger)
    answer = await service.post("/v1/verifications", data=BytesIO(bundle))
    said = await answer.json(content_type=None)
    if answer.status == 200:
        assert said["verdict"] in {"do_not_rely", "not_a_bundle"}
        assert not said["intact"]
    else:
        assert (answer.status, said["code"]) == (422, "bundle_unreadable")
    assert len(json.dumps(said)) < 400_000
    assert "\\u001b" not in json.dumps(said)
    assert verify_bundle.check(bundle, ()).faults


async def test_after_all_of_them_the_service_still_verifies(
    service: TestClient, good: bytes, stranger: SigningKey
) -> None:
    for kind in ("a compressed bomb", "70,000 files", "a signature 4,000 deep", "a certificate that is none"):
        await service.post("/v1/verifications", data=BytesIO(HOSTILE[kind](good, stranger)))
    assert (await (await service.post("/v1/verifications", data=good)).json())["verdict"] == "signed"
    assert (await service.get("/livez")).status == 200


async def test_more_than_the_service_takes_is_413(service: TestClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(66):
            yield bytes(1024 * 1024)

    try:
        answer = await service.post("/v1/verifications", data=endless())
        assert answer.status == 413
    except aiohttp.ClientConnectionError:
        assert (await service.get("/livez")).status == 200
