"""The authorities that a text cites, and how far each was checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.law.authorities import AUTHORITIES
from service.law.standing import Standing

_SECTION: Final = r"[\d.-]*\d(?:\([A-Za-z0-9]+\))*"
_SECTIONS: Final = re.compile(rf"§§? ({_SECTION}(?:(?:,| and|, and) {_SECTION})*)")
_CODE: Final = re.compile(r"(Ark\. Code Ann\.|\d+ U\.S\.C\.|\d+ C\.F\.R\.) $")
_LONGEST_CODE: Final = 32
"""How many characters before its section sign the name of a code may begin."""
_RULES: Final = re.compile(
    r"(?:Ark\. R\. Civ\. P\.|Administrative Order No\.) \d+(?:\([A-Za-z0-9]+\))*(?:,? §§? [IVX]+(?:\([A-Z0-9]+\))?)?"
)
_SIGNS: Final = ("§", "Civ.", "Administrative", "v.")
"""One of these stands in every citation, and none in most paragraphs."""
_CASES: Final = tuple(entry for entry in AUTHORITIES.values() if " v. " in entry.citation)


@dataclass(frozen=True, slots=True)
class CitedAuthority:
    """A citation as the text has it; ``standing`` as in the table of authorities, ``None`` where that lacks it."""

    citation: str
    standing: str | None


def authorities_cited(text: str) -> tuple[CitedAuthority, ...]:
    """Every statute, rule, regulation and case in the order of the text, each once."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    plain = " ".join(text.replace("\u2011", "-").split())
    return tuple(dict.fromkeys(CitedAuthority(citation, _standing(citation)) for citation in _citations(plain)))


def _citations(text: str) -> Iterator[str]:
    for found in _SECTIONS.finditer(text):
        code = _CODE.search(text, max(0, found.start() - _LONGEST_CODE), found.start())
        if code is not None:
            yield from (f"{code[1]} § {section}" for section in re.findall(_SECTION, found[1]))
    yield from (found[0].replace(", §", " §") for found in _RULES.finditer(text))
    yield from (entry.citation for entry in _CASES if entry.citation in text)


@lru_cache(maxsize=1024)
def _standing(citation: str) -> str | None:
    """That of the row itself, else of the narrowest row that holds the place cited, else of a row within it.

    Where rows are alike in that, the standing that is least certain.
    """
    holding = [row for row in _ROWS if citation == row or citation.startswith(f"{row}(")]
    narrowest = max(map(len, holding), default=0)
    rows = [row for row in holding if len(row) == narrowest]
    rows = rows or [row for row in _ROWS if row.startswith(f"{citation} (")]
    rows = rows or [row for row in _ROWS if re.match(rf"{re.escape(citation)}(?![\d-])", row)]
    standings = [standing for row in rows for standing in _ROWS[row]]
    return max(standings, key=list(Standing).index).value if standings else None


def _rows() -> dict[str, list[Standing]]:
    """The standings by citation, as documents write it; a row on two subdivisions answers for each."""
    rows: dict[str, list[Standing]] = {}
    for entry in AUTHORITIES.values():
        plain = entry.citation.replace("§§ ", "§ ").replace("Ark. Sup. Ct. Admin. Order", "Administrative Order")
        first, _, last = plain.partition("–")
        for citation in (first, f"{first[: first.rindex('(')]}{last}") if last else (first,):
            rows.setdefault(citation, []).append(entry.standing)
    return rows


_ROWS: Final = _rows()
