"""A document as far as it could be read, so that values can be compared even where others were refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.facts.complaints import Steps, pointer
from service.errors import Fault


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the document; ``value`` is ``None`` where nothing was sent, or null, or something refused."""

    value: Any
    steps: Steps = ()

    def __getitem__(self, name: str) -> "Part":
        """The member of that name, unread where this is no object."""
        members = self.value if isinstance(self.value, dict) else {}
        return Part(members.get(name), (*self.steps, name))

    def entries(self) -> Iterator["Part"]:
        """Every entry of a list, refused ones too; none where this is no list."""
        for index, entry in enumerate(self.value if isinstance(self.value, list) else []):
            yield Part(entry, (*self.steps, index))

    @property
    def place(self) -> str:
        """The JSON Pointer of this place."""
        return pointer(self.steps)

    def fault(self, code: str, message: str) -> Fault:
        """A fault of this place."""
        return Fault(code=code, message=message, pointer=self.place)
