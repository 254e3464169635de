"""Proof that each document carries the clauses which law and gates ask of it, and none that they forbid.

It reads the Word document as rendered, so that a template of an office's own is held to the same clauses.
"""

from collections.abc import Iterator, Sequence

from service.errors import ClauseMissing, Fault
from service.facts.case import CaseFacts
from service.law.clauses import RequiredClause, clauses_for, running_text
from service.law.lifting import NONE_LIFTED, Lifted
from service.rendering.document import RenderedDocument
from service.rendering.word.text import paragraph_texts


def require_clauses(documents: Sequence[RenderedDocument], facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> None:
    """Hold every document against its clauses.

    Raises:
        ClauseMissing: every clause that does not stand and every one that may not stand and does, with document,
            meaning and authority; coded with the clause's id.
    """
    faults = [fault for document in documents for fault in _faults(document, facts, lifted)]
    if faults:
        raise ClauseMissing(
            "A document does not say what the law asks of it; correct the Word template or its manuscript.", faults
        )


def _faults(document: RenderedDocument, facts: CaseFacts, lifted: Lifted) -> Iterator[Fault]:
    name = document.plan.name
    clauses = clauses_for(name, facts, lifted)
    paragraphs = paragraph_texts(document.word) if clauses else ()
    text = running_text("\n".join(paragraphs))
    for clause in clauses:
        if clause.missing_from(text):
            yield _fault(name, clause, "This clause must stand and does not")
        if clause.forbidden_in(text):
            running = enumerate(map(running_text, paragraphs), start=1)
            found = next((at for at, one in running if clause.forbidden_in(one)), None)
            yield _fault(name, clause, "Words stand here that go against this clause", found)


def _fault(name: str, clause: RequiredClause, what: str, paragraph: int | None = None) -> Fault:
    return Fault(
        code=clause.id,
        message=f"{name}: {what}: {clause.meaning} See {clause.authority.citation}.",
        part=f"{name}.docx",
        paragraph=paragraph,
    )
