import asyncio
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any, Never

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from service.errors import StorageFailed
from service.storage.credentials import BoundSignatory, Scope
from tests.builders import FAMILIES, changed, example, example_exhibits
from tests.web.conftest import FormMaker, KeyedService, MovableClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASICE = "application/vnd.etsi.asic-e+zip"
THADDEUS = BoundSignatory(name="Thaddeus Okonkwo-Reyes", bar_number="2015044")


@pytest.mark.parametrize("kind", FAMILIES)
async def test_each_example_comes_out_of_bundles_as_a_signed_container(
    open_service: TestClient, filing_form: FormMaker, kind: str
) -> None:
    answer = await open_service.post("/v1/bundles", data=filing_form(kind))
    content = await answer.read()
    assert answer.status == 201, content
    assert answer.content_type == ASICE
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[0] == "mimetype"
    assert {"manifest.json", "packet.pdf", "META-INF/signature001.p7s"} <= set(names)
    assert any(name.endswith("proposed-order.docx") for name in names)
    assert "facts.json" not in names


@pytest.mark.parametrize("kind", FAMILIES)
async def test_each_example_is_prepared_released_and_fetched(
    open_service: TestClient, filing_form: FormMaker, kind: str
) -> None:
    prepared = await open_service.post("/v1/filings", data=filing_form(kind))
    filing = await prepared.json()
    assert prepared.status == 201, filing
    assert filing["state"] == "prepared"
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    released = await open_service.post(filing["links"]["release"], json=order)
    court = await released.read()
    assert released.status == 200, court
    shown = await (await open_service.get(filing["links"]["self"])).json()
    assert shown["state"] == "released"
    again = await open_service.get(shown["links"]["court"])
    assert await again.read() == court
    assert again.headers["ETag"].strip('"') == hashlib.sha256(court).hexdigest()
    assert again.headers["Cache-Control"] == "no-store"
    receipt = await (await open_service.get(shown["links"]["receipt"])).json()
    assert receipt["bundles"]["court"] == hashlib.sha256(court).hexdigest()
    assert "UNTRUSTED" in receipt["seal"]["trust"]
    for document in shown["documents"]:
        pdf = await (await open_service.get(document["links"]["pdf"])).read()
        assert pdf.startswith(b"%PDF-")
        assert (await open_service.get(document["links"]["word"])).status == 200


async def test_a_release_answers_the_receipt_where_json_is_asked_for(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    answer = await open_service.post(filing["links"]["release"], json=order, headers={"Accept": "application/json"})
    receipt = await answer.json()
    assert receipt["filing_id"] == filing["id"]
    assert receipt["signatory"] == {"name": THADDEUS.name, "bar_number": THADDEUS.bar_number}


async def test_stale_digests_are_a_conflict_and_nothing_is_released(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    order = {"facts_digest": "0" * 64, "documents_digest": filing["documents_digest"]}
    answer = await open_service.post(filing["links"]["release"], json=order)
    assert answer.status == 409
    assert (await answer.json())["code"] == "conflict"
    assert (await (await open_service.get(filing["links"]["self"])).json())["state"] == "prepared"


async def test_a_released_filing_is_not_released_twice(open_service: TestClient, filing_form: FormMaker) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    assert (await open_service.post(filing["links"]["release"], json=order)).status == 200
    assert (await open_service.post(filing["links"]["release"], json=order)).status == 409


async def test_a_voided_filing_is_over(open_service: TestClient, filing_form: FormMaker) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    voided = await open_service.post(filing["links"]["void"], json={"reason": "Opened in the wrong case."})
    assert (await voided.json())["state"] == "void"
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    assert (await open_service.post(f"/v1/filings/{filing['id']}/release", json=order)).status == 409


async def test_why_a_filing_was_voided_is_shown_with_it_and_stays(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    assert (filing["ended_at"], "void_reason" in filing) == (None, False)
    reason = {"reason": "Opened in the wrong case; see O’Brien’s note."}
    voided = await (await open_service.post(filing["links"]["void"], json=reason)).json()
    again = await open_service.post(f"{filing['links']['self']}/void", json={"reason": "Another."})
    shown = await (await open_service.get(filing["links"]["self"])).json()
    assert again.status == 409
    assert shown == voided
    assert (shown["void_reason"], shown["ended_at"] > filing["prepared_at"]) == (reason["reason"], True)
    listed = (await (await open_service.get("/v1/filings?state=void&limit=1")).json())["filings"]
    assert reason["reason"] not in json.dumps(listed, ensure_ascii=False)


async def test_a_held_filing_is_refused_with_its_gates_and_lifted_with_a_reason(open_service: TestClient) -> None:
    facts = changed(example("modification"), "/orders/0/file_marked_copy", None)
    exhibits = example_exhibits("modification")
    answer = await open_service.post("/v1/filings", data=_form(facts, exhibits))
    problem = await answer.json()
    assert answer.status == 422
    assert problem["code"] == "gates_not_cleared"
    assert [fault["code"] for fault in problem["errors"]] == ["G01"]
    lifted = await open_service.post(
        "/v1/filings", data=_form(facts, exhibits, {"G01": "The clerk's certified copy follows by courier."})
    )
    assert lifted.status == 201, await lifted.json()
    assert (await lifted.json())["overrides"] == {"G01": "The clerk's certified copy follows by courier."}


async def test_an_override_that_may_not_be_given_is_refused(open_service: TestClient) -> None:
    exhibits = example_exhibits("modification")
    answer = await open_service.post("/v1/filings", data=_form(example("modification"), exhibits, {"G05": "no reason"}))
    assert answer.status == 422
    assert (await answer.json())["errors"][0]["code"] == "override_not_needed"


async def test_the_wrong_kind_for_the_orders_is_blocked(open_service: TestClient) -> None:
    facts = {**example("uninsured_claim"), "kind": "medical_support"}
    facts["medical_support"] = {"request": "secure", "coverages": ["medical"], "cash_monthly": None}
    answer = await open_service.post("/v1/filings", data=_form(facts, example_exhibits("uninsured_claim")))
    problem = await answer.json()
    assert answer.status == 422
    assert "G09" in {fault["code"] for fault in problem["errors"]}


async def test_a_notice_is_prepared_for_the_employer_alone(open_service: TestClient, filing_form: FormMaker) -> None:
    answer = await open_service.post("/v1/filings", data=filing_form("medical_support_notice"))
    filing = await answer.json()
    assert answer.status == 201, filing
    assert {document["audience"] for document in filing["documents"]} == {"employer"}


async def test_an_exhibit_named_but_not_sent_is_refused_with_its_place(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    before = (await (await open_service.get("/v1/filings?limit=1")).json())["filings"]
    answer = await open_service.post("/v1/filings", data=filing_form("modification", leave_out="exhibit-a"))
    problem = await answer.json()
    assert answer.status == 422
    assert [(fault["code"], fault["pointer"]) for fault in problem["errors"]] == [
        ("exhibit_missing", "/exhibits/0/file")
    ]
    assert (await (await open_service.get("/v1/filings?limit=1")).json())["filings"] == before


async def test_the_same_key_and_body_get_the_first_answer(open_service: TestClient, filing_form: FormMaker) -> None:
    headers = {"Idempotency-Key": "filing-0001"}
    first = await open_service.post("/v1/filings", data=filing_form("modification"), headers=headers)
    second = await open_service.post("/v1/filings", data=filing_form("modification"), headers=headers)
    assert await first.json() == await second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    other = await open_service.post("/v1/filings", data=filing_form("uninsured_claim"), headers=headers)
    assert other.status == 409


async def test_the_same_key_with_another_preference_is_another_request(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    key = {"Idempotency-Key": "filing-0002"}
    later = {**key, "Prefer": "wait=5, respond-async"}
    begun = await open_service.post("/v1/filings", data=filing_form("modification"), headers=later)
    assert (begun.status, begun.headers["Preference-Applied"]) == (202, "respond-async")
    again = await open_service.post("/v1/filings", data=filing_form("modification"), headers=later)
    assert (again.status, await again.json()) == (202, await begun.json())
    at_once = await open_service.post("/v1/filings", data=filing_form("modification"), headers=key)
    assert at_once.status == 409
    await _until_settled(open_service, begun.headers["Location"])


async def test_a_filing_asked_for_later_is_a_draft_first_and_prepared_then(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    headers = {"Prefer": "respond-async"}
    begun = await open_service.post("/v1/filings", data=filing_form("modification"), headers=headers)
    filing = await begun.json()
    assert begun.status == 202, filing
    assert filing["state"] == "draft"
    shown = await _until_settled(open_service, begun.headers["Location"])
    assert shown["state"] == "prepared"
    order = {name: shown[name] for name in ("facts_digest", "documents_digest")}
    assert (await open_service.post(shown["links"]["release"], json=order)).status == 200


async def test_a_filing_asked_for_later_that_cannot_be_made_says_why(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    form = filing_form("modification", leave_out="exhibit-a")
    begun = await open_service.post("/v1/filings", data=form, headers={"Prefer": "respond-async"})
    shown = await _until_settled(open_service, begun.headers["Location"])
    assert shown["state"] == "void"
    assert [fault["code"] for fault in shown["refusal"]["errors"]] == ["exhibit_missing"]


async def test_the_key_of_a_filing_that_could_not_be_made_later_makes_a_new_one(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    headers = {"Prefer": "respond-async", "Idempotency-Key": "filing-0003"}
    ids = []
    for _ in range(2):
        form = filing_form("modification", leave_out="exhibit-a")
        begun = await open_service.post("/v1/filings", data=form, headers=headers)
        assert begun.status == 202
        assert "Idempotent-Replayed" not in begun.headers
        ids.append((await _until_settled(open_service, begun.headers["Location"]))["id"])
    assert ids[0] != ids[1]


@pytest.mark.parametrize("path", ["/v1/filings", "/v1/bundles"])
async def test_a_filing_whose_answer_cannot_be_kept_is_answered_and_never_made_twice(
    open_service: TestClient, filing_form: FormMaker, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    async def full_disk(*_given: object) -> Never:
        raise StorageFailed("The disk is full.")

    headers = {"Idempotency-Key": f"unkept-{path}"}
    with monkeypatch.context() as patched:
        patched.setattr("service.desk.repeats.RepeatDesk.keep", full_disk)
        first = await open_service.post(path, data=filing_form("modification"), headers=headers)
    assert first.status == 201
    monkeypatch.setattr(clock, "shift", clock.shift + timedelta(minutes=16))
    again = await open_service.post(path, data=filing_form("modification"), headers=headers)
    assert again.status == 409
    assert first.headers["Location"].rsplit("/", 1)[1] in (await again.json())["detail"]


async def _until_settled(service: TestClient, address: str) -> dict[str, Any]:
    for _ in range(200):
        shown: dict[str, Any] = await (await service.get(address)).json()
        if shown["state"] != "draft":
            return shown
        await asyncio.sleep(0.05)
    raise AssertionError("the filing stayed a draft")


async def test_another_offices_filing_is_not_found(keyed_service: KeyedService, filing_form: FormMaker) -> None:
    benton = keyed_service.issue(Scope.PREPARE, office="benton")
    pulaski = keyed_service.issue(Scope.PREPARE, office="pulaski")
    central = keyed_service.issue(Scope.PREPARE)
    made = await keyed_service.client.post("/v1/filings", data=filing_form("modification"), headers=benton)
    filing = await made.json()
    assert made.status == 201, filing
    for address in (filing["links"]["self"], filing["documents"][0]["links"]["pdf"], filing["links"]["packet"]):
        assert (await keyed_service.client.get(address, headers=pulaski)).status == 404
        assert (await keyed_service.client.get(address, headers=central)).status == 200
    listed = await (await keyed_service.client.get("/v1/filings", headers=pulaski)).json()
    assert listed["filings"] == []


async def test_facts_of_another_office_are_refused(keyed_service: KeyedService, filing_form: FormMaker) -> None:
    pulaski = keyed_service.issue(Scope.PREPARE, office="pulaski")
    answer = await keyed_service.client.post("/v1/filings", data=filing_form("modification"), headers=pulaski)
    assert answer.status == 403


async def test_only_the_attorney_named_in_the_facts_releases(
    keyed_service: KeyedService, filing_form: FormMaker
) -> None:
    maker = keyed_service.issue(Scope.PREPARE, office="benton")
    other = keyed_service.issue(Scope.SIGN, signatory=BoundSignatory(name="Someone Else", bar_number="1999001"))
    hers = keyed_service.issue(Scope.SIGN, signatory=THADDEUS)
    client = keyed_service.client
    filing = await (await client.post("/v1/filings", data=filing_form("modification"), headers=maker)).json()
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    assert (await client.post(filing["links"]["release"], json=order, headers=maker)).status == 403
    refused = await client.post(filing["links"]["release"], json=order, headers=other)
    assert refused.status == 422
    assert (await refused.json())["code"] == "signatory_mismatch"
    assert (await client.post(filing["links"]["release"], json=order, headers=hers)).status == 200


async def test_no_credential_and_an_unknown_one_are_401(keyed_service: KeyedService) -> None:
    for headers in ({}, {"Authorization": "Bearer ocse_unknown"}):
        answer = await keyed_service.client.get("/v1/filings", headers=headers)
        assert answer.status == 401
        assert answer.content_type == "application/problem+json"


def _form(
    facts: dict[str, Any], exhibits: dict[str, bytes], overrides: dict[str, str] | None = None
) -> aiohttp.FormData:
    body = aiohttp.FormData()
    body.add_field("facts", json.dumps(facts), content_type="application/json")
    if overrides is not None:
        body.add_field("overrides", json.dumps(overrides), content_type="application/json")
    for name, content in exhibits.items():
        body.add_field(name, content, filename=f"{name}.pdf", content_type="application/pdf")
    return body


async def test_a_list_that_cannot_be_filtered_as_asked_says_so_of_every_parameter(open_service: TestClient) -> None:
    answer = await open_service.get("/v1/filings?county=Springfield&state=lost&since=monday&limit=0&colour=blue")
    problem = await answer.json()
    assert answer.status == 422
    assert [(fault["code"], fault["message"].split('"')[1]) for fault in problem["errors"]] == [
        ("bad_parameter", "county"),
        ("bad_parameter", "state"),
        ("bad_parameter", "since"),
        ("bad_parameter", "limit"),
        ("unknown_parameter", "colour"),
    ]


async def test_filings_are_listed_by_county_as_the_courts_are_spelt(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filed = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    here, elsewhere = [
        (await (await open_service.get("/v1/filings", params={"county": county})).json())["filings"]
        for county in ("Benton", "Hot Spring")
    ]
    assert filed["id"] in [filing["id"] for filing in here]
    assert elsewhere == []


async def test_nothing_of_a_notice_is_merged_and_no_link_says_so(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    preview = await (await open_service.post("/v1/previews", data=filing_form("medical_support_notice"))).json()
    filing = await (await open_service.post("/v1/filings", data=filing_form("medical_support_notice"))).json()
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    for shown in (preview, filing):
        assert (shown["packet"], "packet" in shown["links"]) == (None, False)
    for when in ("in review", "released"):
        for shown in (preview, filing):
            lost = await open_service.get(f"{shown['links']['self']}/documents/packet.pdf")
            assert (lost.status, "merged" in (await lost.json())["detail"]) == (404, True), when
        if when == "in review":
            assert (await open_service.post(filing["links"]["release"], json=order)).status == 200


async def test_a_preview_of_a_notice_is_json_also_where_pdf_is_asked_for(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    answer = await open_service.post(
        "/v1/previews", data=filing_form("medical_support_notice"), headers={"Accept": "application/pdf"}
    )
    assert (answer.status, answer.content_type) == (200, "application/json")


async def test_a_reader_who_has_the_bytes_gets_304(open_service: TestClient, filing_form: FormMaker) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    packet = await open_service.get(filing["links"]["packet"])
    given = f'"other", W/{packet.headers["ETag"]}'
    again = await open_service.get(filing["links"]["packet"], headers={"If-None-Match": given})
    assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", packet.headers["ETag"])


async def test_a_filing_voided_after_release_keeps_its_evidence_and_says_so(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    order = {name: filing[name] for name in ("facts_digest", "documents_digest")}
    await open_service.post(filing["links"]["release"], json=order)
    voided = await open_service.post(f"{filing['links']['self']}/void", json={"reason": "Filed in the wrong county."})
    shown = await voided.json()
    assert "evidence" in shown["notice"]
    assert (await open_service.get(shown["links"]["court"])).status == 200


async def test_a_preview_whose_exhibit_is_missing_says_nothing_of_filing(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    answer = await open_service.post("/v1/previews", data=filing_form("modification", leave_out="exhibit-a"))
    problem = await answer.json()
    assert (answer.status, problem["code"]) == (422, "exhibit_refused")
    assert "nothing was drawn up" in problem["detail"]
    assert "filed" not in problem["detail"]


async def test_an_event_after_the_filing_is_refused_with_what_to_do(open_service: TestClient) -> None:
    facts = changed(example("modification"), "/orders/0/entered_on", "2030-01-02")
    problem = await (await open_service.post("/v1/determinations", json=facts)).json()
    said = {fault["pointer"]: fault["message"] for fault in problem["errors"]}
    assert said["/orders/0/entered_on"].startswith(
        "Send a date not after /filing_date, by when this must have happened"
    )
