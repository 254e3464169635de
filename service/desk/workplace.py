"""What the desks that draw up papers work with."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.desk.cabinet import FilingCabinet
from service.desk.reception import Reception
from service.work.drafting_room import DraftingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Who reads what is sent, who draws it up, where it is kept; ``versions`` say what would make a document now."""

    reception: Reception
    room: DraftingRoom
    cabinet: FilingCabinet
    versions: Mapping[str, str]
