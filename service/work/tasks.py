"""What a rendering process does: open its workshop once, then one stage of the pipeline at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from service import pipeline
from service.assembling.examination_process import ExhibitExaminer
from service.assembling.exhibit_policy import ExhibitLimits
from service.delivery.receipt import Receipt
from service.pipeline import PreparedFiling, Progress, Submission, Workshop
from service.rendering.pages import page_image
from service.rendering.word import WordTemplates
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey
from service.signing.findings import Verification
from service.signing.verification import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPlan:
    """What a rendering process needs to know to open its workshop; small enough to send to it."""

    templates_dir: Path
    limits: ExhibitLimits
    load_key: Callable[[], SigningKey]
    versions: dict[str, str]


class _Opened:
    """The workshop of this process."""

    workshop: Workshop
    key: SigningKey
    progress: Progress


def open_workshop(plan: WorkshopPlan, progress: Progress | None = None) -> None:
    """Compile the templates, load the key, start the exhibit examiner: once in each rendering process."""
    templates = WordTemplates(plan.templates_dir)
    templates.compile_all()
    _Opened.workshop = Workshop(
        templates=templates, examiner=ExhibitExaminer(), limits=plan.limits, versions=plan.versions
    )
    _Opened.key = plan.load_key()
    _Opened.progress = progress or _silent


def close_workshop() -> None:
    """End the exhibit examiner of this process."""
    _Opened.workshop.examiner.close()


def preview_task(submission: Submission) -> PreparedFiling:
    """:func:`service.pipeline.preview` in this process's workshop."""
    return pipeline.preview(submission, _Opened.workshop, _Opened.progress)


def prepare_task(submission: Submission) -> PreparedFiling:
    """:func:`service.pipeline.prepare` in this process's workshop."""
    return pipeline.prepare(submission, _Opened.workshop, _Opened.progress)


def release_task(submission: Submission, filing_id: str, at: datetime) -> tuple[SignedBundle, Receipt]:
    """:func:`service.pipeline.release` in this process's workshop, with this process's key."""
    return pipeline.release(
        submission, _Opened.workshop, _Opened.key, filing_id=filing_id, at=at, progress=_Opened.progress
    )


def page_image_task(pdf: bytes, page: int, scale: float) -> bytes:
    """One page as PNG; ``page`` counts from 1, ``scale`` 1.0 is 72 dots an inch."""
    return page_image(pdf, page, scale)


def verification_task(bundle: bytes, roots: list[bytes]) -> Verification:
    """Verify a bundle against roots in DER form."""
    return verify(bundle, [x509.load_der_x509_certificate(root) for root in roots])


def _silent(_stage: str) -> None:
    return None
