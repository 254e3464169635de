"""No paper guesses a pronoun, and singular and plural agree."""

import re

import pytest

from tests.builders import DRAWN, example
from tests.drafting.conftest import Reader

PRONOUN = re.compile(r"\b(he|she|him|her|hers|his|himself|herself)\b", re.IGNORECASE)
OF_THE_ADOPTED_FORM = "after he/she refused to receive it when I offered it to him/her"


@pytest.mark.parametrize("kind", DRAWN)
def test_no_pronoun_is_guessed(read: Reader, kind: str) -> None:
    for name, text in read(example(kind)).items():
        assert not PRONOUN.findall(text.replace(OF_THE_ADOPTED_FORM, "")), name


def test_one_child_is_not_called_children(read: Reader) -> None:
    text = "\n".join(read(example("modification")).values())
    assert "children" not in text.replace("Children’s health insurance premium", "").lower()
    assert "one child" in text


def test_several_children_are_not_called_a_child(read: Reader) -> None:
    text = read(example("medical_support"))["complaint-for-medical-support"]
    assert "two children" in text
    assert "the child " not in text
    assert not re.search(r"children (has|is|lives|resides)\b", text)


def test_children_who_share_initials_are_numbered(read: Reader) -> None:
    document = example("medical_support")
    document["children"][1]["name"] = {"first": "Jude", "last": "Núñez Lefèvre"}
    text = read(document)["complaint-for-medical-support"]
    assert "J.N. (1) (born 2016) and J.N. (2) (born 2019)" in text
    assert "J.N. (2) has no health coverage." in text
