"""Every paper of the three examples in cases that differ: ours and a warm LibreOffice, paper by paper."""

import itertools
import statistics
from collections.abc import Iterator
from typing import Final

from benchmarks.cases import submissions
from benchmarks.libreoffice import missing, warm_libreoffice
from benchmarks.timing import Measured, measure, summarised
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates

KINDS: Final = ("modification", "medical_support", "uninsured_claim")
CASES: Final = 14
_WARM_UP: Final = 3
_FINAL: Final = Presentation(mark=PageMark.NONE, signed=True)


def measure_papers(templates: WordTemplates) -> Iterator[Measured | str]:
    """A row for each paper, and how many times as long LibreOffice took: for the middle one and for the least."""
    if reason := missing():
        yield f"papers beside LibreOffice: not measured, {reason}"
        return
    ratios = []
    with warm_libreoffice() as office:
        for name, words in _papers(templates):
            theirs = summarised("", [office.convert_ms(word) for word in words][_WARM_UP:])
            ours = measure(f"Word to PDF, {name}", typeset, words, warm_up=_WARM_UP)
            ratios.append(theirs.p50_ms / ours.p50_ms)
            yield ours
    yield f"{'LibreOffice / ours, the middle one of these papers':60} {statistics.median(ratios):8.1f} times"
    yield f"{'LibreOffice / ours, the least among these papers':60} {min(ratios):8.1f} times"


def _papers(templates: WordTemplates) -> Iterator[tuple[str, list[bytes]]]:
    for kind in KINDS:
        cases = itertools.islice(submissions(kind), CASES)
        drafted = [draft_filing(case.facts, case.filing, _FINAL) for case in cases]
        for drafts in zip(*drafted, strict=True):
            yield f"{kind}: {drafts[0].plan.name}"[:47], [templates.render(draft) for draft in drafts]
