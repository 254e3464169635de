import json
from datetime import timedelta
from typing import Never

import pytest
from aiohttp.test_utils import TestClient

from service.storage.credentials import Scope
from tests.builders import changed, example
from tests.end_to_end.reading import pdf_text
from tests.web.conftest import FormMaker, KeyedService, MovableClock

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_determinations_list_every_kind_in_the_contracts_form(open_service: TestClient) -> None:
    answer = await open_service.post("/v1/determinations", json=example("modification"))
    determination = await answer.json()
    assert answer.status == 200
    assert determination["filing_date"] == "2026-11-23"
    kinds = {filing["kind"]: filing["outcome"] for filing in determination["filings"]}
    assert set(kinds) == {"medical_support", "modification", "uninsured_claim", "medical_support_notice"}
    assert kinds["modification"] in {"allow", "warn"}
    gate = determination["filings"][0]["gates"][0]
    assert set(gate) >= {"id", "outcome", "statement", "source", "facts", "remedy", "override"}


async def test_a_docket_number_of_another_county_is_a_warning(open_service: TestClient) -> None:
    facts = changed(example("modification"), "/matter/court/docket_number", "60DR-19-881")
    facts = changed(facts, "/orders/0/docket_number", "60DR-19-881")
    determination = await (await open_service.post("/v1/determinations", json=facts)).json()
    filing = next(item for item in determination["filings"] if item["kind"] == "modification")
    assert "docket_county_mismatch" in {warning["code"] for warning in filing["warnings"]}
    assert filing["outcome"] in {"allow", "warn"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b'{"version": 1, "version": 1}', 400, "malformed_json"),
        (b'{"version": NaN}', 400, "malformed_json"),
        (b"[]", 400, "malformed_json"),
        (b"\xff\xfe", 400, "malformed_json"),
        (b"[" * 100_000, 400, "malformed_json"),
        (b"{}", 422, "facts_invalid"),
    ],
)
async def test_bad_bodies_are_problems(open_service: TestClient, body: bytes, status: int, code: str) -> None:
    answer = await open_service.post("/v1/determinations", data=body, headers={"Content-Type": "application/json"})
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (status, code)
    assert problem["retryable"] is False


async def test_all_faults_come_at_once_each_with_its_place(open_service: TestClient) -> None:
    facts = example("modification")
    facts["orders"][0]["child_support"]["amount"] = 412.0
    facts["noncustodial_parent"]["gross_monthly_incme"] = "1.00"
    facts["filing_date"] = "23.11.2026"
    answer = await open_service.post("/v1/determinations", json=facts)
    faults = {fault["pointer"]: fault for fault in (await answer.json())["errors"]}
    assert answer.status == 422
    assert faults["/orders/0/child_support/amount"]["code"] == "not_money"
    assert "gross_monthly_income" in faults["/noncustodial_parent/gross_monthly_incme"]["message"]
    assert "/filing_date" in faults


async def test_another_address_and_another_method_are_problems(open_service: TestClient) -> None:
    lost = await open_service.get("/v1/nothing")
    assert (lost.status, lost.content_type) == (404, "application/problem+json")
    wrong = await open_service.delete("/v1/filings")
    assert (wrong.status, wrong.content_type) == (405, "application/problem+json")


async def test_an_unforeseen_error_is_500_with_a_reference_and_no_trace(
    open_service: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_document: object) -> Never:
        raise RuntimeError("René D. Lefèvre owes 447.39")

    monkeypatch.setattr("service.desk.determinations.load_facts", fail)
    answer = await open_service.post("/v1/determinations", json=example("modification"))
    text = await answer.text()
    assert answer.status == 500
    assert json.loads(text)["reference"] in caplog.text
    for forbidden in ("Traceback", "RuntimeError", "Lefèvre", "447.39"):
        assert forbidden not in text
    assert "Lefèvre" not in caplog.text


async def test_another_site_in_a_browser_may_not_call_while_no_key_exists(open_service: TestClient) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Host": "evil.example"},
    ):
        answer = await open_service.post("/v1/determinations", json=example("modification"), headers=headers)
        assert answer.status == 403, headers


async def test_the_reference_page_loads_nothing_from_elsewhere(open_service: TestClient) -> None:
    answer = await open_service.get("/docs")
    page = await answer.text()
    assert answer.status == 200
    assert "src=" not in page
    assert "@import" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "/v1/filings/{id}/release" in page


async def test_health_and_catalogue_answer(open_service: TestClient) -> None:
    assert (await open_service.get("/livez")).status == 200
    assert (await (await open_service.get("/readyz")).json())["free_slots"] > 0
    assert "typst" in (await (await open_service.get("/version")).json())["components"]
    assert b"ocse_http_request_seconds" in await (await open_service.get("/metrics")).read()
    assert len((await (await open_service.get("/v1/courts")).json())["courts"]) == 75
    assert (await (await open_service.get("/v1/courts/Benton")).json())["code"] == "04"
    assert (await open_service.get("/v1/courts/Nowhere")).status == 404
    kinds = (await (await open_service.get("/v1/kinds")).json())["kinds"]
    assert [kind["kind"] for kind in kinds][:3] == ["medical_support", "modification", "uninsured_claim"]
    assert (await (await open_service.get("/v1/schemas/case-facts")).json())["$schema"].endswith("2020-12/schema")
    assert b"BEGIN CERTIFICATE" in await (await open_service.get("/v1/trust")).read()


async def test_a_preview_expires(open_service: TestClient, clock: MovableClock, filing_form: FormMaker) -> None:
    facts = changed(example("modification"), "/orders/0/file_marked_copy", None)
    form = filing_form("modification", facts=json.dumps(facts))
    answer = await open_service.post("/v1/previews", data=form)
    preview = await answer.json()
    assert answer.status == 200, preview
    assert "hold" in {filing["outcome"] for filing in preview["determination"]["filings"]}
    assert set(preview["coverage"]) == {"missing", "unused", "defaulted"}
    document = preview["documents"][0]
    assert (await open_service.get(document["links"]["pages"][0])).content_type == "image/png"
    assert (await open_service.get(document["links"]["word"])).status == 200
    assert (await open_service.get(preview["links"]["packet"])).status == 200
    clock.shift = timedelta(hours=24, minutes=1)
    try:
        assert (await open_service.get(preview["links"]["self"])).status == 404
        assert (await open_service.get(document["links"]["pdf"])).status == 404
    finally:
        clock.shift = timedelta()


async def test_a_preview_shows_what_lifting_a_gate_adds(open_service: TestClient, filing_form: FormMaker) -> None:
    covered = {"status": "satisfactory", "source": "custodial_party", "description": "A plan that ends this year"}
    facts = changed(example("modification"), "/custodial_party_coverage", covered)
    texts = []
    for overrides in ({}, {"G07": "The plan ends on 31 December 2026."}):
        form = filing_form("modification", facts=json.dumps(facts))
        form.add_field("overrides", json.dumps(overrides), content_type="application/json")
        answer = await open_service.post("/v1/previews", data=form)
        preview = await answer.json()
        assert answer.status == 200, preview
        assert preview["overrides"] == overrides
        texts.append(pdf_text(await (await open_service.get(preview["documents"][0]["links"]["pdf"])).read()))
    assert ["COUNT II" in text for text in texts] == [False, True]


async def test_a_preview_with_an_override_that_may_not_be_given_is_refused_and_not_drawn_up_without_it(
    open_service: TestClient,
) -> None:
    facts = {**example("modification"), "overrides": {"G05": "No reason"}}
    answer = await open_service.post("/v1/previews", json=facts)
    faults = (await answer.json(content_type="application/problem+json"))["errors"]
    assert answer.status == 422
    assert [(fault["code"], fault["pointer"]) for fault in faults] == [("override_not_needed", "/overrides/G05")]


async def test_overrides_in_a_preview_need_the_scope_sign(keyed_service: KeyedService) -> None:
    facts = {**example("modification"), "overrides": {"G07": "The plan ends on 31 December 2026."}}
    clerk = keyed_service.issue(Scope.PREVIEW)
    assert (await keyed_service.client.post("/v1/previews", json=facts, headers=clerk)).status == 403


async def test_a_preview_as_pdf_is_the_draft_itself(open_service: TestClient, filing_form: FormMaker) -> None:
    answer = await open_service.post(
        "/v1/previews", data=filing_form("modification"), headers={"Accept": "application/pdf"}
    )
    assert (await answer.read()).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"--y\r\n\r\n--y--", "multipart/form-data; boundary=x"),
    ],
)
async def test_a_damaged_multipart_body_is_the_callers_fault(
    open_service: TestClient, body: bytes, content_type: str
) -> None:
    answer = await open_service.post("/v1/filings", data=body, headers={"Content-Type": content_type})
    assert answer.status in {400, 422}, await answer.text()
    assert answer.content_type == "application/problem+json"


async def test_parts_without_a_name_or_sent_twice_are_refused_each_with_its_place(open_service: TestClient) -> None:
    named = b'--x\r\nContent-Disposition: form-data; name="exhibit-a"\r\n\r\n%PDF-1.7\r\n'
    body = named + named + b"--x\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await open_service.post("/v1/filings", data=body, headers=headers)
    problem = await answer.json(content_type="application/problem+json")
    assert answer.status == 422
    assert [(fault["code"], fault["part"]) for fault in problem["errors"]] == [
        ("repeated_part", "exhibit-a"),
        ("unnamed_part", "3"),
        ("missing_field", "facts"),
    ]
    assert [fault["message"][:6] for fault in problem["errors"][:2]] == ["Part 2", "Part 3"]


async def test_a_body_that_is_not_compressed_as_it_says_is_the_callers_fault(open_service: TestClient) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = await open_service.post("/v1/determinations", data=b"plain", headers=headers)
    assert answer.status == 400


async def test_half_a_surrogate_pair_is_refused_at_its_place(open_service: TestClient) -> None:
    body = json.dumps(example("modification")).replace('"Marcus"', '"Mar\\ud800cus"')
    answer = await open_service.post("/v1/filings", data=body, headers={"Content-Type": "application/json"})
    problem = await answer.json(content_type="application/problem+json")
    assert answer.status == 422
    assert problem["errors"][0]["pointer"] == "/noncustodial_parent/name/first"


async def test_text_that_no_font_can_print_is_refused_at_its_place(open_service: TestClient) -> None:
    facts = changed(example("modification"), "/noncustodial_parent/name/last", "山田")
    answer = await open_service.post("/v1/previews", json=facts)
    faults = (await answer.json(content_type="application/problem+json"))["errors"]
    assert [(fault["code"], fault["pointer"]) for fault in faults] == [
        ("character_not_printable", "/noncustodial_parent/name/last")
    ]


async def test_a_page_that_a_preview_does_not_have_is_not_found(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    preview = await (await open_service.post("/v1/previews", data=filing_form("modification"))).json()
    pages = preview["documents"][0]["links"]["pdf"] + "/pages"
    for page in ("0", "99"):
        assert (await open_service.get(f"{pages}/{page}")).status == 404


async def test_identifiers_in_words_that_are_printed_as_given_are_refused_at_their_places(
    open_service: TestClient,
) -> None:
    facts = example("modification")
    planted = "Eli Whitfield 900-12-0003, 5519 Larkhaven Ct"
    facts["exhibits"][0]["title"] = f"Decree re {planted}"
    facts["hearing"]["place"] = f"Courtroom of {planted}"
    facts["noncustodial_parent"]["employments"][0]["name"] = f"Union of {planted}"
    answer = await open_service.post("/v1/previews", json=facts)
    faults = (await answer.json(content_type="application/problem+json"))["errors"]
    assert answer.status == 422
    assert {fault["pointer"] for fault in faults} == {
        "/exhibits/0/title",
        "/hearing/place",
        "/noncustodial_parent/employments/0/name",
    }


@pytest.mark.parametrize("overpaid", [(0,), (0, 1, 2)])
async def test_more_paid_than_the_share_is_shown_in_a_preview_and_never_filed(
    open_service: TestClient, filing_form: FormMaker, overpaid: tuple[int, ...]
) -> None:
    facts = example("uninsured_claim")
    for place in overpaid:
        paid = facts["claims"][place]["paid_by_custodial_party"]
        facts["claims"][place]["payments_received"] = [{"amount": paid, "on": "2026-10-01"}]
    pointers = [f"/claims/{place}/payments_received" for place in overpaid]
    answer = await open_service.post("/v1/previews", data=filing_form("uninsured_claim", facts=json.dumps(facts)))
    preview = await answer.json()
    assert answer.status == 200
    filing = next(item for item in preview["determination"]["filings"] if item["kind"] == "uninsured_claim")
    (told,) = [warning for warning in filing["warnings"] if warning["code"] == "claim_overpaid"]
    assert (filing["outcome"], told["outcome"], told["facts"]) == ("block", "block", pointers)
    answer = await open_service.post("/v1/filings", data=filing_form("uninsured_claim", facts=json.dumps(facts)))
    faults = (await answer.json(content_type="application/problem+json"))["errors"]
    assert (answer.status, [fault["code"] for fault in faults]) == (422, ["claim_overpaid"])


async def test_more_paid_than_was_claimed_is_refused_at_its_place(open_service: TestClient) -> None:
    facts = example("uninsured_claim")
    facts["claims"][0]["payments_received"] = [{"amount": "500.00", "on": "2026-10-01"}]
    for call in ("determinations", "previews", "filings"):
        answer = await open_service.post(f"/v1/{call}", json=facts)
        (fault,) = (await answer.json(content_type="application/problem+json"))["errors"]
        assert (answer.status, fault["code"]) == (422, "sum_exceeded")
        assert fault["pointer"] == "/claims/0/payments_received"


async def test_a_date_beyond_the_known_holidays_is_refused_with_the_years_that_are_known(
    open_service: TestClient,
) -> None:
    facts = changed(example("uninsured_claim"), "/filing_date", "2030-12-20")
    for call in ("determinations", "previews", "filings"):
        answer = await open_service.post(f"/v1/{call}", json=facts)
        (fault,) = (await answer.json(content_type="application/problem+json"))["errors"]
        assert (answer.status, fault["code"], fault["pointer"]) == (422, "date_outside_calendar", "/filing_date")
        assert "The holidays of 2031 are not known: the table covers 2026 to 2030." in fault["message"]


@pytest.mark.parametrize(
    ("path", "content_type", "named"),
    [
        ("/v1/determinations", "text/plain", "application/json"),
        ("/v1/determinations", None, "application/json"),
        ("/v1/determinations", "multipart/form-data; boundary=x", "application/json"),
        ("/v1/filings/flg_none/release", "application/x-www-form-urlencoded", "application/json"),
        ("/v1/filings/flg_none/void", "text/plain", "application/json"),
        ("/v1/bundles", "application/xml", "multipart/form-data"),
        ("/v1/previews", None, "multipart/form-data"),
    ],
)
async def test_a_body_of_another_kind_is_415_and_the_kind_to_send_is_named(
    open_service: TestClient, path: str, content_type: str | None, named: str
) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    skipped = ["Content-Type"] if content_type is None else []
    answer = await open_service.post(path, data=b"<facts/>", headers=headers, skip_auto_headers=skipped)
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (415, "unsupported_media_type")
    assert named in problem["detail"]


async def test_json_with_a_charset_is_json(open_service: TestClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    body = json.dumps(example("modification"))
    assert (await open_service.post("/v1/determinations", data=body, headers=headers)).status == 200


async def test_root_and_verifier_are_had_without_a_key(keyed_service: KeyedService) -> None:
    for path in ("/v1/trust", "/v1/trust/verifier"):
        assert (await keyed_service.client.get(path)).status == 200, path
    assert (await keyed_service.client.get("/v1/kinds")).status == 401
