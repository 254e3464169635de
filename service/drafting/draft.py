"""A draft: one document's words, ready for its Word template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.law.lifting import NONE_LIFTED, Lifted
from service.law.outcomes import DocumentPlan


class PageMark(StrEnum):
    """What is printed at the head of every page."""

    DRAFT = "DRAFT — NOT FOR FILING"
    TEST = "TEST ONLY — UNTRUSTED SIGNATURE"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """How the pages are to appear: ``signed`` prints "/s/ Name", which happens at release only.

    ``lifted`` are the ids of gates that an attorney has lifted: what they would turn or leave out is drawn as asked.
    """

    mark: PageMark
    signed: bool
    lifted: Lifted = NONE_LIFTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One document of a filing before it is rendered.

    ``template`` names a file in ``templates/filings`` without its ending. ``context`` holds only strings, booleans,
    pictures and rich text (:mod:`service.drafting.printed`), and mappings and tuples of them: money, dates and names
    arrive as they are to be printed.
    """

    plan: DocumentPlan
    template: str
    context: Mapping[str, Any]
    dated: date
