"""Which facts stand behind each word of a document, found by experiment.

Each fact that a document reads is changed, alone, and the document is drafted again: whatever comes out otherwise
depends on that fact, whether it is printed as it was given, reckoned with, or only decides which words are chosen.
The entries of a long list are changed together, in groups so chosen that their effects can be told apart.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from service.drafting.differences import Path
from service.drafting.draft import Presentation
from service.drafting.experiments import WHOLE, Bench
from service.drafting.long_lists import LongList, long_lists
from service.drafting.other_facts import Alternative, alternatives
from service.facts.case import CaseFacts
from service.law.outcomes import KindDetermination

LONG: Final = 8
"""Lists of more entries are searched in groups: every one of their facts alone would take quadratic time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influences:
    """By the name of a document and the path in its context: the JSON Pointers of the facts it depends on."""

    of_documents: Mapping[str, Mapping[Path, AbstractSet[str]]]

    def on(self, document: str, path: Path) -> AbstractSet[str]:
        """The facts behind what stands at a path, those behind the groups that hold it included."""
        known = self.of_documents[document]
        found = [known[path[:length]] for length in range(1, len(path) + 1) if path[:length] in known]
        return found[0] if len(found) == 1 else frozenset[str]().union(*found)

    def on_all_of(self, document: str) -> AbstractSet[str]:
        """The facts without which, as they are, the document could not be drafted or would be no part of the filing."""
        return self.of_documents[document].get(WHOLE, frozenset())


def influences(facts: CaseFacts, filing: KindDetermination, presentation: Presentation) -> Influences:
    """Find the facts behind every member of the contexts of a filing's documents.

    For what stands in no list of more than :data:`LONG` entries this is exact, as far as the values tried show it; for
    what does, see :class:`service.drafting.long_lists.LongList`.
    """
    bench = Bench(facts, filing, presentation)
    lists, alone = long_lists(facts, alternatives(facts), longer_than=LONG)
    found: dict[str, dict[Path, set[str]]] = {name: defaultdict(set) for name in bench.names}
    for alternative in alone:
        for name, paths in changed_alone(bench, alternative).items():
            for path in paths:
                found[name][path].add(alternative.pointer)
    for entries in lists:
        for name, behind in LongList(bench, entries).found().items():
            for path, pointers in behind.items():
                found[name][path] |= pointers
    return Influences(of_documents=found)


def changed_alone(bench: Bench, alternative: Alternative) -> dict[str, set[Path]]:
    """By document what comes out otherwise when this place alone holds something else, in as many ways as suffice.

    Where a document can be drafted with nothing else there, the fact stands behind all of it.
    """
    names = bench.within_reach(alternative.touched)
    changed: dict[str, set[Path]] = {}
    done = Counter[str]()
    for other in alternative.others:
        waiting = [name for name in names if done[name] < alternative.enough]
        if not waiting:
            break
        outcome = bench.outcome([(alternative, other)], waiting)
        done.update(outcome.changed.keys())
        for name, paths in outcome.changed.items():
            changed.setdefault(name, set()).update(paths)
    if alternative.indispensable:
        for name in names:
            if not done[name]:
                changed.setdefault(name, set()).update(bench.standing(name, alternative.value))
    return changed
