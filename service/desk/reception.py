"""What a caller sends becomes a submission: facts read, office and signatory checked, the law asked."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from schemas.facts import load_facts
from service.desk.caller import Caller
from service.desk.determinations import determine_facts
from service.desk.submissions import SentCase, submission_of
from service.drafting.redaction import public_text
from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts
from service.law.confirmations import Confirmations
from service.law.outcomes import Determination
from service.pipeline import Submission
from service.rendering.typesetting.fonts import unsettable
from service.rendering.typesetting.looks import RunLook
from service.storage.credentials import Scope


def receive(sent: SentCase, caller: Caller, confirmed: Confirmations) -> Submission:
    """Read and determine what a caller sent; overrides need the ``sign`` scope, for only an attorney lifts a gate.

    Raises:
        FactsRefused: the facts do not validate.
        ScopeMissing: another field office's facts, or overrides from a caller who may not sign.
    """
    if sent.overrides:
        caller.require(Scope.SIGN)
    facts = load_facts(sent.facts)
    caller.require_office(facts)
    if sent.overrides:
        caller.require_signatory(facts)
    _require_printable(sent.facts)
    _require_public_words(facts, sent.facts)
    return submission_of(sent.facts, facts, exhibits=sent.exhibits, overrides=sent.overrides, confirmed=confirmed)


def _require_printable(document: Mapping[str, Any]) -> None:
    """Refuse text that no shipped font can print, at its place in the facts and not only on a page."""
    faults = [
        Fault(
            code="character_not_printable",
            message="A character here is in no font of ours. Write the text in Latin, Greek or Cyrillic letters.",
            pointer=pointer,
        )
        for pointer, text in _texts(document, "")
        if unsettable(text, RunLook())
    ]
    if faults:
        raise FactsRefused("The facts hold characters that cannot be printed; change every place named.", faults)


def _require_public_words(facts: CaseFacts, document: Mapping[str, Any]) -> None:
    """Refuse identifiers in titles, places and names of firms: such words are printed, and not ours to reword.

    Descriptions and clauses, which quote others, are redacted where they are drafted and are not refused.
    """
    faults = [
        Fault(
            code="identifier_in_text",
            message="This text would stand in a public paper and names a child, a Social Security or account number, a "
            "full birth date or a protected address. Reword it.",
            pointer=pointer,
        )
        for pointer, text in _texts(document, "")
        if _PRINTED_AS_GIVEN.fullmatch(pointer) and public_text(facts, text) != text
    ]
    if faults:
        raise FactsRefused("The facts hold identifiers where a public paper prints the words as given.", faults)


_PRINTED_AS_GIVEN = re.compile(
    r"/exhibits/\d+/(title|label)|/hearing/place|/\w+/employments/\d+/(name|plan/name)|/matter/court/division"
    r"|/modification/guideline/edition|/orders/\d+/\w+/(direction_)?paragraph|/signatory/(office|title|name)"
)


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield from _texts(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _texts(member, f"{pointer}/{place}")


class Reception:
    """Reads what callers send, one case at a time in a thread of its own, under what the office has confirmed.

    Reading thousands of claims takes a moment. One thread, and not one for each caller, is what the event loop has to
    share the interpreter with.
    """

    def __init__(self, confirmed: Confirmations) -> None:
        self._confirmed = confirmed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reception")

    async def determine(self, document: Mapping[str, Any], caller: Caller) -> Determination:
        """:func:`determine_facts`, off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, determine_facts, document, caller, self._confirmed)

    async def receive(self, sent: SentCase, caller: Caller) -> Submission:
        """:func:`receive`, off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, receive, sent, caller, self._confirmed)

    def close(self) -> None:
        """End the thread once it has read what it is reading."""
        self._thread.shutdown()
