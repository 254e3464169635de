"""Every paragraph says which facts put it there, and on which page; what no paragraph names changes nothing."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pypdfium2
import pytest

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.drafting.other_facts import other_values
from service.errors import FilingError
from service.facts.reading import leaf_values, with_values
from service.law.citations import authorities_cited
from service.law.determination import determine
from service.law.gate_rules import GATE_TABLE
from service.rendering.word.templates import WordTemplates
from service.rendering.word.text import paragraph_texts
from templates import templates_root
from tests.builders import FAMILIES, changed, example
from tests.end_to_end.conftest import Filer

TEMPLATES = WordTemplates(templates_root() / "filings")
KINDS = (*FAMILIES, "medical_support_notice")
FINAL = Presentation(mark=PageMark.TEST, signed=True)
Entries = list[dict[str, Any]]


@pytest.fixture(scope="module")
def record(file: Filer) -> Callable[[str], dict[str, bytes]]:
    return lambda kind: file(example(kind))["record"]


def entries_of(record: dict[str, bytes]) -> Entries:
    """What is said of the running text."""
    paragraphs: Entries = json.loads(record["reports/provenance.json"])["paragraphs"]
    return [entry for entry in paragraphs if "part" not in entry]


def beside_the_text(record: dict[str, bytes]) -> Entries:
    """What is said of headers, footers and footnotes."""
    paragraphs: Entries = json.loads(record["reports/provenance.json"])["paragraphs"]
    return [entry for entry in paragraphs if "part" in entry]


def texts_of(record: dict[str, bytes]) -> dict[str, tuple[str, ...]]:
    """The paragraphs of every document, by its name."""
    words = {name: content for name, content in record.items() if re.match(r"drafts/.*\.docx$", name)}
    return {re.sub(r"drafts/\d\d-|\.docx", "", name): paragraph_texts(content) for name, content in words.items()}


def pages_of(record: dict[str, bytes]) -> dict[str, list[str]]:
    found = {}
    for name, content in record.items():
        if name.endswith(".pdf") and re.search(r"(^|/)(\d\d-)?[a-z-]+\.pdf$", name):
            with pypdfium2.PdfDocument(content) as document:
                pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
            found[re.sub(r".*/|^\d\d-|\.pdf$", "", re.sub(r".*/(\d\d-)?", "", name))] = pages
    return found


def drawn(kind: str) -> tuple[Any, tuple[Draft, ...]]:
    facts = load_facts(example(kind))
    return facts, draft_filing(facts, determine(facts).of(facts.kind), FINAL)


def spelled(value: Any) -> list[str]:
    """How a fact is printed when it is printed as it is."""
    if isinstance(value, Decimal):
        return [f"${value:,.2f}"] if value > 0 else []
    if isinstance(value, date):
        return [f"{value:%B} {value.day}, {value.year}"]
    return [value] if isinstance(value, str) and not isinstance(value, Enum) and len(value) > 5 else []


@pytest.mark.parametrize("kind", KINDS)
def test_every_paragraph_of_every_document_is_traced(record: Callable[[str], dict[str, bytes]], kind: str) -> None:
    entries, texts = entries_of(record(kind)), texts_of(record(kind))
    traced = [(entry["document"], entry["paragraph"]) for entry in entries]
    assert sorted(traced) == sorted((name, place) for name in texts for place in range(1, len(texts[name]) + 1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_paragraph_that_prints_a_fact_names_it(record: Callable[[str], dict[str, bytes]], kind: str) -> None:
    texts = texts_of(record(kind))
    values = leaf_values(load_facts(example(kind)))
    forms: dict[str, set[str]] = {}
    for pointer, value in values.items():
        for form in spelled(value):
            forms.setdefault(form, set()).add(pointer)
    for form, pointers in forms.items():
        pointers |= {pointer for pointer, value in values.items() if isinstance(value, str) and form in value}
    documents = json.loads(record(kind)["reports/provenance.json"])["documents"]
    stands_by = {document["document"]: document["stands_by"] for document in documents}
    held = 0
    for entry in entries_of(record(kind)):
        text = texts[entry["document"]][entry["paragraph"] - 1].replace("\u00a0", " ")
        for form, pointers in forms.items():
            if re.search(rf"(?<![\w,.]){re.escape(form)}(?![\w]|[.,]\d)", text) and form not in CHANCE:
                held += 1
                named = {*entry["printed"], *entry["branch"], *stands_by[entry["document"]]}
                # A sum reckoned from others of its group may by chance be the same as one that was given.
                alike = {pointer.rpartition("/")[0] for pointer in pointers} if form.startswith("$") else set()
                assert pointers & named or alike & {pointer.rpartition("/")[0] for pointer in named}, (entry, form)
    assert held > 20


CHANCE = {"2022 Ark. 185"}
"""Words of a fact that templates also use as their own."""


def test_sums_are_traced_to_their_facts(record: Callable[[str], dict[str, bytes]]) -> None:
    kind = "modification"
    texts = texts_of(record(kind))
    wanted = {
        "$5,200.00": "/noncustodial_parent/gross_monthly_income",
        "$412.00": "/orders/0/child_support/amount",
        "$3,900.00": "/orders/0/gross_monthly_income_found/payor",
        "January 12, 2027": "/hearing/on",
        "04DR-19-881": "/matter/court/docket_number",
    }
    for form, pointer in wanted.items():
        holding = [
            entry for entry in entries_of(record(kind)) if form in texts[entry["document"]][entry["paragraph"] - 1]
        ]
        assert holding
        assert all(pointer in entry["printed"] or "/orders/0/docket_number" in entry["printed"] for entry in holding)


def test_a_paragraph_names_why_it_stands(record: Callable[[str], dict[str, bytes]]) -> None:
    texts = texts_of(record("modification"))
    (told,) = [
        entry
        for entry in entries_of(record("modification"))
        if entry["document"] == "motion-to-modify"
        and "January 12, 2027" in texts["motion-to-modify"][entry["paragraph"] - 1]
    ]
    assert "/hearing" in told["branch"]
    assert told["conditions"] == ["if hearing.is_set"]
    protected = next(
        entry
        for entry in entries_of(record("modification"))
        if "address is protected" in texts[entry["document"]][entry["paragraph"] - 1]
    )
    assert "/custodial_party/address_protected" in protected["branch"]


@pytest.mark.parametrize("kind", FAMILIES)
def test_a_paragraph_stands_on_the_page_that_is_named(record: Callable[[str], dict[str, bytes]], kind: str) -> None:
    pages, texts = pages_of(record(kind)), texts_of(record(kind))
    named = 0
    for entry in entries_of(record(kind)):
        text = texts[entry["document"]][entry["paragraph"] - 1]
        assert (entry["page"] is None) <= (not text.strip())
        first = text.split()[:4]
        if entry["page"] and len(first) == 4:
            page = pages[entry["document"]][entry["page"] - 1]
            assert re.sub(r"\W+", "", "".join(first)) in re.sub(r"\W+", "", page), entry
            named += 1
    assert named > 50


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_that_no_paragraph_names_changes_no_document(
    record: Callable[[str], dict[str, bytes]], kind: str
) -> None:
    report = json.loads(record(kind)["reports/provenance.json"])
    named = {pointer for entry in report["paragraphs"] for pointer in (*entry["printed"], *entry["branch"])}
    for document in report["documents"]:
        named |= {
            *document["stands_by"],
            *(pointer for omitted in document["left_out"] for pointer in omitted["facts"]),
        }
    facts, drafts = drawn(kind)
    filing = determine(facts).of(facts.kind)
    before = [TEMPLATES.render(draft) for draft in drafts]
    tried = 0
    for pointer, value in leaf_values(facts).items():
        if pointer in named or pointer.startswith("/filing_date"):
            continue
        for other in other_values(value):
            with suppress(FilingError):  # a value that the law refuses; the next is tried
                again = draft_filing(with_values(facts, {pointer: other}), filing, FINAL)
                assert [TEMPLATES.render(draft) for draft in again] == before, pointer
                tried += 1
    assert tried


@pytest.mark.parametrize("kind", KINDS)
def test_tracing_prints_the_same_paragraphs_as_rendering(kind: str) -> None:
    _, drafts = drawn(kind)
    for draft in drafts:
        word = TEMPLATES.render(draft)
        for part in TEMPLATES.trace(draft).parts:
            numbers = [each.number for each in part.paragraphs]
            assert numbers == list(range(1, len(paragraph_texts(word, part.name)) + 1))


def test_gates_are_named_where_they_read_the_same_facts(record: Callable[[str], dict[str, bytes]]) -> None:
    texts = texts_of(record("modification"))
    known = {gate.id for gate in GATE_TABLE.gates}
    for entry in entries_of(record("modification")):
        assert set(entry["gates"]) <= known
        if "gross monthly income" in texts[entry["document"]][entry["paragraph"] - 1] and entry["printed"]:
            assert "G16" in entry["gates"]
        if not entry["printed"] and not entry["branch"]:
            assert entry["gates"] == []


def test_authorities_are_named_with_their_standing(record: Callable[[str], dict[str, bytes]]) -> None:
    for kind in KINDS:
        for entry in entries_of(record(kind)):
            assert all(cited["standing"] == "V" for cited in entry["authorities"] if cited["standing"]), entry
    cited = [each for entry in entries_of(record("modification")) for each in entry["authorities"]]
    assert {"citation": "Ark. Code Ann. § 9-14-502(a)", "standing": "V"} in cited


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Ark. Code Ann. §§ 9-14-506, 9-14-516(c).",
            [("Ark. Code Ann. § 9-14-506", "V"), ("Ark. Code Ann. § 9-14-516(c)", "V")],
        ),
        (
            "42\u00a0U.S.C. §\u00a0666(a)(19)(A); 45 C.F.R. § 303.8(d).",
            [("42 U.S.C. § 666(a)(19)(A)", "V"), ("45 C.F.R. § 303.8(d)", "V")],
        ),
        ("Administrative Order No. 10, § V, requires", [("Administrative Order No. 10 § V", "V")]),
        ("Ark. Code Ann. § 9-14-237", [("Ark. Code Ann. § 9-14-237", "V2")]),
        ("Ark. Code Ann. § 99-1-1", [("Ark. Code Ann. § 99-1-1", None)]),
        ("No law here, § or not.", []),
    ],
)
def test_citations_are_read_from_text(text: str, cited: list[tuple[str, str | None]]) -> None:
    assert [(each.citation, each.standing) for each in authorities_cited(text)] == cited


@pytest.mark.parametrize("kind", KINDS)
def test_headers_and_footers_are_traced_in_their_own_parts(
    record: Callable[[str], dict[str, bytes]], kind: str
) -> None:
    words = {
        re.sub(r"drafts/\d\d-|\.docx", "", name): content
        for name, content in record(kind).items()
        if re.match(r"drafts/.*\.docx$", name)
    }
    entries = beside_the_text(record(kind))
    told = {(entry["document"], entry["part"], entry["paragraph"]) for entry in entries}
    for name, content in words.items():
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [part for part in package.namelist() if re.match(r"word/(header|footer|footnotes)", part)]
        assert parts
        for part in parts:
            for number, text in enumerate(paragraph_texts(content, part), start=1):
                assert (name, part, number) in told or not text
    assert all(entry["page"] is None for entry in entries)


def test_a_footer_rests_on_the_facts_of_its_words(record: Callable[[str], dict[str, bytes]]) -> None:
    """The letter's footer prints the tracking number; that of a motion its title, which follows the grounds."""
    (letter,) = [
        entry
        for entry in beside_the_text(record("medical_support_notice"))
        if entry["document"] == "cover-letter" and "footer" in entry["part"]
    ]
    assert "/notice/tracking_id" in letter["printed"]
    (motion,) = [
        entry
        for entry in beside_the_text(record("modification"))
        if entry["document"] == "motion-to-modify" and "footer" in entry["part"]
    ]
    assert "/modification/grounds" in motion["printed"]


def test_what_the_facts_leave_out_is_told_with_its_condition(record: Callable[[str], dict[str, bytes]]) -> None:
    report = json.loads(record("uninsured_claim")["reports/provenance.json"])
    motion = next(document for document in report["documents"] if document["document"] == "motion-uninsured-expenses")
    assert {"condition": "if interest.requested", "facts": ["/uninsured/interest_requested"]} in motion["left_out"]


def test_without_a_hearing_no_paragraph_rests_on_one(file: Filer) -> None:
    document = changed(example("modification"), "/hearing", None)
    entries = entries_of(file(document)["record"])
    assert not [entry for entry in entries if any(at.startswith("/hearing/") for at in entry["printed"])]
