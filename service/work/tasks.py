"""What a rendering process does: open its workshop once, then one stage of the pipeline at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from service import pipeline
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer
from service.assembling.packet_parts import Exhibit
from service.delivery.receipt import Receipt
from service.drafting.coverage import Coverage
from service.errors import EngineFailed
from service.law.outcomes import DocumentPlan
from service.pipeline import Parts, PreparedFiling, Progress, ReleasedFiling, Submission, Workshop
from service.rendering.conversion import Conversion, convert
from service.rendering.document import RenderedDocument
from service.rendering.libreoffice import LibreOffice
from service.rendering.lint.linting import LintReport, lint
from service.rendering.lint.shapes import registry
from service.rendering.pages import page_image
from service.rendering.word.templates import WordTemplates
from service.reviewing.provenance import Origins
from service.signing.bundle import SignedBundle
from service.signing.examination import examine
from service.signing.findings import Verification
from service.signing.keys import SigningKey
from service.signing.sealer import SealingPolicy
from service.work.libraries import set_aside_what_stays


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPlan:
    """What a rendering process needs to know to open its workshop; small enough to send to it."""

    templates_dir: Path
    limits: ExhibitLimits
    load_key: Callable[[], SigningKey]
    load_policy: Callable[[], SealingPolicy]
    fallback: LibreOffice | None
    versions: dict[str, str]


class _ThisProcess:
    """What this rendering process has opened."""

    workshop: Workshop | None = None
    key: SigningKey | None = None
    policy: SealingPolicy | None = None
    progress: Progress
    fallback: LibreOffice | None = None


def open_workshop(plan: WorkshopPlan, progress: Progress | None = None) -> None:
    """Compile the templates, load the key, start the exhibit examiner: once in each rendering process.

    What is there then stays as long as the process.
    """
    close_workshop()
    templates = WordTemplates(plan.templates_dir)
    templates.compile_all()
    _ThisProcess.workshop = Workshop(
        templates=templates, examiner=ExhibitExaminer(), limits=plan.limits, versions=plan.versions
    )
    _ThisProcess.workshop.examiner.start()
    _ThisProcess.key = plan.load_key()
    _ThisProcess.policy = plan.load_policy()
    _ThisProcess.fallback = plan.fallback
    _ThisProcess.progress = progress or _silent
    set_aside_what_stays()


def close_workshop() -> None:
    """End the exhibit examiner of this process, if one was opened."""
    if _ThisProcess.workshop is not None:
        _ThisProcess.workshop.examiner.close()


def _workshop() -> Workshop:
    if _ThisProcess.workshop is None:
        raise EngineFailed("This process has not opened its workshop.")
    return _ThisProcess.workshop


def _key() -> SigningKey:
    if _ThisProcess.key is None:
        raise EngineFailed("This process has not opened its workshop.")
    return _ThisProcess.key


def preview_task(submission: Submission) -> PreparedFiling:
    """:func:`service.pipeline.preview` in this process's workshop."""
    return pipeline.preview(submission, _workshop(), _ThisProcess.progress)


def prepare_task(submission: Submission) -> PreparedFiling:
    """:func:`service.pipeline.prepare` in this process's workshop."""
    return pipeline.prepare(submission, _workshop(), _ThisProcess.progress)


def file_task(submission: Submission, filing_id: str, at: datetime) -> ReleasedFiling:
    """:func:`service.pipeline.release` in this process's workshop, with this process's key."""
    return pipeline.release(
        submission,
        _workshop(),
        _key(),
        filing_id=filing_id,
        at=at,
        progress=_ThisProcess.progress,
        policy=_ThisProcess.policy,
    )


def release_task(submission: Submission, filing_id: str, at: datetime) -> tuple[SignedBundle, Receipt]:
    """As :func:`file_task`, for a filing whose contents are kept already: only what is new travels back."""
    released = file_task(submission, filing_id, at)
    return released.bundle, released.receipt


def examine_task(submission: Submission) -> tuple[Exhibit, ...]:
    """:func:`service.pipeline.examined` in this process's workshop."""
    return pipeline.examined(submission, _workshop())


def cover_task(submission: Submission) -> Coverage:
    """:func:`service.pipeline.covered`."""
    return pipeline.covered(submission)


def draw_draft_task(submission: Submission, plan: DocumentPlan) -> RenderedDocument:
    """:func:`service.pipeline.drawn` as a draft in this process's workshop."""
    return pipeline.drawn(submission, pipeline.as_draft(submission), plan, _workshop())


def draw_final_task(submission: Submission, plan: DocumentPlan) -> RenderedDocument:
    """:func:`service.pipeline.drawn` as final under this process's key."""
    return pipeline.drawn(submission, pipeline.as_final(submission, _key()), plan, _workshop())


def trace_task(submission: Submission) -> Origins:
    """:func:`service.pipeline.traced` of the final documents in this process's workshop."""
    return pipeline.traced(submission, pipeline.as_final(submission, _key()), _workshop())


def assemble_draft_task(submission: Submission, parts: Parts) -> PreparedFiling:
    """:func:`service.pipeline.assembled` from drafts."""
    return pipeline.assembled(submission, pipeline.as_draft(submission), parts, _ThisProcess.progress)


def assemble_final_task(submission: Submission, parts: Parts) -> PreparedFiling:
    """:func:`service.pipeline.assembled` from final documents under this process's key."""
    return pipeline.assembled(submission, pipeline.as_final(submission, _key()), parts, _ThisProcess.progress)


def seal_task(
    submission: Submission, prepared: PreparedFiling, trail: Origins, filing_id: str, at: datetime
) -> tuple[SignedBundle, Receipt]:
    """:func:`service.pipeline.sealed` in this process's workshop, with this process's key."""
    return pipeline.sealed(
        submission,
        prepared,
        trail,
        _workshop(),
        _key(),
        filing_id=filing_id,
        at=at,
        progress=_ThisProcess.progress,
        policy=_ThisProcess.policy,
    )


def page_image_task(pdf: bytes, page: int, scale: float) -> bytes:
    """One page as PNG; ``page`` counts from 1, ``scale`` 1.0 is 72 dots an inch."""
    return page_image(pdf, page, scale)


def conversion_task(word: bytes) -> Conversion:
    """:func:`service.rendering.conversion.convert` with this installation's fallback."""
    return convert(word, _ThisProcess.fallback)


def lint_task(word: bytes, template: str) -> LintReport:
    """:func:`service.rendering.lint.linting.lint` with the names that a template is given."""
    return lint(word, registry().of(template))


def verification_task(received: bytes, roots: list[bytes], time_roots: list[bytes]) -> Verification:
    """Verify a bundle, or a PDF out of one, against roots of signers and of time-stamp authorities, in DER form."""
    return examine(received, _certificates(roots), _certificates(time_roots))


def _certificates(encoded: list[bytes]) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(one) for one in encoded]


def _silent(_stage: str) -> None:
    return None
