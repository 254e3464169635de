"""Word to PDF, ours beside LibreOffice warm and cold, on one and on two processes; the bytes compared as well."""

import concurrent.futures
import hashlib
import itertools
import multiprocessing
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.documents import orders, pleadings, statements
from benchmarks.libreoffice import missing, warm_libreoffice
from benchmarks.tables import tables
from benchmarks.timing import Measured, measure, summarised
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates

COLD_RUNS: Final = 3
SHARED: Final = 48
"""Documents for the comparison of one and two processes."""


def measure_typesetting(templates: WordTemplates) -> list[str]:
    """The lines of the table."""
    briefs, short = list(pleadings(templates, 24)), list(orders(templates, 24))
    pleading = f"brief of {typeset(briefs[0]).pages} pages, every word exchanged"
    kinds = {
        pleading: briefs,
        f"order of {typeset(short[0]).pages} pages, every word exchanged": short,
        "table of 80 rows": list(tables(80, 16)),
        "itemized statement of 1,000 lines (one table, 8 columns)": list(tables(1000, 5)),
        "itemized statement of 80 lines (3 tables, 23 columns)": list(statements(templates, 80, 8)),
        "itemized statement of 1,000 lines (3 tables, 23 columns)": list(statements(templates, 1000, 3)),
    }
    lines = [*_beside_cold(pleading, briefs), *_processes(list(pleadings(templates, SHARED)))]
    for name, words in kinds.items():
        warm_up = 3 if len(words) > 8 else 1  # noqa: PLR2004 - the long ones take their time
        ours = measure(f"Word to PDF, {name}", typeset, words, warm_up=warm_up)
        pairs = [(word, typeset(word).pdf) for word in words[:8]]
        parity = measure(f"parity check, {name}", lambda pair: check_parity(*pair), pairs, warm_up=1)
        lines += [_line(ours), _line(parity), *_beside_warm(name, words, ours)]
    return lines


def _beside_warm(name: str, words: Sequence[bytes], ours: Measured) -> list[str]:
    """Ours is measured again between LibreOffice's runs, so that both meet the machine in the same mood."""
    reason = missing()
    if reason:
        return [f"beside LibreOffice: not measured, {reason}"]
    theirs, again = [], []
    with warm_libreoffice() as office:
        office.convert_ms(words[0])
        for word in words[1:]:
            theirs.append(office.convert_ms(word))
            started = time.perf_counter()
            typeset(word)
            again.append((time.perf_counter() - started) * 1000)
    warm = summarised(f"warm LibreOffice, {name}", theirs)
    return [
        _line(warm),
        _ratio(f"LibreOffice / ours, {name}", warm.p50_ms, min(ours.p50_ms, summarised("", again).p50_ms)),
    ]


def _beside_cold(name: str, words: Sequence[bytes]) -> list[str]:
    """A new LibreOffice for every document, as scripts start it; its profile exists already."""
    if missing():
        return []
    times = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.docx")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        for word in words[: COLD_RUNS + 1]:
            source.write_bytes(word)
            started = time.perf_counter()
            subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True)
            times.append((time.perf_counter() - started) * 1000)
    ours = measure("", typeset, words)
    cold = summarised(f"cold soffice --convert-to, {name}", times[1:])
    return [_line(cold), _ratio(f"cold soffice / ours, {name}", cold.p50_ms, ours.p50_ms)]


def _digest(word: bytes) -> str:
    return hashlib.sha256(typeset(word).pdf).hexdigest()


def _processes(words: Sequence[bytes]) -> list[str]:
    """How much two processes do more than one, and whether all of them make the same bytes."""
    context = multiprocessing.get_context("forkserver")
    seconds, digests = {}, {}
    for number in (1, 2):
        with concurrent.futures.ProcessPoolExecutor(number, mp_context=context) as pool:
            list(pool.map(_digest, itertools.islice(itertools.cycle(words[:4]), 4 * number)))
            started = time.perf_counter()
            digests[number] = list(pool.map(_digest, words[4:], chunksize=2))
            seconds[number] = time.perf_counter() - started
    same = digests[1] == digests[2] == [_digest(word) for word in words[4:]]
    return [
        _ratio("two processes / one, pleadings a second", seconds[1], seconds[2]),
        f"{'the same bytes in every process and run':60} {'yes' if same else 'NO':>8}",
    ]


def _line(row: Measured) -> str:
    return f"{row.what:72} {row.p50_ms:9.2f} ms p50 {row.p95_ms:9.2f} ms p95 {row.runs:4} runs"


def _ratio(what: str, theirs: float, ours: float) -> str:
    return f"{what:72} {theirs / ours:9.1f} times"
