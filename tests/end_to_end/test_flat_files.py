"""A court whose profile wants flat files gets neither form fields nor seals inside its PDFs."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from service.law import courts
from tests.builders import changed, example

Filer = Callable[..., dict[str, dict[str, bytes]]]
KIND = "medical_support"


def pdfs(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(".pdf") and "exhibit" not in path}


def fields(pdf: bytes) -> list[Any]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [str(field.T) for field in document.Root.get("/AcroForm", {}).get("/Fields", [])]


def test_the_profile_of_the_court_decides(file: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [setting for setting in courts.DEFAULT_COURT_PROFILE if setting.name == "flat_files"]
    assert [setting.value for setting in asked] == ["no"]
    fillable = pdfs(file(example(KIND))["court"])
    assert all(fields(pdf) for path, pdf in fillable.items())

    flat_profile = tuple(
        replace(setting, value="yes") if setting in asked else setting for setting in courts.DEFAULT_COURT_PROFILE
    )
    monkeypatch.setattr(courts, "DEFAULT_COURT_PROFILE", flat_profile)
    another = changed(example(KIND), "/filing_date", "2026-11-24")
    flat = pdfs(file(another)["court"])
    assert flat.keys() == fillable.keys()
    assert not any(fields(pdf) or b"/ETSI.CAdES.detached" in pdf for pdf in flat.values())
