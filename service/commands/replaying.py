"""replay: whether the same facts and versions give the same documents."""

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.facts import load_facts
from service.app import workshop_plan
from service.assembling.exhibits.process import ExhibitExaminer
from service.clock import system_clock
from service.commands.files import read_exhibits, read_facts, read_file
from service.commands.progress import progress
from service.commands.speaking import Spoken
from service.confirmed_law import load_confirmations
from service.desk.submissions import submission_of
from service.drafting.draft import PageMark
from service.errors import BundleRefused
from service.law.confirmations import Confirmations
from service.pipeline import Progress, Submission, Workshop, draw_up_again
from service.rendering.word.templates import WordTemplates
from service.settings import Settings
from service.signing.certificates import TEST_ONLY_MARK
from service.signing.comparison import Comparison, compare_bundles
from service.signing.container_reading import BundleLimits, read_container
from service.signing.keys import load_or_make_dev_key
from service.signing.manifest import MANIFEST_PATH
from service.signing.sealing import EMPLOYER
from service.signing.verification import verify

_OVERRIDES, _CONFIRMATIONS = "overrides.json", "confirmations.json"


def replay(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Draw up again what a bundle holds, and compare: every file that carries no signature, and the versions.

    Neither network nor records are needed, and nobody's key: signatures are not compared. Who signed the bundle is for
    ``verify`` to say.

    Raises:
        BundleRefused: the bundle is not as it was signed, so nothing can be compared with it.
    """
    original, at, mark = _opened(read_file(options.bundle))
    manifest = json.loads(original[MANIFEST_PATH])
    document = read_facts(options.facts)
    exhibits = read_exhibits(document, options.exhibits) if options.exhibits else _exhibits(original, manifest)
    reader = manifest["container"]
    submission = submission_of(
        document,
        load_facts(document),
        exhibits=exhibits,
        overrides=_overrides(original, manifest),
        confirmed=_confirmed(original, settings),
    )
    if reader == EMPLOYER and not exhibits:
        submission = _without_exhibits(submission)
    with progress() as report:
        again = _drawn_up(submission, settings, mark, at, report)
    if reader not in again:
        raise BundleRefused(f"From these facts no bundle for the {reader} is made; the facts are another filing's.")
    comparison = compare_bundles(original, again[reader])
    same = not comparison.differences
    return Spoken(answer=_answer(reader, comparison), words=_in_words(comparison), status=0 if same else 1)


def _opened(bundle: bytes) -> tuple[Mapping[str, bytes], datetime, PageMark]:
    """The files, the claimed time and the mark on the pages: a test key's bundle says so in its certificate."""
    found = verify(bundle, ())
    contents = read_container(bundle, BundleLimits())
    if not found.intact or found.signed_at is None or contents is None:
        raise BundleRefused(f"The bundle is not as it was signed: {found.explanation}")
    mark = PageMark.TEST if TEST_ONLY_MARK in (found.signer or "") else PageMark.NONE
    return contents.entries, found.signed_at, mark


def _exhibits(original: Mapping[str, bytes], manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """The exhibits as they were sent, by id: as filed, or the picture that a page was made of, where it is kept."""
    filed = {item["name"]: original[item["file"]] for item in manifest["documents"] if item["role"] == "exhibit"}
    kept = {
        item["name"].removesuffix("-original"): original[item["file"]]
        for item in manifest["documents"]
        if item["role"] == "exhibit_original"
    }
    return filed | kept


def _overrides(original: Mapping[str, bytes], manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the attorney lifted; the reasons are in the agency's record alone, and no page shows them."""
    if _OVERRIDES in original:
        reasons: dict[str, str] = json.loads(original[_OVERRIDES])
        return reasons
    return dict.fromkeys(manifest.get("overrides", {}), "")


def _confirmed(original: Mapping[str, bytes], settings: Settings) -> Confirmations:
    """What the office had confirmed when the filing was made; only the record keeps it, and no page shows it."""
    if _CONFIRMATIONS not in original:
        return load_confirmations(settings)
    try:
        return Confirmations.recorded(json.loads(original[_CONFIRMATIONS]))
    except ValueError as reason:
        raise BundleRefused(
            f"The bundle cannot be made again: {_CONFIRMATIONS} in it is not as a record has it."
        ) from reason


def _without_exhibits(submission: Submission) -> Submission:
    """An employer receives no exhibit and its papers show none, so they can be made again without."""
    return replace(submission, facts=replace(submission.facts, exhibits=()))


def _drawn_up(
    submission: Submission, settings: Settings, mark: PageMark, at: datetime, report: Progress
) -> dict[str, Mapping[str, bytes]]:
    """The containers made again, opened; a key that lives for this one comparison stands in for the signer's."""
    plan = workshop_plan(settings, system_clock, submission.confirmed)
    with ExhibitExaminer() as examiner, tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(
            templates=WordTemplates(plan.templates_dir), examiner=examiner, limits=plan.limits, versions=plan.versions
        )
        stand_in = load_or_make_dev_key(Path(folder), at)
        bundle = draw_up_again(submission, workshop, stand_in, mark=mark, at=at, progress=report)
    opened = {reader: read_container(content, BundleLimits()) for reader, content in bundle.containers.items()}
    return {reader: contents.entries for reader, contents in opened.items() if contents}


def _answer(reader: str, comparison: Comparison) -> dict[str, Any]:
    return {
        "identical": not comparison.differences,
        "container": reader,
        "files_compared": comparison.files,
        "differences": [{"part": item.part, "what": item.what} for item in comparison.differences],
    }


def _in_words(comparison: Comparison) -> str:
    if not comparison.differences:
        return f"The same facts and versions give the same documents: all {comparison.files} files agree byte for byte."
    lines = [f"  {item.part}: {item.what}" for item in comparison.differences]
    return "\n".join([f"Not the same. Of {comparison.files} files and what made them, this differs:", *lines])
