"""What the law allows: gates and their outcomes, what a filing consists of, when things fall due."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.facts.vocabulary import FilingKind
from service.law.confirmations import Confirmation


class Outcome(StrEnum):
    """From best to worst; a kind's outcome is the worst of its gates and advisories."""

    ALLOW = "allow"
    WARN = "warn"
    HOLD = "hold"
    BLOCK = "block"

    @property
    def severity(self) -> int:
        """0 for allow to 3 for block."""
        return list(Outcome).index(self)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether a filing is not prepared while this stands."""
        return self in {Outcome.HOLD, Outcome.BLOCK}


class Override(StrEnum):
    """Who may lift a gate."""

    ATTORNEY = "attorney"
    NONE = "none"


class DocumentAudience(StrEnum):
    """Who may read a document."""

    PUBLIC = "public"
    SEALED = "sealed"
    EMPLOYER = "employer"
    RECORD = "record"


class DocumentRole(StrEnum):
    """What a document is in its filing."""

    PLEADING = "pleading"
    SUMMONS = "summons"
    BRIEF = "brief"
    STATEMENT = "statement"
    PROPOSED_ORDER = "proposed_order"
    AFFIDAVIT = "affidavit"
    NOTICE = "notice"

    @property
    def others_sign(self) -> bool:
        """Whether it is not the attorney's paper to certify: a judge signs it, or an affiant before a notary."""
        return self in {DocumentRole.PROPOSED_ORDER, DocumentRole.AFFIDAVIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from; ``standing`` is V (seen), V2 (secondary) or M (from memory)."""

    title: str
    quote: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An authority of present law behind a gate: as documents cite it, and in our words what it says.

    ``to_confirm`` is true unless its own words were read, or the office has confirmed it, as ``confirmed`` then says;
    ``check`` tells the attorney what to look up first.
    """

    id: str
    citation: str
    says: str
    standing: str
    to_confirm: bool
    confirmed: Confirmation | None
    check: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFinding:
    """One gate applied to these facts; ``facts`` are JSON Pointers, ``statement`` and ``remedy`` plain words.

    ``conflict`` says where the source and present law differ, and which governs. ``leaves_out`` means that the gate
    does not stop the filing but takes a ground or request out of it, which lifting the gate puts back.
    """

    id: str
    outcome: Outcome
    statement: str
    source: Source
    facts: tuple[str, ...]
    remedy: str | None
    override: Override
    authorities: tuple[Citation, ...] = ()
    conflict: str | None = None
    leaves_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """Something the attorney should see that is no gate; most only warn, some stand in the way as a gate does."""

    code: str
    outcome: Outcome
    statement: str
    source: Source
    facts: tuple[str, ...]
    remedy: str
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPlan:
    """One document that a filing consists of; ``name`` is its file name without number and ending."""

    name: str
    title: str
    role: DocumentRole
    audience: DocumentAudience


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date the filing sets in motion; ``conditional_on`` names the event it waits for, if that is not yet known."""

    what: str
    due: date | None
    rule: str
    conditional_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindDetermination:
    """Whether one kind of filing may be made on these facts, why, of what documents, and what follows when."""

    kind: FilingKind
    outcome: Outcome
    gates: tuple[GateFinding, ...]
    advisories: tuple[Advisory, ...]
    documents: tuple[DocumentPlan, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """Every kind, whatever kind the facts name."""

    filing_date: date
    filings: tuple[KindDetermination, ...]

    def of(self, kind: FilingKind) -> KindDetermination:
        """The determination for one kind."""
        return next(filing for filing in self.filings if filing.kind is kind)
