"""audit: whether the record of who did what is whole, and what it says."""

import argparse
import re
from typing import Any

from service.app import open_storage
from service.commands.files import FileRefused
from service.commands.speaking import Spoken
from service.settings import Settings
from service.storage.audit import AuditEntry, AuditHead, AuditLog

_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


def audit(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Check the audit record, or show it.

    Raises:
        StorageFailed: entries were altered, removed, inserted or cut off; each place is named.
    """
    if (options.head if options.action == "show" else options.filing) is not None:
        raise FileRefused("A head is for ocse-filings audit check, a filing for ocse-filings audit show.")
    storage = open_storage(settings)
    try:
        return {"check": _check, "show": _show}[options.action](options, storage.audit)
    finally:
        storage.close()


def _check(options: argparse.Namespace, record: AuditLog) -> Spoken:
    noted = _head(options.head)
    head = record.check_chain(noted)
    answer = {"intact": True, "entries": head.entries, "head": _text(head), "compared_with": options.head}
    compared = "It continues the head noted earlier." if noted else "Nothing noted earlier was compared with it."
    advice = f"Note its head where nobody who runs this service can change it: {_text(head)}"
    return Spoken(answer=answer, words=f"The audit record is whole: {head.entries} entries. {compared}\n{advice}")


def _show(options: argparse.Namespace, record: AuditLog) -> Spoken:
    entries: list[AuditEntry] = []
    while page := record.entries(filing_id=options.filing, after=entries[-1].sequence if entries else 0):
        entries += page
    lines = [_line(entry) for entry in entries]
    return Spoken(answer={"entries": [_shown(entry) for entry in entries]}, words="\n".join(lines) or "No entry.")


def _head(text: str | None) -> AuditHead | None:
    if text is None:
        return None
    read = _HEAD.fullmatch(text)
    if read is None:
        raise FileRefused("Give the head as ocse-filings audit check printed it: entries, a colon, 64 digits.")
    return AuditHead(entries=int(read[1]), digest=read[2])


def _text(head: AuditHead) -> str:
    return f"{head.entries}:{head.digest}"


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "event": entry.event.value,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "filing_id": entry.filing_id,
        "detail": dict(entry.detail),
        "digest": entry.digest,
    }


def _line(entry: AuditEntry) -> str:
    told = " ".join(f"{name}={value}" for name, value in entry.detail.items())
    about = [entry.filing_id] if entry.filing_id else []
    place = f"{entry.sequence:6}  {entry.at:%Y-%m-%d %H:%M:%S} UTC"
    return "  ".join([place, entry.event.value, entry.actor, *about, told]).rstrip()
