"""The linter's register of names (``templates/names.json``) holds what drafts give, and nothing else.

``RENEW_NAMES=1 pytest tests/templates/test_names.py`` writes it anew.
"""

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.rendering.lint.shapes import names_of_contexts, registry
from templates import templates_root
from tests.builders import VARIANTS, variant

REGISTER = templates_root() / "names.json"


@pytest.fixture(scope="session")
def contexts() -> Mapping[str, list[Mapping[str, Any]]]:
    """The contexts of all variants by template, drawn unsigned and signed."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for label in VARIANTS:
        facts = load_facts(variant(label))
        filing = determine(facts).of(facts.kind)
        for signed in (False, True):
            presentation = Presentation(mark=PageMark.NONE if signed else PageMark.DRAFT, signed=signed)
            for draft in draft_filing(facts, filing, presentation):
                document = {"title": draft.plan.title, "name": draft.plan.name, "dated": draft.dated.isoformat()}
                found[draft.template].append({**draft.context, "document": {**draft.context["document"], **document}})
    return found


def test_the_register_is_what_drafts_give(contexts: Mapping[str, list[Mapping[str, Any]]]) -> None:
    every = [context for drawn in contexts.values() for context in drawn]
    given = {template: sorted(names_of_contexts(drawn)) for template, drawn in sorted(contexts.items())}
    held = {"templates": given, "names": dict(sorted(names_of_contexts(every).items()))}
    if os.environ.get("RENEW_NAMES"):
        REGISTER.write_text(_written(held), encoding="utf-8")
        registry.cache_clear()
    assert json.loads(REGISTER.read_bytes()) == held


def _written(held: Mapping[str, Mapping[str, Any]]) -> str:
    """One line for each template and each name, so that a change is a line."""
    blocks = [
        f'"{block}": {{\n'
        + ",\n".join(f"{json.dumps(key)}: {json.dumps(entry)}" for key, entry in entries.items())
        + "\n}"
        for block, entries in held.items()
    ]
    return "{\n" + ",\n".join(blocks) + "\n}\n"
