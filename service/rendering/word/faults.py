"""Why a template could not be filled in: every absent name at once, each with its paragraph. Never a value."""

import inspect
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from service.errors import Fault
from service.rendering.word.compiling import CompiledPart
from service.rendering.word.language import AbsentName, TemplateLanguage, absent_name_message
from service.rendering.word.printing import NotPrintable
from service.rendering.word.runs import PICTURES, PlacedPictures

_TEMPLATE_FILE: Final = "<template>"
"""The file name that Jinja gives to what it compiles from a string."""


def render_faults(error: Exception, part: CompiledPart, context: Mapping[str, Any]) -> list[Fault]:
    """The faults behind an error that came out of a part's template."""
    if isinstance(error, AbsentName):
        found = _absent_names(part, context)
        if found:
            return found
    line = _template_line(error)
    return [_fault(_code(error), _message(error, context), part, line)]


def _code(error: Exception) -> str:
    if isinstance(error, AbsentName):
        return "undefined_name"
    return "value_refused" if isinstance(error, NotPrintable) else "expression_failed"


def _message(error: Exception, context: Mapping[str, Any]) -> str:
    """Own words only: the message of a foreign error may hold a value."""
    if isinstance(error, AbsentName):
        return absent_name_message(error.name, tuple(context) if error.at_top else error.known)
    if isinstance(error, NotPrintable):
        return str(error)
    if isinstance(error, SecurityError):
        return "The expression does what templates may not: they print, compare and repeat."
    return f"The expression cannot be computed ({type(error).__name__}): check its operators and filters."


def _template_line(error: Exception) -> int:
    """Jinja rewrites tracebacks so that frames of a template carry the template's own line numbers."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == _TEMPLATE_FILE), 0)


def _fault(code: str, message: str, part: CompiledPart, line: int) -> Fault:
    passage = part.passage_at(line)
    if passage is None:
        return Fault(code=code, message=message, part=part.name)
    return Fault(code=code, message=message, part=part.name, paragraph=passage.number, snippet=passage.snippet)


class _Noting(Undefined):
    """Stands in for an absent name and notes that it was used, instead of stopping there."""

    __slots__ = ()
    note: ClassVar[Callable[[str, Any], None]]

    def _noted(self) -> None:
        if self._undefined_name is not None:
            type(self).note(str(self._undefined_name), self._undefined_obj)

    def __str__(self) -> str:
        self._noted()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def __bool__(self) -> bool:
        self._noted()
        return False

    def __len__(self) -> int:
        self._noted()
        return 0

    def __eq__(self, other: object) -> bool:
        self._noted()
        return False

    def __hash__(self) -> int:
        return id(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._noted()
        return self


def _absent_names(part: CompiledPart, context: Mapping[str, Any]) -> list[Fault]:
    """Every absent name that a rendering meets, found by rendering once more."""
    noted: dict[tuple[str, int], Fault] = {}

    def note(name: str, owner: Any) -> None:
        line = template.get_corresponding_lineno(_compiled_line())
        known = tuple(context) if owner is missing else tuple(map(str, owner)) if isinstance(owner, Mapping) else ()
        noted.setdefault((name, line), _fault("undefined_name", absent_name_message(name, known), part, line))

    noting = type("NotingAbsence", (_Noting,), {"__slots__": (), "note": staticmethod(note)})
    template = TemplateLanguage(noting).from_string(part.source, globals=dict(part.constants))
    try:
        template.render({**context, PICTURES: PlacedPictures()})
    except Exception:  # noqa: BLE001 - whatever stops this second rendering, the names noted before it still count
        return list(noted.values())
    return list(noted.values())


def _compiled_line() -> int:
    """The line of the compiled template that is being carried out; nothing was raised, so only the stack knows."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename != _TEMPLATE_FILE:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else 0
