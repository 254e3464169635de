"""The attorney's seal stands on the attorney's papers, and on none that a judge or an affiant signs."""

import json
from collections.abc import Callable
from typing import Any

import pypdfium2

from tests.builders import example

Filer = Callable[..., dict[str, dict[str, bytes]]]
CERTIFIED = b"/ETSI.CAdES.detached"


def test_what_others_sign_is_not_certified(file: Filer) -> None:
    court = file(example("uninsured_claim"))["court"]
    papers: list[dict[str, Any]] = json.loads(court["manifest.json"])["documents"]
    unsealed = {
        paper["name"]
        for paper in papers
        if paper["file"].endswith(".pdf") and paper["role"] != "exhibit" and CERTIFIED not in court[paper["file"]]
    }
    assert unsealed == {"affidavit-of-account", "order-to-show-cause", "proposed-order"}


def test_the_manifest_says_that_an_affidavit_is_not_yet_sworn_to(file: Filer) -> None:
    papers = json.loads(file(example("uninsured_claim"))["court"]["manifest.json"])["documents"]
    affidavit = next(paper for paper in papers if paper["name"] == "affidavit-of-account")
    assert affidavit["role"] == "affidavit"
    assert "before a notary" in affidavit["note"]
    assert not affidavit["sealed"]
    assert b"/T (FileMark)" in file(example("uninsured_claim"))["court"][affidavit["file"]]


def test_the_packet_says_that_the_affidavit_in_it_is_not_yet_sworn_to(file: Filer) -> None:
    opened = file(example("uninsured_claim"))
    packet = next(
        paper for paper in json.loads(opened["court"]["manifest.json"])["documents"] if paper["file"] == "packet.pdf"
    )
    assert "not yet sworn to" in packet["note"]
    with pypdfium2.PdfDocument(opened["court"]["packet.pdf"]) as read:
        assert "Affidavit of Account (not yet sworn to)" in [entry.get_title() for entry in read.get_toc()]


def test_a_packet_without_an_affidavit_has_nothing_to_say(file: Filer) -> None:
    files = json.loads(file(example("modification"))["court"]["manifest.json"])["documents"]
    assert next(paper for paper in files if paper["file"] == "packet.pdf")["note"] is None
