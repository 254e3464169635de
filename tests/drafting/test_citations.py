"""Manuscripts cite only authorities whose words were read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.law.authorities import AUTHORITIES, TO_BE_CONFIRMED
from service.law.citations import authorities_cited
from templates import templates_root
from tests.builders import VARIANTS, variant
from tests.drafting.conftest import Reader

MANUSCRIPTS = sorted(
    path for path in (templates_root() / "manuscripts").rglob("*.txt") if not path.name.startswith("notice")
)
CITATION = re.compile(
    r"Ark\. Code Ann\. §§? ?[\d-]+(?:, \d[\d-]+)*|Ark\. R\. Civ\. P\. \d+"
    r"|\d+ C\.F\.R\. § ?[\d.]+\d|\d+ U\.S\.C\. § ?\d+"
)


def citations(text: str) -> Iterator[str]:
    """Every statute, rule and regulation cited, by section without its divisions."""
    for found in CITATION.findall(text.replace("\\~", " ").replace("\\-", "-")):
        base, _, sections = found.replace("§§", "§").partition("§ ")
        if not sections:
            yield base
        for section in sections.split(", "):
            if section:
                yield f"{base}§ {section}"


def is_read(citation: str) -> bool:
    """Whether an authority of that section stands in the table as read."""
    rest = re.compile(re.escape(citation) + r"(?![\d-])")
    return any(entry.standing.certain and rest.match(entry.citation) for entry in AUTHORITIES.values())


@pytest.mark.parametrize("manuscript", MANUSCRIPTS, ids=lambda path: path.stem)
def test_every_citation_was_read_in_its_source(manuscript: Path) -> None:
    lines = [line for line in manuscript.read_text(encoding="utf-8").splitlines() if not line.startswith("%%")]
    unread = {citation for citation in citations("\n".join(lines)) if not is_read(citation)}
    assert not unread


def test_cases_are_cited_as_the_table_has_them() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in MANUSCRIPTS).replace("//", "")
    for case in (
        "State, Office of Child Support Enforcement v. Terry, 336 Ark. 310, 985 S.W.2d 711 (1999)",
        "Stehle v. Zimmerebner, 2016 Ark. 290, 497 S.W.3d 188",
    ):
        assert case in text
        assert case in {entry.citation for entry in AUTHORITIES.values() if entry.standing.certain}
    assert "Waldon" not in text


def test_no_dollar_test_of_a_repealed_statute_is_offered() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in MANUSCRIPTS)
    assert "9-14-107" not in text
    assert "$100" not in text


@pytest.mark.parametrize("label", VARIANTS)
def test_every_authority_on_a_page_stands_in_the_table_as_read(label: str, read: Reader) -> None:
    """Down to its divisions, unlike the check of the manuscripts; nothing else may be printed as certain."""
    for name, text in read(variant(label)).items():
        unread = [cited.citation for cited in authorities_cited(text) if cited.standing != "V"]
        assert unread == [], name
        assert TO_BE_CONFIRMED not in text


def test_statutes_that_were_amended_since_are_cited_as_amended() -> None:
    """Those whose present text was not at hand, as their rows in the table tell the attorney."""
    amended = {
        re.sub(r"\(.*", "", entry.citation).rpartition(" ")[2]
        for entry in AUTHORITIES.values()
        if (entry.check or "").startswith("Amended since 2021")
    }
    assert amended == {"9-14-105", "9-14-106", "9-14-107", "9-14-232", "9-14-234"}
    printed = re.compile(rf"(?:{'|'.join(amended)})(?:\([A-Za-z0-9]+\))*(?!, as amended)(?![-\d(])")
    for manuscript in MANUSCRIPTS:
        lines = [line for line in manuscript.read_text(encoding="utf-8").splitlines() if not line.startswith("%%")]
        assert printed.findall("\n".join(lines).replace("\\-", "-")) == [], manuscript.stem
