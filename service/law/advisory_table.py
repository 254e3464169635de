"""The advisories as data: whom each concerns, how much it weighs, its words and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.facts.vocabulary import FilingKind
from service.law.authorities import rests_on, told
from service.law.confirmations import Confirmations
from service.law.outcomes import Advisory, Outcome, Override, Source
from service.law.standing import Standing
from service.law.table_reading import TableReader, open_table


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisoryRule:
    """One advisory in words a caseworker reads, and the kinds of filing it concerns.

    ``own_papers`` means that it judges what the facts say of the papers themselves, as how they are served: those are
    the papers of the kind that the facts name, and of no other. ``rests_on`` is the id of the authority that has to be
    confirmed; ``None`` where the advisory is certain.
    """

    code: str
    kinds: tuple[FilingKind, ...]
    own_papers: bool
    outcome: Outcome
    override: Override
    statement: str
    remedy: str
    source: Source
    rests_on: str | None

    def at(self, facts: tuple[str, ...], confirmed: Confirmations) -> Advisory:
        """The advisory on the facts at these JSON Pointers; what the office has confirmed says so."""
        return Advisory(
            code=self.code,
            outcome=self.outcome,
            statement=told(self.statement, self.rests_on, confirmed),
            source=self.source,
            facts=facts,
            remedy=self.remedy,
            override=self.override,
        )


def read_advisories(table: TableReader) -> Mapping[str, AdvisoryRule]:
    """All advisories by code.

    Raises:
        LawTableRefused: a row is faulty, a code stands twice, or a row that is not certain does not say so.
    """
    rules: dict[str, AdvisoryRule] = {}
    for at, row in table.rows("advisories"):
        source = row.get("source")
        cited = source if isinstance(source, dict) else {}
        statement = table.text(row, "statement", at)
        rule = AdvisoryRule(
            code=table.text(row, "code", at),
            kinds=table.words(FilingKind, row.get("kinds") or (), f"{at}/kinds"),
            own_papers="own_papers" in row and table.flag(row, "own_papers", at),
            outcome=table.word(Outcome, row, "outcome", at),
            override=table.word(Override, row, "override", at) if "override" in row else Override.NONE,
            statement=statement,
            remedy=table.text(row, "remedy", at),
            source=Source(
                title=table.text(cited, "title", f"{at}/source"),
                quote=table.optional_text(cited, "quote", f"{at}/source") or "",
                standing=table.word(Standing, cited, "standing", f"{at}/source"),
            ),
            rests_on=rests_on(table, row, at, statement),
        )
        if rule.code in rules:
            table.refuse(f"{at}/code", "this code stands twice.")
        if (rule.source.standing == Standing.SEEN) is (rule.rests_on is not None):
            table.refuse(f"{at}/rests_on", "what was not read in its source names the authority that it rests on.")
        if rule.outcome is Outcome.ALLOW:
            table.refuse(f"{at}/outcome", "an advisory warns, holds or blocks.")
        rules[rule.code] = rule
    table.close()
    return MappingProxyType(rules)


ADVISORY_RULES = read_advisories(open_table("advisories.json"))
