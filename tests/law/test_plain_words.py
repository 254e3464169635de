"""Every reason and way out is short, in plain words, and free of codes a caseworker would not know."""

import re
from collections.abc import Iterator
from statistics import fmean

import pytest

from service.law.advisory_table import ADVISORY_RULES
from service.law.clauses import CLAUSE_RULES
from service.law.gate_rules import GATE_TABLE

LONGEST = 300
HARDEST_GRADE = 12.0
MEAN_GRADE = 10.0
FORMULA = "to be confirmed by the attorney"
"""The mark of what was not read in its source; it stands in brackets and is no part of the sentence's difficulty."""


def told() -> Iterator[tuple[str, str]]:
    """Every sentence a reviewer is told, with where it stands."""
    for rule in GATE_TABLE.gates:
        for key, ruling in rule.rulings.items():
            yield f"{rule.id} {key}: statement", ruling.statement
            if ruling.remedy:
                yield f"{rule.id} {key}: remedy", ruling.remedy
        if rule.conflict:
            yield f"{rule.id}: conflict", rule.conflict
    for code, advisory in ADVISORY_RULES.items():
        yield f"{code}: statement", advisory.statement
        yield f"{code}: remedy", advisory.remedy
    for entry in CLAUSE_RULES:
        yield f"{entry.clause.id}: meaning", entry.clause.meaning


TOLD = dict(told())


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end; one at least."""
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: school years a reader needs."""
    plain = re.sub(rf" ?\([^)]*{FORMULA}\)", "", text).replace("’", "'")
    plain = re.sub(r"§|\d+(\.\d+)?", "one", plain)
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)", plain) if part.strip()]
    words = [word.strip("'") for word in re.findall(r"[a-z']+", plain.lower()) if word.strip("'")]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("place", TOLD)
def test_what_a_reviewer_is_told_is_short_and_easy_to_read(place: str) -> None:
    assert len(TOLD[place]) <= LONGEST
    assert grade(TOLD[place]) <= HARDEST_GRADE


def test_on_the_whole_it_reads_as_a_newspaper_does() -> None:
    assert fmean(map(grade, TOLD.values())) <= MEAN_GRADE


def test_no_pointer_code_or_abbreviation_stands_in_a_reason() -> None:
    jargon = re.compile(r"/\w+/|\b(NMSN|NCP|CP|IV-D|QMCSO|UIFSA|G\d\d|null|JSON|true|false)\b|_")
    assert [place for place, words in TOLD.items() if jargon.search(words)] == []


def test_whatever_does_not_simply_allow_has_a_way_out() -> None:
    assert all(rule.remedy for rule in ADVISORY_RULES.values())
    for rule in GATE_TABLE.gates:
        assert all(ruling.remedy for ruling in rule.rulings.values() if ruling.outcome.severity)


def test_the_grade_is_that_of_the_formula() -> None:
    ten_words_of_fourteen_syllables = "The agency sends one copy to the parent by mail."
    assert grade(ten_words_of_fourteen_syllables) == pytest.approx(0.39 * 10 + 11.8 * 1.4 - 15.59)
