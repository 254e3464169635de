"""``make bench``: our times beside docxtpl and a warm LibreOffice, in one run on one machine."""

import io
import itertools
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from benchmarks.bundles import measure_bundles
from benchmarks.cases import submissions
from benchmarks.libreoffice import missing, warm_libreoffice
from benchmarks.packets import packet_parts
from benchmarks.papers import measure_papers
from benchmarks.seals import seals
from benchmarks.timing import Measured, measure, summarised
from benchmarks.typesetting import measure_typesetting
from service.assembling.packet import assemble
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.pipeline import Submission
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates
from service.signing.keys import load_or_make_dev_key
from service.work.libraries import set_aside_what_stays, settle_libraries
from templates import templates_root

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
FINAL = Presentation(mark=PageMark.NONE, signed=True)
FILINGS = templates_root() / "filings"


def main() -> None:
    """Measure and print."""
    settle_libraries()
    templates = WordTemplates(FILINGS)
    templates.compile_all()
    set_aside_what_stays()  # as every rendering process does once it is open
    drafts = [_motion(submission) for submission in itertools.islice(submissions("modification"), 60)]
    words = [templates.render(draft) for draft in drafts]
    ours_word = measure("Word, ours", templates.render, drafts)
    theirs_word = measure("Word, docxtpl (a fresh template each time)", _docxtpl, drafts[:23])
    ours_pdf = measure("Word to PDF, ours", typeset, words)
    parity = measure(
        "parity check", lambda pair: check_parity(*pair), [(word, typeset(word).pdf) for word in words[:23]]
    )
    _print([ours_word, theirs_word, ours_pdf, parity])
    _ratio("docxtpl / ours, Word", theirs_word, ours_word)
    _beside_libreoffice(words[:23], ours_pdf, theirs_word, ours_word)
    _rows(measure_papers(templates))
    print("\n".join(measure_typesetting(templates)), flush=True)
    packets = list(packet_parts(20))
    set_aside_what_stays()
    _print([measure("packet, 10 documents and 60 exhibit pages", lambda parts: assemble(*parts), packets)])
    _bundles([typeset(word).pdf for word in words[:33]])


def _motion(submission: Submission) -> Draft:
    return draft_filing(submission.facts, submission.filing, FINAL)[0]


def _docxtpl(draft: Draft) -> bytes:
    template = DocxTemplate(FILINGS / f"{draft.template}.docx")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    named = {"title": draft.plan.title, "name": draft.plan.name, "dated": draft.dated.isoformat()}
    document = {**draft.context.get("document", {}), **named}
    template.render({**draft.context, "document": document}, environment)
    rendered = io.BytesIO()
    template.save(rendered)
    return rendered.getvalue()


def _beside_libreoffice(words: list[bytes], ours_pdf: Measured, theirs_word: Measured, ours_word: Measured) -> None:
    reason = missing()
    if reason:
        print(f"beside LibreOffice: not measured, {reason}")
        return
    with warm_libreoffice() as office:
        theirs = summarised("Word to PDF, warm LibreOffice", [office.convert_ms(word) for word in words][3:])
    _print([theirs])
    _ratio("LibreOffice / ours, Word to PDF", theirs, ours_pdf)
    ratio = (theirs.p50_ms + theirs_word.p50_ms) / (ours_pdf.p50_ms + ours_word.p50_ms)
    print(f"{'docxtpl and LibreOffice / ours, facts to PDF':60} {ratio:8.1f} times")


def _bundles(pdfs: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        _print([seals(pdfs, load_or_make_dev_key(keys, AT), AT)])
        _rows(measure_bundles(FILINGS, keys, AT))


def _rows(rows: Iterable[Measured | str]) -> None:
    for row in rows:
        _print([row]) if isinstance(row, Measured) else print(row, flush=True)


def _ratio(what: str, theirs: Measured, ours: Measured) -> None:
    print(f"{what:60} {theirs.p50_ms / ours.p50_ms:8.1f} times")


def _print(rows: list[Measured]) -> None:
    for row in rows:
        print(f"{row.what:60} {row.p50_ms:8.2f} ms p50 {row.p95_ms:8.2f} ms p95 {row.runs:4} runs", flush=True)


if __name__ == "__main__":
    main()
