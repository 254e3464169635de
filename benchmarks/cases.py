"""Cases that differ: no engine may answer from its memory."""

import copy
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.facts import load_facts
from service.desk.submissions import submission_of
from service.pipeline import Submission

EXAMPLES = Path(__file__).parent.parent / "examples"
_SYLLABLES = ("bar", "cor", "del", "fen", "gil", "hol", "kes", "lun", "mar", "nor", "pel", "quin", "ros", "tam", "vel")


def submissions(kind: str) -> Iterator[Submission]:
    """The example of one kind again and again, each time with other people in another town."""
    document = json.loads((EXAMPLES / kind / "facts.json").read_bytes())
    folder = EXAMPLES / kind / "exhibits"
    exhibits = {item["id"]: (folder / item["file"]).read_bytes() for item in document["exhibits"]}
    for syllables in itertools.product(_SYLLABLES, repeat=4):
        renamed = _renamed(document, syllables)
        yield submission_of(renamed, load_facts(renamed), exhibits=exhibits, overrides={})


def _renamed(document: dict[str, Any], syllables: tuple[str, ...]) -> dict[str, Any]:
    """Nobody's name is in another's address: where one is protected, its words may not be in a public paper."""
    renamed = copy.deepcopy(document)
    one, two, three, four = syllables
    for role, ending in {"custodial_party": "a", "noncustodial_parent": "o"}.items():
        first, last = f"{one}{two}{ending}".capitalize(), f"{three}{four}{ending}".capitalize()
        renamed[role]["name"] = {"first": first, "last": last}
        renamed[role]["address"]["lines"] = [f"{len(first) * 111} {two.capitalize()}{three}{ending}field Road"]
        renamed[role]["address"]["city"] = f"{four.capitalize()}{one}{ending}ville"
    return renamed
