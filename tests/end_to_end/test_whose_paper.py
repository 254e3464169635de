"""The attorney's seal stands on the attorney's papers, and on none that a judge or an affiant signs."""

import json
from collections.abc import Callable
from typing import Any

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
