"""What templates are given, as far as a linter must know it: which names there are, and what each holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, Final, TypeAlias

from service.drafting.printed import Picture, RichText
from templates import templates_root

Shape: TypeAlias = str | list["Shape"] | dict[str, "Shape"]
"""``"text"``, ``"number"``, ``"flag"`` (for conditions), ``"runs"`` (for ``{{r … }}``), ``"any"``; a list of one shape;
members by name."""
Names: TypeAlias = dict[str, Shape]

TEXT: Final = "text"
NUMBER: Final = "number"
FLAG: Final = "flag"
RUNS: Final = "runs"
ANY: Final = "any"


def shape_of(value: Any) -> Shape:
    """The shape of a value of a draft's context."""
    if isinstance(value, Mapping):
        return {str(name): shape_of(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [reduce(merged, map(shape_of, value))] if value else []
    if isinstance(value, bool):
        return FLAG
    if isinstance(value, (Picture, RichText)):
        return RUNS
    return TEXT if isinstance(value, str) else NUMBER if isinstance(value, int) else ANY


def merged(one: Shape, other: Shape) -> Shape:
    """What holds either: members of both, and anything where they do not agree."""
    if isinstance(one, dict) and isinstance(other, dict):
        both = {name: merged(one[name], other[name]) for name in one.keys() & other.keys()}
        return {name: both.get(name, shape) for name, shape in sorted({**one, **other}.items())}
    if isinstance(one, list) and isinstance(other, list):
        return [reduce(merged, [*one, *other])] if one or other else []
    return one if one == other else ANY


def names_of_contexts(contexts: Iterable[Mapping[str, Any]]) -> Names:
    """The names that any of these contexts gives."""
    nothing: Shape = {}
    names = reduce(merged, map(shape_of, contexts), nothing)
    return names if isinstance(names, dict) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNames:
    """The names of one template; ``elsewhere`` are those that only other templates are given."""

    names: Names
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Which names each template of the project is given, and what each name holds (``templates/names.json``)."""

    templates: Mapping[str, tuple[str, ...]]
    names: Names

    def of(self, template: str) -> "GivenNames":
        """What a template is given; for one that no draft uses, all there is."""
        given = self.templates.get(template, tuple(self.names))
        elsewhere = frozenset(self.names) - frozenset(given)
        return GivenNames(names={name: self.names[name] for name in given}, elsewhere=elsewhere)


@cache
def registry() -> Registry:
    """The registry, read once."""
    held: dict[str, Any] = json.loads((templates_root() / "names.json").read_bytes())
    templates = {template: tuple(names) for template, names in held["templates"].items()}
    return Registry(templates=templates, names=held["names"])
