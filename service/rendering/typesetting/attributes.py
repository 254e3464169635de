"""Reading an element attribute by attribute, so that none is passed over unseen."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree

from service.errors import Fault
from service.rendering.typesetting.archive import refused
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.names import VAL, W, short

Partial = dict[str, Any]
"""Some members of a look, by name: what one style or one paragraph sets, and nothing it leaves open."""

_OFF: Final = frozenset({"0", "false", "off"})
_ON: Final = frozenset({"1", "true", "on"})
_COLOR: Final = re.compile(r"[0-9A-Fa-f]{6}")
_POINTS: Final = re.compile(r"(-?\d+(?:\.\d+)?)pt")


class NotSupported(Exception):
    """A reader met what it cannot carry over; the message says what to change."""

    def __init__(self, message: str, code: str = "unsupported_value") -> None:
        super().__init__(message)
        self.problem = Problem(code, message)


class Attributes:
    """The attributes of one element, each to be taken once; :meth:`check_all_read` refuses what is left."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.name = short(element)
        self._left = dict(element.attrib)

    def take(self, name: str) -> str | None:
        """The value of ``w:name``, or None when it is absent."""
        return self._left.pop(W + name, None)

    def ignore(self, *names: str) -> None:
        """Pass over attributes that have no visible effect here."""
        for name in names:
            self._left.pop(W + name, None)

    def val(self) -> str:
        """``w:val``, which must be there."""
        value = self.take("val")
        if value is None:
            raise NotSupported(f"<w:{self.name}> has no value: set the property again in Word.")
        return value

    def flag(self) -> bool:
        """An on/off property: present means on (ECMA-376-1, 17.17.4)."""
        value = self.take("val")
        if value is None or value in _ON:
            return True
        if value in _OFF:
            return False
        raise NotSupported(f"<w:{self.name}> is neither on nor off: set the property again in Word.")

    def points(self, name: str = "val", *, per_point: float = 20.0) -> float | None:
        """A length in points: a whole number in twips (or ``per_point`` units), or a figure that ends in ``pt``."""
        value = self.take(name)
        if value is None:
            return None
        exact = _POINTS.fullmatch(value)
        try:
            return float(exact[1]) if exact else int(value) / per_point
        except ValueError:
            raise NotSupported(
                f"<w:{self.name}> has a length that is no number: set the property again in Word."
            ) from None

    def number(self, name: str = "val") -> int | None:
        """A whole number."""
        value = self.take(name)
        try:
            return None if value is None else int(value)
        except ValueError:
            raise NotSupported(
                f"<w:{self.name}> has a value that is no number: set the property again in Word."
            ) from None

    def color(self, name: str) -> str | None:
        """Six hexadecimal digits; None for ``auto`` or when absent."""
        value = self.take(name)
        if value is None or value == "auto":
            return None
        if not _COLOR.fullmatch(value):
            raise NotSupported(
                f"<w:{self.name}> has a colour that is not six hexadecimal digits: choose the colour again."
            )
        return value.upper()

    def choice(self, name: str, meanings: Mapping[Any, Any], what: str) -> Any:
        """What a word stands for; a word not listed is refused."""
        value = self.take(name)
        if value not in meanings:
            raise NotSupported(
                f"{what} “{value}” is not typeset: choose one of {', '.join(sorted(map(str, meanings)))}."
            )
        return meanings[value]

    def check_all_read(self) -> None:
        """Refuse every attribute that nobody took."""
        if self._left:
            names = ", ".join(sorted(name.removeprefix(W) for name in self._left))
            raise NotSupported(
                f"<w:{self.name}> carries what is not typeset ({names}): remove this formatting.",
                "unsupported_attribute",
            )


_MAX_NUMBER: Final = 32_767
_MAX_DIGITS: Final = 5

Reader = Callable[[Attributes], Partial]


def nothing(attributes: Attributes) -> Partial:  # noqa: ARG001 - one signature for all readers
    """For properties that change nothing on the page."""
    return {}


def read_children(
    element: etree._Element, readers: Mapping[str, Reader], invisible: frozenset[str]
) -> tuple[Partial, tuple[Problem, ...]]:
    """Read every child by its reader. What has neither a reader nor a place among the invisible is a problem."""
    partial: Partial = {}
    problems: list[Problem] = []
    for child in element:
        name = short(child)
        if name in invisible:
            continue
        reader = readers.get(name)
        if reader is None:
            problems.append(
                Problem(
                    "unsupported_property",
                    f"<w:{name}> in <w:{short(element)}> is not typeset: remove this formatting.",
                )
            )
            continue
        attributes = Attributes(child)
        try:
            partial.update(reader(attributes))
            attributes.check_all_read()
        except NotSupported as refusal:
            problems.append(refusal.problem)
    return partial, tuple(problems)


def whole_number(value: str | None, otherwise: int) -> int:
    """A count or an id as Word writes it, up to its limit of 32,767.

    Raises:
        DocumentRefused: It is no such number; Word itself could not have written the file.
    """
    if value is None:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS and int(value) <= _MAX_NUMBER):
        message = "A list or style carries a number that Word does not write: save the document again in Word."
        raise refused([Fault(code="unsupported_value", message=message)])
    return int(value)


def value_of(element: etree._Element | None) -> str | None:
    """``w:val`` of an element that may be absent."""
    return None if element is None else element.get(VAL)
