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
_ROUNDS: Final = 2
"""The better of two is taken on either side, for a machine's slow moment may last as long as all runs of one paper."""
_FINAL: Final = Presentation(mark=PageMark.NONE, signed=True)


def measure_papers(templates: WordTemplates) -> Iterator[Measured | str]:
    """A row for each paper, and how many times as long LibreOffice took: for the middle one and for the least."""
    if reason := missing():
        yield f"papers beside LibreOffice: not measured, {reason}"
        return
    ratios = []
    with warm_libreoffice() as office:
        for name, words in _papers(templates):
            theirs, ours = [], []
            for begin in range(0, len(words), CASES):
                fresh = words[begin : begin + CASES]
                theirs.append(summarised("", [office.convert_ms(word) for word in fresh][_WARM_UP:]))
                ours.append(measure(f"Word to PDF, {name}", typeset, fresh, warm_up=_WARM_UP))
            best = min(ours, key=lambda row: row.p50_ms)
            ratios.append(min(row.p50_ms for row in theirs) / best.p50_ms)
            yield best
    yield f"{'LibreOffice / ours, the middle one of these papers':60} {statistics.median(ratios):8.1f} times"
    yield f"{'LibreOffice / ours, the least among these papers':60} {min(ratios):8.1f} times"


def _papers(templates: WordTemplates) -> Iterator[tuple[str, list[bytes]]]:
    for kind in KINDS:
        cases = itertools.islice(submissions(kind), CASES * _ROUNDS)
        drafted = [draft_filing(case.facts, case.filing, _FINAL) for case in cases]
        for drafts in zip(*drafted, strict=True):
            yield f"{kind}: {drafts[0].plan.name}"[:47], [templates.render(draft) for draft in drafts]
