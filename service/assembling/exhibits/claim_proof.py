"""Which pages of the exhibits show a claim's provider, date and sums."""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from service.assembling.packet_parts import Exhibit
from service.facts.claims import Claim

_MONTHS = tuple(calendar.month_name)[1:]


class Trait(StrEnum):
    """What a page may show of a claim; the names are those of the facts."""

    PROVIDER = "provider"
    SERVICE_DATE = "service_date"
    BILLED = "billed"
    PAID = "paid_by_custodial_party"


class Proof(StrEnum):
    """How far the exhibits bear a claim out."""

    FOUND = "found"
    PARTLY = "partly_found"
    NOT_FOUND = "not_found"
    NOT_READABLE = "not_readable"
    NONE_NAMED = "no_exhibit_named"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvingPage:
    """A page, from 1, of the exhibit with that id, and what it shows."""

    exhibit: str
    page: int
    shows: tuple[Trait, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimProof:
    """One claim line: what was found of it where, and what was not found anywhere."""

    claim: str
    proof: Proof
    pages: tuple[ProvingPage, ...]
    missing: tuple[Trait, ...]


def prove(claim: Claim, exhibits: Mapping[str, Exhibit]) -> ClaimProof:
    """Look for the claim in the exhibits that it names as its proof; a page with a date or a sum alone proves nothing.

    A page counts when it shows two traits or the provider. Pages without text cannot be read, and that is said.
    """
    named = [exhibits[identity] for identity in claim.proof if identity in exhibits]
    patterns = _patterns(claim)
    pages = tuple(page for exhibit in named for page in _proving_pages(exhibit, patterns))
    shown = {trait for page in pages for trait in page.shows}
    missing = tuple(trait for trait in Trait if trait not in shown)
    return ClaimProof(claim=claim.id, proof=_verdict(named, shown, missing), pages=pages, missing=missing)


def _verdict(named: Sequence[Exhibit], shown: set[Trait], missing: Sequence[Trait]) -> Proof:
    if not named:
        return Proof.NONE_NAMED
    if not missing:
        return Proof.FOUND
    if any(not reading.text and not reading.blank for exhibit in named for reading in exhibit.readings):
        return Proof.NOT_READABLE
    return Proof.PARTLY if shown else Proof.NOT_FOUND


def _proving_pages(exhibit: Exhibit, patterns: Mapping[Trait, re.Pattern[str]]) -> Iterator[ProvingPage]:
    for number, reading in enumerate(exhibit.readings, start=1):
        shows = tuple(trait for trait, pattern in patterns.items() if pattern.search(reading.text))
        if len(shows) > 1 or Trait.PROVIDER in shows:
            yield ProvingPage(exhibit=exhibit.id, page=number, shows=shows)


def _patterns(claim: Claim) -> dict[Trait, re.Pattern[str]]:
    return {
        Trait.PROVIDER: _words(claim.provider),
        Trait.SERVICE_DATE: _dated(claim.service_date),
        Trait.BILLED: _sum(claim.billed),
        Trait.PAID: _sum(claim.paid_by_custodial_party),
    }


def _words(text: str) -> re.Pattern[str]:
    """The words in their order, in any case and with any marks between them."""
    words = re.findall(r"\w+", text)
    return re.compile(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)


def _sum(amount: Decimal) -> re.Pattern[str]:
    """With cents, with or without commas, and not as part of a longer number."""
    whole, cents = f"{amount:,.2f}".split(".")
    grouped = whole.replace(",", ",?")
    return re.compile(rf"(?<![\d.,]){grouped}\.{cents}(?!\d)")


def _dated(day: date) -> re.Pattern[str]:
    """As Americans write dates, in words or figures, and as computers do."""
    name = _MONTHS[day.month - 1]
    spoken = rf"{name[:3]}(?:{name[3:]}|t)?\.?\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{day.year}"
    figures = rf"0?{day.month}[/.-]0?{day.day}[/.-](?:{day.year}|{day.year % 100:02d})"
    return re.compile(rf"(?<![\d/.-])(?:{spoken}|{figures}|{day.isoformat()})(?!\d)", re.IGNORECASE)
