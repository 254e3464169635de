"""For every paragraph of every document: the facts, conditions, gates and authorities behind it, and its page."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from service.drafting.draft import Presentation
from service.drafting.filings import draft_filing
from service.drafting.influences import Influences, influences
from service.facts.case import CaseFacts
from service.law.citations import authorities_cited
from service.law.outcomes import GateFinding, KindDetermination
from service.rendering.document import RenderedDocument
from service.rendering.word.templates import WordTemplates
from service.rendering.word.text import DOCUMENT, texts_of_parts
from service.rendering.word.trace import TracedDocument
from service.rendering.word.watching import Path
from service.reviewing.gates_by_fact import GatesByFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a paragraph comes from: JSON Pointers of what it prints and of what it stands by, and the template's tags.

    ``printed`` are facts whose value stands in it or decided its words; ``branch`` facts because of which it, or a part
    of it, stands there at all. ``part`` is the part of the Word document that it stands in, which its number counts.
    """

    part: str
    paragraph: int
    printed: tuple[str, ...]
    branch: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOrigins:
    """A document's paragraphs, and what decided on the document itself.

    ``stands_by`` are facts without which, as they are, it could not be drafted or would be no part of the filing;
    ``left_out`` conditions of its template that do not hold, with the facts that decide so.
    """

    stands_by: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
    paragraphs: tuple[Origin, ...]


Origins = Mapping[str, DocumentOrigins]
"""By the name of the document."""


def origins(
    facts: CaseFacts, filing: KindDetermination, presentation: Presentation, templates: WordTemplates
) -> Origins:
    """Trace every paragraph of a filing back to the facts; nothing is typeset for it.

    Raises:
        KindNotDrafted: a document of this kind has no words yet.
        TemplateRefused: a template cannot be compiled.
    """
    drafts = draft_filing(facts, filing, presentation)
    behind = influences(facts, filing, presentation)
    return {draft.plan.name: _document_origins(templates.trace(draft), draft.plan.name, behind) for draft in drafts}


def _document_origins(traced: TracedDocument, name: str, behind: Influences) -> DocumentOrigins:
    known: dict[frozenset[Path], tuple[str, ...]] = {}

    def facts_behind(paths: frozenset[Path]) -> tuple[str, ...]:
        if paths not in known:
            known[paths] = _in_order([behind.on(name, path) for path in paths])
        return known[paths]

    return DocumentOrigins(
        stands_by=_in_order([behind.on_all_of(name)]),
        left_out=tuple(
            (omitted.condition, facts_behind(omitted.chosen)) for part in traced.parts for omitted in part.left_out
        ),
        paragraphs=tuple(
            Origin(
                part=part.name,
                paragraph=paragraph.number,
                printed=facts_behind(paragraph.printed),
                branch=facts_behind(paragraph.chosen),
                conditions=paragraph.conditions,
            )
            for part in traced.parts
            for paragraph in part.paragraphs
        ),
    )


def provenance_report(
    traced: Origins, documents: Sequence[RenderedDocument], gates: Sequence[GateFinding]
) -> dict[str, Any]:
    """``reports/provenance.json``: what was traced, with the page of each paragraph, its gates and its authorities.

    A page is ``null`` where a paragraph has no words or stands in a header, footer or footnote, whose ``part`` is then
    named; a gate is named where it read a fact that the paragraph rests on.
    """
    reading = GatesByFact(gates)
    return {
        "documents": [_decided(document.plan.name, traced[document.plan.name]) for document in documents],
        "paragraphs": [entry for document in documents for entry in _entries(traced, document, reading)],
    }


def _decided(name: str, traced: DocumentOrigins) -> dict[str, Any]:
    left_out = [{"condition": condition, "facts": list(facts)} for condition, facts in traced.left_out]
    return {"document": name, "stands_by": list(traced.stands_by), "left_out": left_out}


def _entries(traced: Origins, document: RenderedDocument, gates: GatesByFact) -> Iterator[dict[str, Any]]:
    pages = document.parity.pages_of_paragraphs
    paragraphs = traced[document.plan.name].paragraphs
    texts = texts_of_parts(document.word, {origin.part for origin in paragraphs})
    for origin in paragraphs:
        cited = authorities_cited(texts[origin.part][origin.paragraph - 1])
        running = origin.part == DOCUMENT
        yield {
            "document": document.plan.name,
            **({} if running else {"part": origin.part}),
            "paragraph": origin.paragraph,
            "page": pages.get(origin.paragraph) if running else None,
            "printed": list(origin.printed),
            "branch": list(origin.branch),
            "conditions": list(origin.conditions),
            "gates": gates.reading((*origin.printed, *origin.branch)),
            "authorities": [{"citation": each.citation, "standing": each.standing} for each in cited],
        }


def _in_order(groups: Sequence[AbstractSet[str]]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*groups)))
