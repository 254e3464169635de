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
        renamed = _renamed(document, "".join(syllables[:2]), "".join(syllables[2:]))
        yield submission_of(renamed, load_facts(renamed), exhibits=exhibits, overrides={})


def _renamed(document: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    renamed = copy.deepcopy(document)
    for role, (given, family) in {"custodial_party": (first, last), "noncustodial_parent": (last, first)}.items():
        renamed[role]["name"] = {"first": given.capitalize(), "last": family.capitalize()}
        renamed[role]["address"]["lines"] = [f"{len(given) * 111} {family.capitalize()} {given.capitalize()} Road"]
        renamed[role]["address"]["city"] = f"{family.capitalize()}ville"
    return renamed
