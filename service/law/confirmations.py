"""What the office itself has confirmed of the law that was read in a secondary source or stated from memory.

A confirmation lifts no gate and prints nothing: it tells the reviewer that the office has read the authority, who did
and when. Everything that rests on the authority follows it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from service.facts.canonical import canonical_json, digest
from service.law.table_reading import LawTableRefused, TableReader

_MEMBERS = frozenset({"id", "by", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """One authority by its id, who in the office read it, and on which day."""

    authority: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Everything that one office has confirmed."""

    given: tuple[Confirmation, ...] = ()

    def of(self, authority: str) -> Confirmation | None:
        """The confirmation of that authority, if there is one."""
        return next((given for given in self.given if given.authority == authority), None)

    def as_json(self) -> dict[str, list[dict[str, str]]]:
        """All of them in the order of their authorities, as a record keeps them."""
        listed = sorted(self.given, key=lambda given: given.authority)
        return {"confirmed": [{"id": one.authority, "by": one.by, "on": one.on.isoformat()} for one in listed]}

    @classmethod
    def recorded(cls, document: Mapping[str, Any]) -> "Confirmations":
        """Those that a record keeps, as :meth:`as_json` wrote them; an authority may have been retired since.

        Raises:
            ValueError: they are not in that form.
        """
        try:
            rows = [(row["id"], row["by"], row["on"]) for row in document["confirmed"]]
            given = tuple(
                Confirmation(authority=str(id_), by=str(by), on=date.fromisoformat(on)) for id_, by, on in rows
            )
        except (KeyError, TypeError) as reason:
            raise ValueError("the confirmations are not as a record keeps them") from reason
        return cls(given)

    @property
    def digest(self) -> str:
        """SHA-256 over :meth:`as_json`: who has the same confirmations determines the same."""
        return digest(canonical_json(self.as_json()))


NONE_CONFIRMED = Confirmations()


def open_confirmations(path: Path, known: Iterable[str]) -> Confirmations:
    """Read the file in which an office keeps them; ``known`` are the ids of all authorities.

    Raises:
        LawTableRefused: the file cannot be read, or names what is not known; every fault with its place.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict):
        raise LawTableRefused(f"{path} is to hold one JSON object with the authorities that the office has confirmed.")
    return read_confirmations(TableReader(path.name, document), known)


def read_confirmations(table: TableReader, known: Iterable[str]) -> Confirmations:
    """The confirmations of a table; who and when are those of the row, else ``source`` and ``as_of`` of the table.

    Raises:
        LawTableRefused: a row is faulty, an id stands twice, or names no authority; the nearest known one is named.
    """
    ids = frozenset(known)
    given: dict[str, Confirmation] = {}
    for at, row in table.rows("confirmed"):
        identifier = table.text(row, "id", at)
        if identifier and identifier not in ids:
            table.refuse(f"{at}/id", f"{identifier} is no authority of ours{_nearest(identifier, ids)}.")
        if identifier in given:
            table.refuse(f"{at}/id", "this id stands twice.")
        for member in sorted(row.keys() - _MEMBERS):
            table.refuse(f"{at}/{member}", f"a row has the members {', '.join(sorted(_MEMBERS))}.")
        stated = {"by": table.document.get("source"), "on": table.document.get("as_of"), **row}
        given[identifier] = Confirmation(
            authority=identifier, by=table.text(stated, "by", at), on=table.day(stated, "on", at)
        )
    table.close()
    return Confirmations(tuple(given.values()))


def _nearest(identifier: str, known: frozenset[str]) -> str:
    nearest = get_close_matches(identifier, sorted(known), n=1)
    return f"; the nearest is {nearest[0]}" if nearest else ""
