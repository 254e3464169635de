"""keys: issue, list and revoke API keys."""

import argparse
import re
from collections.abc import Mapping
from typing import Any

from schemas.facts.forms import FieldOffice
from service.app import open_storage
from service.clock import system_clock
from service.commands.files import FileRefused
from service.commands.speaking import Spoken
from service.settings import Settings
from service.storage.audit import AuditEvent
from service.storage.credentials import ApiKey, BoundSignatory, Scope
from service.storage.store import Storage

_ACTOR = "local-operator"
_OPTIONS: dict[str, set[str]] = {"issue": {"label", "scope", "office", "signatory"}, "list": set(), "revoke": {"key"}}


def keys(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Do one thing with API keys; a secret is shown once, when its key is issued."""
    _require_options_of(options)
    storage = open_storage(settings)
    try:
        return {"issue": _issue, "list": _list, "revoke": _revoke}[options.action](options, storage)
    finally:
        storage.close()


def _require_options_of(options: argparse.Namespace) -> None:
    every = set().union(*_OPTIONS.values())
    stray = sorted(name for name in every - _OPTIONS[options.action] if getattr(options, name))
    if stray:
        named = ", ".join(f"--{name}" for name in stray)
        raise FileRefused(f"ocse-filings keys {options.action} takes no {named}; nothing was done.")


def _issue(options: argparse.Namespace, storage: Storage) -> Spoken:
    _require_office_name(options.office)
    at = system_clock()
    name, bar_number = options.signatory or (None, None)
    signatory = BoundSignatory(name=name, bar_number=bar_number) if name and bar_number else None
    issued = storage.credentials.issue(
        label=options.label,
        scopes=_scopes(options.scope),
        field_office=options.office,
        signatory=signatory,
        at=at,
    )
    storage.audit.append(AuditEvent.KEY_ISSUED, at=at, actor=_ACTOR, detail={"key": issued.key.id})
    advice = f"Keep it now: it is not shown again. To end it: ocse-filings keys revoke --key {issued.key.id}"
    warnings = _warnings(options.office, storage)
    answer = {**_shown(issued.key), "secret": issued.secret, "warnings": warnings}
    return Spoken(answer=answer, words="\n".join([issued.secret, advice, *warnings]))


def _require_office_name(office: str | None) -> None:
    """Refuse what no facts can name: such a key would see nothing, ever."""
    if office is not None and not re.fullmatch(FieldOffice.form, office):
        raise FileRefused(f"No key was issued. {FieldOffice.message} Facts name it so, as /matter/field_office.")


def _warnings(office: str | None, storage: Storage) -> list[str]:
    """Offices are known by the filings there are, so one that is new may be right; a slip would see nothing."""
    known = storage.filings.offices()
    if office is None or office in known:
        return []
    there = f"filings name {', '.join(known)}" if known else "there is no filing yet"
    return [f'No filing names the field office "{office}" so far ({there}). If that is a slip, revoke the key.']


def _scopes(given: list[str]) -> set[Scope]:
    unknown = [text for text in given if text not in set(Scope)]
    if unknown:
        raise FileRefused(f"The scopes are {', '.join(Scope)}.")
    return {Scope(text) for text in given}


def _list(_options: argparse.Namespace, storage: Storage) -> Spoken:
    shown = [_shown(key) for key in storage.credentials.list()]
    words = "\n".join(map(_line, shown)) or "No key exists; only this machine may call."
    return Spoken(answer={"keys": shown}, words=words)


def _line(key: Mapping[str, Any]) -> str:
    signatory = key["signatory"]
    columns = [
        key["id"],
        "revoked" if key["revoked_at"] else "active ",
        key["label"],
        " ".join(key["scopes"]),
        f"office {key['field_office']}" if key["field_office"] else "all offices",
    ]
    if signatory:
        columns.append(f"signs for {signatory['name']} ({signatory['bar_number']})")
    return "  ".join(columns)


def _revoke(options: argparse.Namespace, storage: Storage) -> Spoken:
    if options.key is None:
        raise FileRefused("Name the key to revoke: ocse-filings keys revoke --key key_…")
    at = system_clock()
    revoked = storage.credentials.revoke(options.key, at=at)
    storage.audit.append(AuditEvent.KEY_REVOKED, at=at, actor=_ACTOR, detail={"key": revoked.id})
    return Spoken(answer=_shown(revoked), words=f"{revoked.id} is revoked.")


def _shown(key: ApiKey) -> dict[str, Any]:
    signatory = key.signatory
    return {
        "id": key.id,
        "label": key.label,
        "scopes": sorted(key.scopes),
        "field_office": key.field_office,
        "signatory": {"name": signatory.name, "bar_number": signatory.bar_number} if signatory else None,
        "created_at": key.created_at.isoformat(),
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }
