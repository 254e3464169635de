import re
from dataclasses import fields
from pathlib import Path

from service.facts.vocabulary import FilingKind
from service.settings import Settings
from service.storage.credentials import Scope

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_every_setting_is_explained() -> None:
    for setting in fields(Settings):
        assert f"`OCSE_{setting.name.upper()}`" in README


def test_every_kind_and_scope_is_named() -> None:
    for word in (*FilingKind, *Scope):
        assert f"`{word}`" in README


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
