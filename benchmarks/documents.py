"""Word documents whose every paragraph differs: what an engine remembers of one is of no use to it in the next."""

import copy
import io
import json
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.cases import EXAMPLES
from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_document
from service.law.determination import determine
from service.rendering.word.templates import WordTemplates

FINAL: Final = Presentation(mark=PageMark.NONE, signed=True)
_MAIN: Final = "word/document.xml"
_TEXT: Final = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_WORD: Final = re.compile(r"\b[a-z]{4,12}\b")
_CARE: Final = ("dental", "medical", "optical", "vision", "therapy", "laboratory", "emergency", "orthodontic")


def pleadings(templates: WordTemplates, number: int) -> Iterator[bytes]:
    """The brief of the modification example, each time in other words."""
    return _others(templates, number, "modification", "brief-supporting-statement")


def orders(templates: WordTemplates, number: int) -> Iterator[bytes]:
    """The order of the example about uninsured expenses, each time in other words."""
    return _others(templates, number, "uninsured_claim", "proposed-order")


def _others(templates: WordTemplates, number: int, kind: str, name: str) -> Iterator[bytes]:
    document = json.loads((EXAMPLES / kind / "facts.json").read_bytes())
    word = _written(templates, document, kind, name)
    return (_in_other_words(word, seed) for seed in range(number))


def statements(templates: WordTemplates, lines: int, number: int) -> Iterator[bytes]:
    """The itemized statement of the example about uninsured expenses with that many lines, on wide pages."""
    document = json.loads((EXAMPLES / "uninsured_claim" / "facts.json").read_bytes())
    for seed in range(number):
        chance = random.Random(seed)  # noqa: S311 - nothing secret
        claims = [_claim(document["claims"][0], line, chance) for line in range(lines)]
        yield _written(templates, {**document, "claims": claims}, "uninsured_claim", "itemized-statement")


def _claim(pattern: dict[str, Any], line: int, chance: random.Random) -> dict[str, Any]:
    claim = copy.deepcopy(pattern)
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(200))
    paid = chance.randrange(1_000, 40_000)
    names = " ".join(chance.sample(_CARE, 2)).title()
    sums = {"billed": paid + 500, "insurance_paid": 500, "adjusted": 0, "paid_by_custodial_party": paid}
    days = {"service_date": 0, "benefits_explained_on": 10, "paid_on": 12, "demand_sent_on": 20}
    return claim | {
        "id": f"c{line + 1}",
        "provider": f"{names} Clinic No. {chance.randrange(1_000)}",
        "description": f"{chance.choice(_CARE).title()} visit",
        **{name: f"{amount // 100}.{amount % 100:02}" for name, amount in sums.items()},
        **{name: (day + timedelta(days=after)).isoformat() for name, after in days.items()},
    }


def _written(templates: WordTemplates, document: dict[str, Any], kind: str, name: str) -> bytes:
    facts = load_facts(document)
    filing = next(each for each in determine(facts).filings if each.kind == kind)
    plan = next(each for each in filing.documents if each.name == name)
    return templates.render(draft_document(facts, filing, plan, FINAL))


def _in_other_words(word: bytes, seed: int) -> bytes:
    """Every word exchanged for another of the same length from the same document, every figure for another."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _exchanged(content.decode(), chance) if name == _MAIN else content)
    return written.getvalue()


def _exchanged(xml: str, chance: random.Random) -> str:
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for each in sorted({each for _, text, _ in _TEXT.findall(xml) for each in _WORD.findall(text)}):
        by_length[len(each)].append(each)

    def other(text: re.Match[str]) -> str:
        words = _WORD.sub(lambda found: chance.choice(by_length[len(found[0])]), text[2])
        return text[1] + re.sub("[0-9]", lambda _: chance.choice("123456789"), words) + text[3]

    return _TEXT.sub(other, xml)
