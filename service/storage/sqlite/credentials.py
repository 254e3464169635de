"""API keys in SQLite."""

import hmac
import json
import sqlite3
from collections.abc import Set as AbstractSet
from datetime import datetime

from service.errors import NotAuthenticated, NotFound
from service.storage.credentials import (
    ApiKey,
    BoundSignatory,
    IssuedKey,
    Scope,
    mint_secret,
    require_issuable,
    secret_digest,
)
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.sqlite.columns import instant, instant_text, optional_instant
from service.storage.sqlite.database import Database

_INSERT = """
INSERT INTO api_keys (id, secret_digest, label, scopes, field_office, signatory_name, signatory_bar_number, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteCredentials:
    """:class:`service.storage.credentials.CredentialRecords` in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def issue(
        self,
        *,
        label: str,
        scopes: AbstractSet[Scope],
        field_office: str | None,
        signatory: BoundSignatory | None,
        at: datetime,
    ) -> IssuedKey:
        """See the protocol."""
        require_issuable(label, scopes, signatory, field_office)
        key = ApiKey(
            id=new_identifier(IdentifierPrefix.CREDENTIAL, at),
            label=label,
            scopes=frozenset(scopes),
            field_office=field_office,
            signatory=signatory,
            created_at=at,
        )
        secret = mint_secret()
        columns = (
            key.id,
            secret_digest(secret),
            label,
            json.dumps(sorted(scopes)),
            field_office,
            signatory and signatory.name,
            signatory and signatory.bar_number,
            instant_text(at),
        )
        with self._database.write() as connection:
            connection.execute(_INSERT, columns)
        return IssuedKey(key=key, secret=secret)

    def authenticate(self, secret: str) -> ApiKey:
        """See the protocol."""
        wanted = secret_digest(secret)
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM api_keys WHERE secret_digest = ? AND revoked_at IS NULL", (wanted,)
            ).fetchone()
        # The index compares digests of what the caller sent, which teach nothing about a secret; the last word is
        # had by a comparison whose duration does not depend on where two digests differ.
        if row is None or not hmac.compare_digest(row["secret_digest"], wanted):
            raise NotAuthenticated("The API key is not known or was revoked. Ask the operator for a new one.")
        return _key(row)

    def revoke(self, key_id: str, *, at: datetime) -> ApiKey:
        """See the protocol."""
        with self._database.write() as connection:
            row = connection.execute(
                "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? RETURNING *",
                (instant_text(at), key_id),
            ).fetchone()
        if row is None:
            raise NotFound("There is no such API key. List the keys to find its id.")
        return _key(row)

    def list(self) -> tuple[ApiKey, ...]:
        """See the protocol."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM api_keys ORDER BY id").fetchall()
        return tuple(_key(row) for row in rows)

    def any_active(self) -> bool:
        """See the protocol."""
        with self._database.read() as connection:
            row = connection.execute("SELECT 1 FROM api_keys WHERE revoked_at IS NULL LIMIT 1").fetchone()
        return row is not None


def _key(row: sqlite3.Row) -> ApiKey:
    name, bar_number = row["signatory_name"], row["signatory_bar_number"]
    return ApiKey(
        id=row["id"],
        label=row["label"],
        scopes=frozenset(Scope(scope) for scope in json.loads(row["scopes"])),
        field_office=row["field_office"],
        signatory=None if name is None else BoundSignatory(name=name, bar_number=bar_number),
        created_at=instant(row["created_at"]),
        revoked_at=optional_instant(row["revoked_at"]),
    )
