"""keys: issue, list and revoke API keys."""

import argparse
from typing import Any

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
    return Spoken(answer={**_shown(issued.key), "secret": issued.secret}, words=f"{issued.secret}\n{advice}")


def _scopes(given: list[str]) -> set[Scope]:
    unknown = [text for text in given if text not in set(Scope)]
    if unknown:
        raise FileRefused(f"The scopes are {', '.join(Scope)}.")
    return {Scope(text) for text in given}


def _list(_options: argparse.Namespace, storage: Storage) -> Spoken:
    shown = [_shown(key) for key in storage.credentials.list()]
    lines = [
        f"{key['id']}  {'revoked' if key['revoked_at'] else 'active ':7}  {key['label']}  {' '.join(key['scopes'])}"
        for key in shown
    ]
    return Spoken(answer={"keys": shown}, words="\n".join(lines) or "No key exists; only this machine may call.")


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
