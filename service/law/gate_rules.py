"""The gates as data: what each asks, where it comes from, and the words for every way it can come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from service.facts.vocabulary import FilingKind
from service.law.authorities import AUTHORITIES, authority, rests_on, told
from service.law.confirmations import Confirmations
from service.law.outcomes import GateFinding, Outcome, Override, Source
from service.law.standing import Standing
from service.law.table_reading import LawTableRefused, TableReader, open_table


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRule:
    """One way a gate can come out, in words a caseworker reads.

    ``rests_on`` is the id of the authority that has to be confirmed; ``None`` where the ruling is certain.
    """

    outcome: Outcome
    statement: str
    remedy: str | None
    rests_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRule:
    """One gate: the filings it concerns, its source, the authorities that hold now, and its rulings by key.

    ``reads`` are JSON Pointers in which ``*`` stands for any place in a list. ``conflict`` says where the source and
    present law differ, and which governs.
    """

    id: str
    title: str
    kinds: tuple[FilingKind, ...]
    source: Source
    authorities: tuple[str, ...]
    as_of: date
    reads: tuple[str, ...]
    override: Override
    rulings: Mapping[str, RulingRule]
    conflict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """How a gate came out on the facts at ``facts`` (JSON Pointers, the decisive ones first).

    ``dropped`` means that the ruling only takes one ground out of several, so that a block weighs as a warning.
    """

    key: str
    facts: tuple[str, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTable:
    """All gates in order, and the sentence that is added where only one ground is dropped."""

    gates: tuple[GateRule, ...]
    dropped: str


def finding(rule: GateRule, rulings: Sequence[Ruling], confirmed: Confirmations) -> GateFinding:
    """One finding out of all rulings of a gate: the worst outcome, every statement and remedy, worst first.

    What rests on an authority that the office has confirmed says so.

    Raises:
        LawTableRefused: a ruling's key is not in the table.
    """
    weighed = sorted(
        ((_weight(rule, ruling), ruling) for ruling in rulings), key=lambda pair: pair[0].severity, reverse=True
    )
    words = [_words(rule, ruling, confirmed) for _, ruling in weighed]
    remedies = [rule.rulings[ruling.key].remedy for _, ruling in weighed]
    return GateFinding(
        id=rule.id,
        outcome=weighed[0][0],
        statement=" ".join(dict.fromkeys(words)),
        source=rule.source,
        facts=tuple(dict.fromkeys(pointer for _, ruling in weighed for pointer in ruling.facts)),
        remedy=" ".join(dict.fromkeys(remedy for remedy in remedies if remedy)) or None,
        override=rule.override,
        authorities=tuple(authority(identifier).cited(confirmed) for identifier in rule.authorities),
        conflict=rule.conflict,
        leaves_out=any(ruling.dropped for ruling in rulings),
    )


def _weight(rule: GateRule, ruling: Ruling) -> Outcome:
    if ruling.key not in rule.rulings:
        raise LawTableRefused(f"gates.json has no ruling {ruling.key!r} for gate {rule.id}; add it.")
    outcome = rule.rulings[ruling.key].outcome
    return Outcome.WARN if ruling.dropped and outcome is Outcome.BLOCK else outcome


def _words(rule: GateRule, ruling: Ruling, confirmed: Confirmations) -> str:
    found = rule.rulings[ruling.key]
    statement = told(found.statement, found.rests_on, confirmed)
    return f"{statement} {GATE_TABLE.dropped}" if ruling.dropped else statement


def read_gates(table: TableReader) -> GateTable:
    """All gates of a table.

    Raises:
        LawTableRefused: a row is faulty, an authority is not in its table, a ruling that stands in the way has no
            remedy, or a ruling that is not certain does not say so.
    """
    gates = tuple(_gate(table, row, at) for at, row in table.rows("gates"))
    dropped = table.text(table.document, "dropped", "")
    if len({gate.id for gate in gates}) != len(gates):
        table.refuse("/gates", "a gate id stands twice.")
    table.close()
    return GateTable(gates=gates, dropped=dropped)


def _gate(table: TableReader, row: Mapping[str, Any], at: str) -> GateRule:
    authorities = table.texts(row, "authorities", at)
    for missing in set(authorities) - set(AUTHORITIES):
        table.refuse(f"{at}/authorities", f"authorities.json has no row {missing}.")
    source = row.get("source")
    cited = source if isinstance(source, dict) else {}
    return GateRule(
        id=table.text(row, "id", at),
        title=table.text(row, "title", at),
        kinds=table.words(FilingKind, row.get("kinds") or (), f"{at}/kinds"),
        source=Source(
            title=table.text(cited, "title", f"{at}/source"),
            quote=table.text(cited, "quote", f"{at}/source"),
            standing=table.word(Standing, cited, "standing", f"{at}/source"),
        ),
        authorities=authorities,
        as_of=table.day(row, "as_of", at),
        reads=table.texts(row, "reads", at),
        override=table.word(Override, row, "override", at),
        rulings=MappingProxyType(
            {key: _ruling(table, entry, place) for key, place, entry in table.entries(row, "rulings", at)}
        ),
        conflict=table.optional_text(row, "conflict", at),
    )


def _ruling(table: TableReader, entry: Mapping[str, Any], at: str) -> RulingRule:
    statement = table.text(entry, "statement", at)
    ruling = RulingRule(
        outcome=table.word(Outcome, entry, "outcome", at),
        statement=statement,
        remedy=table.optional_text(entry, "remedy", at),
        rests_on=rests_on(table, entry, at, statement),
    )
    if ruling.outcome is not Outcome.ALLOW and ruling.remedy is None:
        table.refuse(f"{at}/remedy", "what does not simply allow must say what to do next.")
    return ruling


GATE_TABLE = read_gates(open_table("gates.json"))
