"""Clauses that must stand in a document, and words that may not: what the law and the gates assert of its text.

Gates G04, G05, G06, G11, G12, G14 and G19 read no facts; they are kept here as sentences that each rendering is held
against, beside the clauses that statutes and rules want in a pleading or proposed order.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.authorities import AUTHORITIES, Authority
from service.law.conditions import Condition, all_hold
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.table_reading import TableReader, open_table

_ESCAPED = re.compile(r"(\\.)|[^\\]+")
"""What a pattern says of kinds of characters, where capitals mean something else, and all that stands between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredClause:
    """One clause of a document.

    ``stands`` and ``absent`` are regular expressions in small letters for text as :func:`running_text` gives it. Each
    of ``stands`` must be found, none of ``absent``. ``meaning`` says in plain words what is missing when it is not
    there; ``gate`` is the gate that asserts it, if one does.
    """

    id: str
    stands: tuple[str, ...]
    absent: tuple[str, ...]
    meaning: str
    authority: Authority
    gate: str | None

    def missing_from(self, running: str) -> tuple[str, ...]:
        """The patterns of ``stands`` that the document's running text does not hold."""
        return tuple(pattern for pattern in self.stands if not re.search(pattern, running))

    def forbidden_in(self, running: str) -> tuple[str, ...]:
        """The patterns of ``absent`` that the document's running text holds all the same."""
        return tuple(pattern for pattern in self.absent if re.search(pattern, running))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRule:
    """A clause with the documents it belongs to, by name and kind of filing, and the conditions under which it does."""

    clause: RequiredClause
    documents: frozenset[str]
    kinds: tuple[FilingKind, ...]
    when: tuple[Condition, ...]


def clauses_for(document_name: str, facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> tuple[RequiredClause, ...]:
    """What the document of that name must carry in a filing of the kind that the facts name.

    Args:
        document_name: as in the document plan, ``proposed-order``.
        facts: the facts the document was drawn up from.
        lifted: ids of the gates that an attorney has lifted.
    """
    return tuple(
        rule.clause
        for rule in CLAUSE_RULES
        if document_name in rule.documents
        and facts.kind in rule.kinds
        and all_hold(rule.when, facts, facts.kind, lifted)
    )


def running_text(text: str) -> str:
    """The text in small letters, every run of white space, breaks and no-break spaces included, as one space."""
    return " ".join(text.lower().split())


def read_clauses(table: TableReader) -> tuple[ClauseRule, ...]:
    """All clauses of a table in its order.

    Raises:
        LawTableRefused: a row is faulty, an id stands twice, a pattern is no regular expression, a clause asks for
            nothing, or an authority is not in its table.
    """
    rules = tuple(_rule(table, row, at) for at, row in table.rows("clauses"))
    if len({rule.clause.id for rule in rules}) != len(rules):
        table.refuse("/clauses", "a clause id stands twice.")
    table.close()
    return rules


def _rule(table: TableReader, row: Mapping[str, Any], at: str) -> ClauseRule:
    cited = table.text(row, "authority", at)
    if cited not in AUTHORITIES:
        table.refuse(f"{at}/authority", "authorities.json has no such row.")
    clause = RequiredClause(
        id=table.text(row, "id", at),
        stands=_patterns(table, row, "stands", at),
        absent=_patterns(table, row, "absent", at),
        meaning=table.text(row, "meaning", at),
        authority=AUTHORITIES.get(cited, next(iter(AUTHORITIES.values()))),
        gate=table.optional_text(row, "gate", at),
    )
    if not clause.stands and not clause.absent:
        table.refuse(f"{at}/stands", "a clause says what must stand or what may not.")
    return ClauseRule(
        clause=clause,
        documents=frozenset(table.texts(row, "documents", at)),
        kinds=table.words(FilingKind, row.get("kinds") or (), f"{at}/kinds"),
        when=table.words(Condition, row.get("when") or (), f"{at}/when"),
    )


def _patterns(table: TableReader, row: Mapping[str, Any], member: str, at: str) -> tuple[str, ...]:
    patterns = table.texts(row, member, at) if member in row else ()
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            table.refuse(f"{at}/{member}", "a regular expression is expected.")
    return tuple(_ESCAPED.sub(lambda found: found[1] or found[0].lower(), pattern) for pattern in patterns)


CLAUSE_RULES = read_clauses(open_table("clauses.json"))
