"""A scan and a photograph among the exhibits: each reaches the court in its way, and the record says how."""

import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.builders import example, example_exhibits

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def containers(file: Callable[..., dict[str, Files]]) -> dict[str, Files]:
    """The example of uninsured expenses: exhibit B came as a scan, exhibit C as a photograph."""
    sent = example_exhibits("uninsured_claim") | {"exhibit-b": scan(), "exhibit-c": photograph()}
    return file(example("uninsured_claim"), exhibits=sent)


def scan() -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(612, 792))
            pdf.pages[-1].obj.Contents = pdf.make_stream(b"0.4 g 100 100 400 500 re f")
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def photograph() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (800, 600), "tan").save(target, "JPEG")
    return target.getvalue()


def documents(container: Files) -> dict[str, dict[str, Any]]:
    return {document["file"]: document for document in json.loads(container["manifest.json"])["documents"]}


def test_the_court_gets_scan_and_photograph_as_files_of_their_own(containers: dict[str, Files]) -> None:
    court = containers["court"]
    assert court["exhibits/02-exhibit-b.pdf"] == scan()
    described = documents(court)
    assert described["packet.pdf"]["profile"] == "PDF/A-2a, PDF/UA-1"
    assert described["exhibits/02-exhibit-b.pdf"]["note"] == (
        "Not in the packet, because it is not tagged; a sheet there says so."
    )
    assert described["exhibits/03-exhibit-c.pdf"]["note"] == "A page made of the picture that was sent."
    assert not [path for path in court if path.startswith(("originals/", "reports/exhibits"))]


def test_the_record_keeps_the_photograph_as_it_was_sent(containers: dict[str, Files]) -> None:
    assert containers["record"]["originals/03-exhibit-c.jpg"] == photograph()


def test_the_record_says_which_claims_the_exhibits_prove(containers: dict[str, Files]) -> None:
    report = json.loads(containers["record"]["reports/exhibits.json"])
    claims = example("uninsured_claim")["claims"]
    assert [claim["claim"] for claim in report["claims"]] == [claim["id"] for claim in claims]
    assert [claim["proof"] for claim in report["claims"]] == ["not_readable", "not_readable", "found"]
    assert report["unproved_claims"] == [claim["id"] for claim in claims[:2]]
    without_text = {exhibit["id"]: exhibit["pages_without_text"] for exhibit in report["exhibits"]}
    assert without_text == {"exhibit-a": [], "exhibit-b": [1, 2], "exhibit-c": [1], "exhibit-d": []}
    assert report["duplicate_pages"] == [[{"exhibit": "exhibit-b", "page": 1}, {"exhibit": "exhibit-b", "page": 2}]]


def test_the_packet_has_a_sheet_for_every_exhibit_and_pages_of_the_tagged(
    containers: dict[str, Files],
) -> None:
    with pikepdf.open(io.BytesIO(containers["court"]["packet.pdf"])) as packet:
        labels = [page.label for page in packet.pages]
    assert [label for label in labels if label.startswith(("Index", "Ex."))] == [
        "Index-1",
        *("Ex. A", "Ex. A-1"),
        "Ex. B",
        *("Ex. C", "Ex. C-1"),
        *("Ex. D", "Ex. D-1", "Ex. D-2"),
    ]
