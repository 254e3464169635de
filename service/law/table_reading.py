"""Reading the law's tables: every table names its source and the date it was read.

A table is read once, when the module that evaluates it is imported, and is refused whole if a row is faulty.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any, ClassVar, TypeVar

from service.errors import Audience, Fault, FilingError
from service.law import tables

Vocabulary = TypeVar("Vocabulary", bound=StrEnum)


class LawTableRefused(FilingError):
    """A table of the law does not say what the code needs; every fault names its row and member."""

    code: ClassVar[str] = "law_table_invalid"
    audience: ClassVar[Audience] = Audience.OPERATOR


class TableReader:
    """Takes typed members out of one table and gathers every fault until :meth:`close` refuses them together.

    A faulty member reads as an empty value, so that one pass finds all faults; nothing read may be used before
    :meth:`close` has returned.
    """

    def __init__(self, name: str, document: Mapping[str, Any]) -> None:
        self.name = name
        self.document = document
        self._faults: list[Fault] = []
        self.text(document, "source", "")
        self.day(document, "as_of", "")

    def refuse(self, pointer: str, message: str) -> None:
        """Note one fault at a JSON Pointer into the table."""
        self._faults.append(Fault(code="table_row_invalid", message=message, pointer=pointer, part=self.name))

    def close(self) -> None:
        """Refuse the table if any fault was noted.

        Raises:
            LawTableRefused: with all faults.
        """
        if self._faults:
            first = self._faults[0]
            message = (
                f"The table {self.name} is faulty at {first.pointer}: {first.message} Mend the file and start again."
            )
            raise LawTableRefused(message, self._faults)

    def rows(self, member: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The rows of a list of objects, each with its pointer."""
        rows = self.document.get(member)
        if not isinstance(rows, list) or not rows:
            self.refuse(f"/{member}", "a list of rows is expected.")
            return []
        return [(f"/{member}/{place}", row) for place, row in enumerate(rows) if self._is_object(row, member, place)]

    def entries(self, row: Mapping[str, Any], member: str, at: str) -> list[tuple[str, str, Mapping[str, Any]]]:
        """The members of an object of objects: key, pointer, object."""
        entries = row.get(member)
        if not isinstance(entries, dict) or not entries:
            self.refuse(f"{at}/{member}", "an object of objects is expected.")
            return []
        return [(key, f"{at}/{member}/{key}", entry) for key, entry in entries.items() if isinstance(entry, dict)]

    def text(self, row: Mapping[str, Any], member: str, at: str) -> str:
        """A text that is not empty."""
        value = row.get(member)
        if isinstance(value, str) and value.strip():
            return value
        self.refuse(f"{at}/{member}", "a text is expected.")
        return ""

    def optional_text(self, row: Mapping[str, Any], member: str, at: str) -> str | None:
        """A text, or ``None`` where the member is absent or null."""
        return None if row.get(member) is None else self.text(row, member, at)

    def texts(self, row: Mapping[str, Any], member: str, at: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        value = row.get(member)
        if isinstance(value, list) and all(isinstance(entry, str) and entry for entry in value):
            return tuple(value)
        self.refuse(f"{at}/{member}", "a list of texts is expected.")
        return ()

    def flag(self, row: Mapping[str, Any], member: str, at: str) -> bool:
        """True or false, written out."""
        value = row.get(member)
        if isinstance(value, bool):
            return value
        self.refuse(f"{at}/{member}", "true or false is expected.")
        return False

    def whole(self, row: Mapping[str, Any], member: str, at: str) -> int:
        """A whole number."""
        value = row.get(member)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.refuse(f"{at}/{member}", "a whole number is expected.")
        return 0

    def day(self, row: Mapping[str, Any], member: str, at: str) -> date:
        """A date, written YYYY-MM-DD."""
        value = row.get(member)
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.refuse(f"{at}/{member}", "a date as YYYY-MM-DD is expected.")
            return date.min

    def word(self, vocabulary: type[Vocabulary], row: Mapping[str, Any], member: str, at: str) -> Vocabulary:
        """A word of a closed vocabulary."""
        words = self.words(vocabulary, [row.get(member)], f"{at}/{member}")
        return words[0] if words else next(iter(vocabulary))

    def words(self, vocabulary: type[Vocabulary], values: Iterable[Any], at: str) -> tuple[Vocabulary, ...]:
        """The words of a closed vocabulary; a foreign word is a fault."""
        known = {word.value: word for word in vocabulary}
        values = list(values)
        if all(isinstance(value, str) and value in known for value in values):
            return tuple(known[value] for value in values)
        self.refuse(at, f"one of {', '.join(known)} is expected.")
        return ()

    def _is_object(self, row: object, member: str, place: int) -> bool:
        if isinstance(row, dict):
            return True
        self.refuse(f"/{member}/{place}", "an object is expected.")
        return False


def open_table(name: str) -> TableReader:
    """Read the table ``name`` (a file name among the law's tables).

    Raises:
        LawTableRefused: the file is not a JSON object.
    """
    document = json.loads(files(tables).joinpath(name).read_text(encoding="utf-8"))
    if not isinstance(document, dict):
        raise LawTableRefused(f"The table {name} must hold one JSON object.")
    return TableReader(name, document)
