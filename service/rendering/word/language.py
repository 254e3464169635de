"""The template language: Jinja without doors. No loaders, no calls, no names that a draft does not give."""

import operator
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, Final

from jinja2 import StrictUndefined, Undefined, UndefinedError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from service.rendering.word.printing import printable
from service.rendering.word.run_tags import RUN_FILTER
from service.rendering.word.runs import PICTURES, runs_of

FILTERS_ALLOWED: Final = ("capitalize", "first", "join", "last", "length", "lower", "map", "reverse", "trim", "upper")
TESTS_ALLOWED: Final = ("divisibleby", "eq", "even", "false", "in", "ne", "odd", "sameas", "true")
STATEMENTS_ALLOWED: Final = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
CELL_STATEMENTS: Final = frozenset({"colspan", "cellbg", "vm", "hm"})
"""docxtpl's own statements for merged and shaded cells; it writes them out as properties before Jinja sees them."""

_MAX_RANGE: Final = 500
_LIMITED_OPERATORS: Final[dict[str, Callable[[int, int], int]]] = {"*": operator.mul, "%": operator.mod}
_MAX_FACTOR: Final = 1_000_000


class AbsentName(UndefinedError):
    """The template names what its draft does not hold."""

    def __init__(self, name: str, owner: Any, message: str | None = None) -> None:
        super().__init__(message or f"The template names “{name}”, which the draft does not hold.")
        self.name = name
        self.known = tuple(str(key) for key in owner) if isinstance(owner, Mapping) else ()
        self.at_top = owner is missing


def absent_name_message(name: str, known: tuple[str, ...]) -> str:
    """What is missing and the nearest name that is there."""
    nearest = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = (
        f"the nearest name it holds is “{nearest[0]}”."
        if nearest
        else f"it holds {', '.join(sorted(known)) or 'none'}."
    )
    return f"The template names “{name}”, which the draft does not hold; {hint}"


class Absent(StrictUndefined):
    """Refuses any use of a name that is not there, and remembers which names were."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: type = UndefinedError
    ) -> None:
        refuse = exc if name is None else partial(AbsentName, str(name), obj)
        super().__init__(hint, obj, name, refuse)  # type: ignore[arg-type]  # Jinja only calls it with a message


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Reads mappings by key, never by method; calls nothing but ``range`` and ``loop``; escapes for XML."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, undefined: type[Undefined] = Absent) -> None:
        super().__init__(
            autoescape=True,
            undefined=undefined,
            finalize=printable,
            keep_trailing_newline=True,
            cache_size=0,
            auto_reload=False,
        )
        self.filters = {**{name: FILTERS[name] for name in FILTERS_ALLOWED}, RUN_FILTER: _as_runs}
        self.tests = {name: self.tests[name] for name in TESTS_ALLOWED}
        self.globals = {"range": short_range}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's member; there are no methods to reach."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A mapping's member or a sequence's entry."""
        if isinstance(obj, Mapping):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only ``range(…)``, ``loop.cycle(…)`` and their like."""
        return obj is short_range or isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Whole numbers may be multiplied and taken modulo; text may be neither repeated nor %-formatted."""
        small = all(isinstance(side, int) and abs(side) <= _MAX_FACTOR for side in (left, right))
        if operator not in _LIMITED_OPERATORS or not small:
            raise SecurityError(f"The operator {operator} takes small whole numbers only.")
        return _LIMITED_OPERATORS[operator](left, right)


@pass_context
def _as_runs(context: Context, value: Any, look: str) -> Markup:
    """What ``{{r name }}`` becomes; authors cannot name it."""
    return runs_of(value, look, context[PICTURES])


def short_range(*bounds: int) -> range:
    """``range``, refused when longer than any list in a filing."""
    numbers = range(*bounds)
    if len(numbers) > _MAX_RANGE:
        raise SecurityError(f"range(…) is limited to {_MAX_RANGE} steps.")
    return numbers
