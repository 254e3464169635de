"""No document holds a word of another case, whatever is rendered at the same time."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Lock
from typing import Any

from docxtpl import DocxTemplate

from service.drafting.draft import Draft
from service.rendering.word.templates import WordTemplates

Context = Callable[[str], dict[str, Any]]
THREADS = 16
CASE = re.compile(rb"K\d{4}")


def cases_in(word: bytes) -> set[bytes]:
    """Every case whose words stand in any part of the document."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return {case for name in file.namelist() for case in CASE.findall(file.read(name))}


def mixed(case: str, render: Callable[[str], bytes]) -> bool:
    return cases_in(render(case)) != {case.encode()}


def first_mixed(cases: Iterable[str], render: Callable[[str], bytes]) -> str | None:
    """A case whose document is not its own, as soon as there is one; an error in rendering is an error here."""
    with ThreadPoolExecutor(THREADS) as threads:
        running = {threads.submit(mixed, case, render): case for case in cases}
        for done in as_completed(running):
            if done.result():
                threads.shutdown(wait=True, cancel_futures=True)
                return running[done]
    return None


def test_2000_renders_of_mixed_cases_16_at_a_time_hold_only_their_own_words(
    sample_directory: Path, draft_of: Callable[..., Draft], sample_context: Context
) -> None:
    templates = WordTemplates(sample_directory)

    def render(case: str) -> bytes:
        return templates.render(draft_of("sample", **sample_context(case)))

    assert first_mixed((f"K{number:04}" for number in range(2000)), render) is None


def test_the_same_check_fails_on_a_document_object_that_threads_share(
    sample_directory: Path, sample_context: Context
) -> None:
    shared = DocxTemplate(str(sample_directory / "sample.docx"))
    one_at_a_time = Lock()  # without it the shared object may also bring the whole process down

    def render(case: str) -> bytes:
        word = io.BytesIO()
        context = {**sample_context(case), "document": {"title": "", "dated": "2026-11-23"}}
        with one_at_a_time:
            shared.render(context, autoescape=True)
        time.sleep(0.001)
        with one_at_a_time:
            shared.save(word)
        return word.getvalue()

    assert first_mixed((f"K{number:04}" for number in range(200)), render) is not None
