"""API keys: issued once, known by their digest, bound to one attorney where they may sign."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.errors import CredentialRefused, NotAuthenticated, NotFound
from service.storage.credentials import BoundSignatory, IssuedKey, Scope
from service.storage.store import Storage

ATTORNEY = BoundSignatory(name="Ada Fictional", bar_number="2099999")


def issue(records: Storage, at: datetime, **changes: object) -> IssuedKey:
    asked = {"label": "case system", "scopes": {Scope.PREPARE}, "field_office": "Pulaski", "signatory": None, **changes}
    return records.credentials.issue(at=at, **asked)


def test_the_secret_authenticates_its_key(records: Storage, now: datetime) -> None:
    issued = issue(records, now, scopes={Scope.SIGN, Scope.PREPARE}, signatory=ATTORNEY)
    other = issue(records, now, field_office=None)
    assert records.credentials.authenticate(issued.secret) == issued.key
    assert records.credentials.authenticate(other.secret) == other.key
    assert (issued.key.scopes, issued.key.signatory) == (frozenset({Scope.SIGN, Scope.PREPARE}), ATTORNEY)


def test_the_secret_is_long_random_and_kept_nowhere(records: Storage, now: datetime, home: Path) -> None:
    issued = [issue(records, now) for _ in range(20)]
    assert len({key.secret for key in issued}) == 20
    assert all(key.secret.startswith("ocse_") and len(key.secret) == 48 for key in issued)
    assert issued[0].secret not in repr(issued[0])
    stored = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"case system" in stored
    assert issued[0].secret.encode() not in stored
    assert issued[0].secret.removeprefix("ocse_").encode() not in stored


@pytest.mark.parametrize("mend", [lambda secret: secret[:-1], lambda secret: secret + "A", str.lower, lambda _: ""])
def test_what_is_not_the_whole_secret_is_not_known(records: Storage, now: datetime, mend) -> None:  # noqa: ANN001
    with pytest.raises(NotAuthenticated):
        records.credentials.authenticate(mend(issue(records, now).secret))


def test_a_revoked_key_is_refused_like_an_unknown_one(records: Storage, now: datetime) -> None:
    issued = issue(records, now)
    revoked = records.credentials.revoke(issued.key.id, at=now + timedelta(days=1))
    assert revoked.revoked_at == now + timedelta(days=1)
    assert records.credentials.revoke(issued.key.id, at=now + timedelta(days=2)) == revoked
    messages = set()
    for secret in (issued.secret, "ocse_unknown"):
        with pytest.raises(NotAuthenticated) as caught:
            records.credentials.authenticate(secret)
        messages.add(caught.value.message)
    assert len(messages) == 1


def test_all_keys_are_listed_and_only_unrevoked_ones_are_active(records: Storage, now: datetime) -> None:
    assert (records.credentials.list(), records.credentials.any_active()) == ((), False)
    issued = issue(records, now)
    assert (records.credentials.list(), records.credentials.any_active()) == ((issued.key,), True)
    revoked = records.credentials.revoke(issued.key.id, at=now)
    assert (records.credentials.list(), records.credentials.any_active()) == ((revoked,), False)


def test_revoking_what_is_not_there_is_said(records: Storage, now: datetime) -> None:
    with pytest.raises(NotFound):
        records.credentials.revoke("key_absent", at=now)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"scopes": {Scope.SIGN}}, ["signatory_missing"]),
        ({"scopes": {Scope.SIGN}, "signatory": BoundSignatory(name="Ada", bar_number=" ")}, ["signatory_incomplete"]),
        ({"label": " ", "scopes": set(), "field_office": ""}, ["label_missing", "scopes_missing", "office_missing"]),
    ],
)
def test_a_key_that_cannot_be_issued_is_refused_with_every_reason(
    records: Storage, now: datetime, changes: dict[str, object], codes: list[str]
) -> None:
    with pytest.raises(CredentialRefused) as caught:
        issue(records, now, **changes)
    assert [fault.code for fault in caught.value.faults] == codes
    assert not records.credentials.any_active()
