"""The stages of a filing in their order, and nothing else.

Facts are determined first (``service.law``). From there: documents drawn up, exhibits examined, packet assembled,
signed bundle, receipt. Everything here is synchronous and runs in a rendering process, never on the event loop. What
waits for nothing else (:func:`examined`, :func:`drawn`, :func:`covered`, :func:`traced`) may run in several processes
at once; what comes of it is the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer
from service.assembling.exhibits.report import exhibit_report
from service.assembling.identifiers.scan import scan_for_identifiers
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit, Packet
from service.delivery.calendar_file import deadlines_calendar
from service.delivery.receipt import Receipt, receipt_for
from service.drafting.coverage import Coverage, coverage
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_document, require_drafted
from service.facts.canonical import canonical_json, digest
from service.facts.case import CaseFacts
from service.facts.remembering import answers_remembered
from service.law.calculation import calculation, calculation_json
from service.law.clearance import require_clearance
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.courts import flat_files, largest_file_bytes
from service.law.documents import documents
from service.law.editions import rule_set
from service.law.lifting import Lifted
from service.law.outcomes import Determination, DocumentPlan, KindDetermination
from service.rendering.document import RenderedDocument
from service.rendering.render import render
from service.rendering.word.templates import WordTemplates
from service.reviewing.clauses import require_clauses
from service.reviewing.provenance import Origins, origins, provenance_report
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey
from service.signing.sealer import SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a caller sent, validated and determined: the facts in both forms, exhibits by id, overrides by gate id.

    ``confirmed`` is what the office had confirmed of the law when they were determined.
    """

    facts: CaseFacts
    facts_json: bytes
    determination: Determination
    determination_json: bytes
    exhibits: Mapping[str, bytes]
    overrides: Mapping[str, str]
    confirmed: Confirmations = NONE_CONFIRMED

    @property
    def lifted(self) -> Lifted:
        """What the attorney has lifted, by gate id or advisory code."""
        return frozenset(self.overrides)

    @property
    def filing(self) -> KindDetermination:
        """The determination for the kind that the facts name; its documents are planned under what was lifted."""
        found = self.determination.of(self.facts.kind)
        if not self.lifted:
            return found
        return replace(found, documents=documents(self.facts, self.facts.kind, self.lifted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a rendering process keeps ready: compiled templates, the exhibit examiner, versions of everything."""

    templates: WordTemplates
    examiner: ExhibitExaminer
    limits: ExhibitLimits
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a packet is made of, each made without waiting for another: ``documents`` in filing order."""

    exhibits: tuple[Exhibit, ...]
    documents: tuple[RenderedDocument, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFiling:
    """A packet, not signed; the digests are what a release must name again.

    ``identifiers`` is the report of the search for what papers may not show; of exhibits it counts, and says no value.
    """

    packet: Packet
    facts_digest: str
    documents_digest: str
    coverage: Coverage
    identifiers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFiling:
    """What a release made: ``prepared`` holds the final documents before the seal, ``bundle`` what goes out."""

    prepared: PreparedFiling
    bundle: SignedBundle
    receipt: Receipt


def preview(submission: Submission, workshop: Workshop, progress: Progress) -> PreparedFiling:
    """Draw up the drafts whatever the gates say."""
    presentation = as_draft(submission)
    return assembled(submission, presentation, _parts(submission, presentation, workshop, progress), progress)


def prepare(submission: Submission, workshop: Workshop, progress: Progress) -> PreparedFiling:
    """Draw up the drafts of a filing that the gates allow.

    Raises:
        GatesNotCleared: a gate holds or blocks and no override lifts it.
        OverrideRefused: an override is not acceptable.
        ExhibitRefused: an exhibit is missing or not fit to file.
    """
    require_clearance(submission.filing, submission.overrides)
    return preview(submission, workshop, progress)


def release(
    submission: Submission,
    workshop: Workshop,
    key: SigningKey,
    *,
    filing_id: str,
    at: datetime,
    progress: Progress,
    policy: SealingPolicy | None = None,
) -> ReleasedFiling:
    """Draw up the final documents, "/s/" printed, and seal them as ``policy`` asks, or at B-B.

    Raises:
        GatesNotCleared: as for :func:`prepare`; the gates are asked again at the moment of release.
        KeyRefused: the certificate of the key was revoked.
    """
    require_clearance(submission.filing, submission.overrides)
    final = as_final(submission, key)
    prepared = assembled(submission, final, _parts(submission, final, workshop, progress), progress)
    progress("Tracing every paragraph to its facts")
    trail = traced(submission, final, workshop)
    bundle, receipt = sealed(
        submission, prepared, trail, workshop, key, filing_id=filing_id, at=at, progress=progress, policy=policy
    )
    return ReleasedFiling(prepared=prepared, bundle=bundle, receipt=receipt)


def draw_up_again(
    submission: Submission, workshop: Workshop, key: SigningKey, *, mark: PageMark, at: datetime, progress: Progress
) -> SignedBundle:
    """Make anew what a release made, to be compared with it and never to be filed: no gate is asked.

    ``mark`` is the one that the released pages carry; ``key`` only stands where a signature stands.
    """
    final = Presentation(mark=mark, signed=True, lifted=submission.lifted)
    prepared = assembled(submission, final, _parts(submission, final, workshop, progress), progress)
    enclosures = _enclosures(submission, prepared, traced(submission, final, workshop), workshop)
    return sign_bundle(prepared.packet, enclosures, key, at)


def as_draft(submission: Submission) -> Presentation:
    """How papers look before their release."""
    return Presentation(mark=PageMark.DRAFT, signed=False, lifted=submission.lifted)


def as_final(submission: Submission, key: SigningKey) -> Presentation:
    """How papers look that go out under this key."""
    mark = PageMark.TEST if key.test_only else PageMark.NONE
    return Presentation(mark=mark, signed=True, lifted=submission.lifted)


def examined(submission: Submission, workshop: Workshop) -> tuple[Exhibit, ...]:
    """The exhibits, found fit to file.

    Raises:
        ExhibitRefused: an exhibit is missing or not fit to file; all faults of all exhibits.
    """
    references = submission.facts.exhibits
    return examine_exhibits(
        references,
        submission.exhibits,
        workshop.limits,
        examiner=workshop.examiner,
        largest_bytes=largest_file_bytes(),
    )


def drawn(
    submission: Submission, presentation: Presentation, plan: DocumentPlan, workshop: Workshop
) -> RenderedDocument:
    """One document of the filing in both forms; it needs none of the exhibits.

    Raises:
        KindNotDrafted: a document of this kind of filing has no words yet.
        TemplateRefused, DocumentRefused, ParityFailed: see :func:`service.rendering.render.render`.
    """
    require_drafted(submission.filing)
    with answers_remembered():
        draft = draft_document(submission.facts, submission.filing, plan, presentation)
    return render(draft, workshop.templates)


def covered(submission: Submission) -> Coverage:
    """How far the documents cover the facts."""
    return coverage(submission.facts, submission.filing, submission.lifted)


def traced(submission: Submission, presentation: Presentation, workshop: Workshop) -> Origins:
    """Every paragraph's way back to the facts."""
    return origins(submission.facts, submission.filing, presentation, workshop.templates)


def assembled(submission: Submission, presentation: Presentation, parts: Parts, progress: Progress) -> PreparedFiling:
    """Bind documents and exhibits into the packet, and search its final bytes for what may not be shown.

    Raises:
        ClauseMissing: a document lacks a clause that must stand.
        IdentifierFound: a paper shows what it may not.
    """
    require_clauses(parts.documents, submission.facts, submission.lifted)
    progress("Assembling the packet")
    packet = assemble(
        parts.documents,
        parts.exhibits,
        mark=presentation.mark.value,
        flat=flat_files(),
        largest_bytes=largest_file_bytes(),
    )
    return PreparedFiling(
        packet=packet,
        facts_digest=digest(submission.facts_json),
        documents_digest=documents_digest(packet),
        coverage=parts.coverage,
        identifiers=scan_for_identifiers(packet, submission.facts),
    )


def sealed(
    submission: Submission,
    prepared: PreparedFiling,
    trail: Origins,
    workshop: Workshop,
    key: SigningKey,
    *,
    filing_id: str,
    at: datetime,
    progress: Progress,
    policy: SealingPolicy | None,
) -> tuple[SignedBundle, Receipt]:
    """Seal what was assembled as final, and give a receipt for it; raises as :func:`release`."""
    require_clearance(submission.filing, submission.overrides)
    progress("Signing")
    bundle = sign_bundle(prepared.packet, _enclosures(submission, prepared, trail, workshop), key, at, policy)
    receipt = receipt_for(
        bundle,
        filing_id=filing_id,
        filing=submission.filing,
        filing_date=submission.facts.filing_date,
        signatory=submission.facts.signatory,
        facts_digest=prepared.facts_digest,
        overrides=submission.overrides,
        confirmed=submission.confirmed,
        key=key,
        at=at,
    )
    return bundle, receipt


def documents_digest(packet: Packet) -> str:
    """One digest over every document in both forms and every exhibit, in filing order."""
    documents = [
        {"name": item.file_name, "pdf": digest(item.document.pdf), "word": digest(item.document.word)}
        for item in packet.documents
    ]
    exhibits = [{"id": exhibit.id, "sha256": digest(exhibit.content)} for exhibit in packet.exhibits]
    return digest(canonical_json({"documents": documents, "exhibits": exhibits}))


def _parts(submission: Submission, presentation: Presentation, workshop: Workshop, progress: Progress) -> Parts:
    require_drafted(submission.filing)
    progress("Examining exhibits")
    exhibits = examined(submission, workshop)
    documents = []
    for plan in submission.filing.documents:
        progress(plan.title)
        documents.append(drawn(submission, presentation, plan, workshop))
    return Parts(exhibits=exhibits, documents=tuple(documents), coverage=covered(submission))


def _enclosures(submission: Submission, prepared: PreparedFiling, trail: Origins, workshop: Workshop) -> Enclosures:
    facts = submission.facts
    rules = rule_set(facts.filing_date)
    rendered = [item.document for item in prepared.packet.documents]
    reports = {
        "reports/determination.json": submission.determination_json,
        "reports/calculation.json": canonical_json(
            calculation_json(calculation(facts, submission.lifted, submission.confirmed))
        ),
        "reports/coverage.json": canonical_json(prepared.coverage.as_json()),
        "reports/deadlines.ics": deadlines_calendar(
            submission.filing.deadlines, facts_digest=prepared.facts_digest, filing_date=facts.filing_date
        ),
        "reports/provenance.json": canonical_json(provenance_report(trail, rendered, submission.filing.gates)),
        "reports/identifiers.json": canonical_json(prepared.identifiers),
        "reports/exhibits.json": canonical_json(exhibit_report(facts, prepared.packet.exhibits)),
        "overrides.json": canonical_json(submission.overrides),
        "confirmations.json": canonical_json(submission.confirmed.as_json()),
    }
    return Enclosures(
        facts=submission.facts_json,
        facts_digest=prepared.facts_digest,
        reports=reports,
        versions={**workshop.versions, "rule_set": rules.id, "rule_set_digest": rules.digest},
        overrides={name: digest(reason.encode()) for name, reason in submission.overrides.items()},
        kind=facts.kind.value,
        filing_date=facts.filing_date,
        signatory_name=facts.signatory.name,
        signatory_bar_number=facts.signatory.bar_number,
        flat=flat_files(),
    )
