"""Which facts stand behind each word of a document, found by experiment.

Each fact that a document reads is changed, alone, and the document is drafted again: whatever comes out otherwise
depends on that fact, whether it is printed as it was given, reckoned with, or only decides which words are chosen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from service.drafting.draft import Draft, Presentation
from service.drafting.filings import draft_document
from service.drafting.other_facts import other_values, smaller_groups
from service.facts.case import CaseFacts
from service.facts.reading import Reading, leaf_values, with_value
from service.facts.remembering import answers_remembered
from service.law.documents import documents
from service.law.outcomes import DocumentPlan, KindDetermination

Path = tuple[str, ...]
"""Where something stands in a context: member by member, entries of a list by their place from 0."""
_Found = tuple[str, Path, str]
"""A document, a path in its context, a fact behind it."""
LENGTH: Final = "#"
"""After the path of a list: how many entries it has."""

_FIRST_SIGN: Final = 0xE100
"""Signs are characters for private use, which no fact holds that is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influences:
    """By the name of a document and the path in its context: the JSON Pointers of the facts it depends on."""

    of_documents: Mapping[str, Mapping[Path, frozenset[str]]]

    def on(self, document: str, path: Path) -> frozenset[str]:
        """The facts behind what stands at a path, those behind the groups that hold it included."""
        known = self.of_documents[document]
        found: frozenset[str] = frozenset()
        for length in range(1, len(path) + 1):
            found |= known.get(path[:length], frozenset())
        return found

    def on_all_of(self, document: str) -> frozenset[str]:
        """The facts without which, as they are, the document could not be drafted or would be no part of the filing."""
        return self.of_documents[document].get((), frozenset())


def influences(
    facts: CaseFacts, filing: KindDetermination, presentation: Presentation, drafts: tuple[Draft, ...]
) -> Influences:
    """Find the facts behind every member of the contexts of these drafts."""
    planning = Reading(facts)
    documents(planning.facts, facts.kind, presentation.lifted)
    bench = _Bench(facts, filing, presentation, drafts, leaf_values(facts), frozenset(planning.read_pointers()))
    return Influences(of_documents=bench.all_found())


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where experiments are made; ``planning`` are the facts that decide which documents there are."""

    facts: CaseFacts
    filing: KindDetermination
    presentation: Presentation
    drafts: tuple[Draft, ...]
    values: Mapping[str, Any]
    planning: frozenset[str]

    def all_found(self) -> Mapping[str, Mapping[Path, frozenset[str]]]:
        """By document and path in its context the facts behind it."""
        readers = self._readers()
        texts = [pointer for pointer in readers if type(self.values[pointer]) is str]
        rest = [pointer for pointer in readers if type(self.values[pointer]) is not str]
        found, alone = self._behind_texts(texts, readers)
        for pointer in (*alone, *rest):
            found += [(name, path, pointer) for name, path in self._changed_by(pointer, readers[pointer])]
        for pointer, other in smaller_groups(self.facts):
            reading = {draft.plan.name for leaf in readers if leaf.startswith(f"{pointer}/") for draft in readers[leaf]}
            outcome = self._changed_to(pointer, other, [draft for draft in self.drafts if draft.plan.name in reading])
            found += [(name, path, pointer) for name, paths in outcome.items() for path in paths]
        sorted_out: dict[str, dict[Path, set[str]]] = {draft.plan.name: {} for draft in self.drafts}
        for name, path, pointer in found:
            sorted_out[name].setdefault(path, set()).add(pointer)
        return {
            name: {path: frozenset(pointers) for path, pointers in paths.items()} for name, paths in sorted_out.items()
        }

    def _readers(self) -> dict[str, list[Draft]]:
        """Which documents read a fact; one that decides which documents there are counts as read by all."""
        readers: dict[str, list[Draft]] = {}
        for draft in self.drafts:
            reading = Reading(self.facts)
            draft_document(reading.facts, self.filing, draft.plan, self.presentation)
            for pointer in sorted(self.planning.union(reading.read_pointers()) & self.values.keys()):
                readers.setdefault(pointer, []).append(draft)
        return readers

    def _behind_texts(self, pointers: list[str], readers: Mapping[str, list[Draft]]) -> tuple[list[_Found], list[str]]:
        """Mark all texts at once, each with a sign of its own, and see where the signs come out.

        Returned besides are the texts to be changed alone: those whose sign came out nowhere, and all of them where
        something came out otherwise without a sign that explains it.
        """
        signs = {chr(_FIRST_SIGN + place): pointer for place, pointer in enumerate(pointers)}
        changes = {pointer: f"{sign}{self.values[pointer]}{sign}" for sign, pointer in signs.items()}
        reading = list(dict.fromkeys(draft.plan.name for pointer in pointers for draft in readers[pointer]))
        outcomes = self._drafted([draft for draft in self.drafts if draft.plan.name in reading], changes)
        if any(isinstance(again, _Failed | None) for _, again in outcomes):
            if len(pointers) == 1:
                return [], pointers
            half = len(pointers) // 2
            parts = [self._behind_texts(part, readers) for part in (pointers[:half], pointers[half:])]
            return parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
        found: list[_Found] = []
        unexplained = False
        for draft, again in outcomes:
            context = again.context if isinstance(again, Draft) else {}
            for path in _differing(draft.context, context, ()):
                shown = [signs[sign] for sign in set(_text_at(context, path)) & signs.keys()]
                unexplained = unexplained or not shown
                found += [(draft.plan.name, path, pointer) for pointer in shown]
        told = {pointer for _, _, pointer in found}
        return found, [pointer for pointer in pointers if unexplained or pointer not in told]

    def _changed_by(self, pointer: str, drafts: list[Draft]) -> set[tuple[str, Path]]:
        """What comes out otherwise when this fact alone is changed, in as many ways as its kind asks for.

        Where a document can be drafted from no other value, the fact stands behind all of it.
        """
        value = self.values[pointer]
        enough = 2 if isinstance(value, Enum) else 1
        changed: set[tuple[str, Path]] = set()
        done = Counter[str]()
        others = tuple(other_values(value))
        for other in others:
            waiting = [draft for draft in drafts if done[draft.plan.name] < enough]
            outcome = self._changed_to(pointer, other, waiting)
            done.update(outcome.keys())
            changed |= {(name, path) for name, paths in outcome.items() for path in paths}
        stuck = [draft for draft in drafts if others and not done[draft.plan.name]]
        return changed | {(draft.plan.name, path) for draft in stuck for path in _printing(draft.context, value)}

    def _changed_to(self, pointer: str, value: Any, drafts: list[Draft]) -> dict[str, set[Path]]:
        """By document what comes out otherwise with one value changed; nothing of a document that cannot be drafted."""
        return {
            draft.plan.name: {()} if again is None else set(_differing(draft.context, again.context, ()))
            for draft, again in self._drafted(drafts, {pointer: value})
            if not isinstance(again, _Failed)
        }

    def _drafted(self, drafts: list[Draft], changes: Mapping[str, Any]) -> list[tuple[Draft, "Draft | _Failed | None"]]:
        """The same documents on other facts; ``None`` where one is then no part of the filing."""
        facts, filing = self.facts, self.filing
        outcomes: list[tuple[Draft, Draft | _Failed | None]] = []
        with answers_remembered():
            try:
                for pointer, value in changes.items():
                    facts = with_value(facts, pointer, value)
                if any(read == at or read.startswith(f"{at}/") for at in changes for read in self.planning):
                    filing = replace(filing, documents=documents(facts, facts.kind, self.presentation.lifted))
            except Exception:  # noqa: BLE001 - the law may fail in any way on facts that no schema would let through
                return [(draft, _Failed()) for draft in drafts]
            for draft in drafts:
                plan = next((plan for plan in filing.documents if plan.name == draft.plan.name), None)
                outcomes.append((draft, None if plan is None else self._attempt(facts, filing, plan)))
        return outcomes

    def _attempt(self, facts: CaseFacts, filing: KindDetermination, plan: DocumentPlan) -> "Draft | _Failed":
        try:
            return draft_document(facts, filing, plan, self.presentation)
        except Exception:  # noqa: BLE001 - as above
            return _Failed()


class _Failed:
    """A document that cannot be drafted from other facts."""


def _printing(context: Any, value: Any) -> set[Path]:
    """All of the document, and where in it the value stands as it is."""
    spelled = f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
    return {path for path, text in _texts(context, ()) if spelled in text} | {()}


def _texts(part: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(part, Mapping):
        for name, member in part.items():
            yield from _texts(member, (*path, name))
    elif isinstance(part, tuple | list):
        for place, entry in enumerate(part):
            yield from _texts(entry, (*path, str(place)))
    elif isinstance(part, str):
        yield path, part


def _text_at(context: Any, path: Path) -> str:
    """All the text at a path that may lead to a group, to nothing, or to the length of a list."""
    found = context
    for step in path:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, tuple | list):
            found = found[int(step)] if step != LENGTH and int(step) < len(found) else None
    return "".join(text for _, text in _texts(found, ()))


def _differing(one: Any, other: Any, path: Path) -> Iterator[Path]:
    if one == other:
        return
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in one.keys() | other.keys():
            if name in one and name in other:
                yield from _differing(one[name], other[name], (*path, name))
            else:
                yield (*path, name)
    elif isinstance(one, tuple | list) and isinstance(other, tuple | list):
        for place, (entry, changed) in enumerate(zip(one, other, strict=False)):
            yield from _differing(entry, changed, (*path, str(place)))
        if len(one) != len(other):
            yield (*path, LENGTH)
            yield from ((*path, str(place)) for place in range(min(len(one), len(other)), len(one)))
    else:
        yield path
