"""How a filing is entered in the records, and what a desk hands back of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from service.facts.canonical import digest
from service.facts.vocabulary import FilingKind
from service.pipeline import PreparedFiling, Submission
from service.signing.sealing import COURT, EMPLOYER
from service.storage.records import FilingRecord, FilingState


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFiling:
    """A filing as it stands: its record, and what was said of it when it was prepared, refused or ended."""

    record: FilingRecord
    shown: Mapping[str, Any]


def draft_record(filing_id: str, submission: Submission) -> FilingRecord:
    """The entry of a filing whose pages do not exist yet."""
    return FilingRecord(
        id=filing_id,
        kind=submission.facts.kind,
        state=FilingState.DRAFT,
        field_office=submission.facts.matter.field_office,
        county=submission.facts.matter.court.county,
        filing_date=submission.facts.filing_date,
        facts_digest=digest(submission.facts_json),
    )


def prepared_record(
    filing_id: str, submission: Submission, prepared: PreparedFiling, by: str, at: datetime
) -> FilingRecord:
    """The entry of a filing that was prepared at once; ``by`` is a credential's id."""
    return replace(
        draft_record(filing_id, submission),
        state=FilingState.PREPARED,
        documents_digest=prepared.documents_digest,
        prepared_at=at,
        prepared_by=by,
    )


def recipient(kind: FilingKind) -> str:
    """Whose container a filing of this kind makes beside the agency's own: the court's or the employer's."""
    return EMPLOYER if kind is FilingKind.MEDICAL_SUPPORT_NOTICE else COURT
