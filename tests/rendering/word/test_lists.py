"""Numbered paragraphs count as an attorney expects, in loops too."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from service.drafting.draft import Draft
from service.rendering.word.templates import WordTemplates
from templates.authoring import build

DraftOf = Callable[..., Draft]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def numbers(word: bytes) -> list[str]:
    """The numbers of level-1 paragraphs as Word counts them: on through a definition, anew at an override."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        numbering = etree.fromstring(file.read("word/numbering.xml"))
    instances = {instance.get(f"{W}numId"): instance for instance in numbering.iter(f"{W}num")}
    counters: dict[str, int] = {}
    begun: set[str] = set()
    found = []
    for paragraph in docx.Document(io.BytesIO(word)).paragraphs:
        if paragraph.style.style_id != "Allegation":
            continue
        own = paragraph._p.find(f"{W}pPr/{W}numPr/{W}numId")
        number = "1" if own is None else own.get(f"{W}val")
        instance = instances[number]
        definition = instance.find(f"{W}abstractNumId").get(f"{W}val")
        if number not in begun and instance.find(f".//{W}startOverride") is not None:
            counters[definition] = 0
        begun.add(number)
        counters[definition] = counters.get(definition, 0) + 1
        found.append(f"{counters[definition]} {paragraph.text}")
    return found


@pytest.fixture
def rendered(tmp_path: Path, draft_of: DraftOf) -> Callable[..., bytes]:
    def render(manuscript: str, **context: Any) -> bytes:
        (tmp_path / "list.txt").write_text(manuscript, encoding="utf-8")
        (tmp_path / "list.docx").write_bytes(build("list", tmp_path))
        return WordTemplates(tmp_path).render(draft_of("list", **context))

    return render


def test_allegations_count_on_through_a_loop(rendered: Callable[..., bytes]) -> None:
    word = rendered("# a\n{%p for x in xs %}\n# {{ x }}\n{%p endfor %}\n# b", xs=("p", "q"))
    assert numbers(word) == ["1 a", "2 p", "3 q", "4 b"]


def test_a_list_of_several_paragraphs_begins_anew_with_each_turn(rendered: Callable[..., bytes]) -> None:
    word = rendered("# a\n{%p for x in xs %}\n#restart {{ x }}\n# of {{ x }}\n{%p endfor %}", xs=("p", "q", "r"))
    assert numbers(word) == ["1 a", "1 p", "2 of p", "1 q", "2 of q", "1 r", "2 of r"]


def test_a_list_that_the_loop_itself_makes_counts_its_turns(rendered: Callable[..., bytes]) -> None:
    word = rendered("# a\n{%p for x in xs %}\n#restart {{ x }}\n{%p endfor %}", xs=("p", "q"))
    assert numbers(word) == ["1 a", "1 p", "2 q"]


def test_a_list_made_by_an_inner_loop_begins_anew_with_each_outer_turn(rendered: Callable[..., bytes]) -> None:
    inner = "{%p for x in xs %}\n#restart {{ x }}\n{%p endfor %}"
    manuscript = f"{{%p for xs in groups %}}\nGroup.\n\n{inner}\n{{%p endfor %}}\n#restart end"
    word = rendered(manuscript, groups=(("p", "q"), ("r",), ("s", "t")))
    assert numbers(word) == ["1 p", "2 q", "1 r", "1 s", "2 t", "1 end"]


def test_the_numbering_part_defines_every_instance_once_and_only_those(rendered: Callable[..., bytes]) -> None:
    word = rendered("{%p for x in xs %}\n#restart {{ x }}\n# and\n{%p endfor %}", xs=("p", "q", "r"))
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        numbering = etree.fromstring(file.read("word/numbering.xml"))
        document = file.read("word/document.xml")
    defined = [instance.get(f"{W}numId") for instance in numbering.iter(f"{W}num")]
    used = {number.get(f"{W}val") for number in etree.fromstring(document).iter(f"{W}numId")}
    assert len(defined) == len(set(defined))
    assert used == {"3", "4", "5"} <= set(defined)
    assert b"<?restart" not in document
