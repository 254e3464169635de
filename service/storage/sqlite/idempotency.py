"""Idempotency keys in SQLite."""

import secrets
import sqlite3
from datetime import datetime

from service.errors import Conflict, InProgress
from service.storage.idempotency import ANSWERS_KEPT_FOR, IN_FLIGHT_FOR, Claim, StoredAnswer, idempotency_scope
from service.storage.sqlite.columns import instant, instant_text
from service.storage.sqlite.database import Database

_TAKEN_OVER = "Another call took this idempotency key over. List the filings to see what it did."


class SqliteIdempotency:
    """:class:`service.storage.idempotency.IdempotencyRecords` in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, *, credential: str, key: str, request_digest: str, at: datetime) -> Claim | StoredAnswer:
        """See the protocol."""
        claim = Claim(scope=idempotency_scope(credential, key), token=secrets.token_hex(16))
        with self._database.write() as connection:
            row = connection.execute("SELECT * FROM answers WHERE scope = ?", (claim.scope,)).fetchone()
            if row is not None:
                answer = _answer_for(row, request_digest, at)
                if answer is not None:
                    return answer
            connection.execute(
                "INSERT OR REPLACE INTO answers (scope, request_digest, token, since) VALUES (?, ?, ?, ?)",
                (claim.scope, request_digest, claim.token, instant_text(at)),
            )
        return claim

    def bind(self, claim: Claim, filing_id: str) -> None:
        """See the protocol."""
        with self._database.write() as connection:
            bound = connection.execute(
                "UPDATE answers SET filing_id = ? WHERE scope = ? AND token = ? AND status IS NULL",
                (filing_id, claim.scope, claim.token),
            ).rowcount
        if not bound:
            raise Conflict(_TAKEN_OVER)

    def free(self, filing_id: str) -> tuple[str, ...]:
        """See the protocol."""
        with self._database.write() as connection:
            rows = connection.execute("DELETE FROM answers WHERE filing_id = ? RETURNING blob", (filing_id,)).fetchall()
        return tuple(row["blob"] for row in rows if row["blob"] is not None)

    def finish(self, claim: Claim, answer: StoredAnswer, *, at: datetime) -> None:
        """See the protocol."""
        with self._database.write() as connection:
            kept = connection.execute(
                "UPDATE answers SET status = ?, blob = ?, since = ? WHERE scope = ? AND token = ? AND status IS NULL",
                (answer.status, answer.blob, instant_text(at), claim.scope, claim.token),
            ).rowcount
        if not kept:
            raise Conflict(_TAKEN_OVER)

    def abandon(self, claim: Claim) -> None:
        """See the protocol."""
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM answers WHERE scope = ? AND token = ? AND status IS NULL AND filing_id IS NULL",
                (claim.scope, claim.token),
            )

    def outdated(self, at: datetime) -> tuple[tuple[str, str | None], ...]:
        """See the protocol."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT scope, blob FROM answers WHERE since <= ? ORDER BY since",
                (instant_text(at - ANSWERS_KEPT_FOR),),
            ).fetchall()
        return tuple((row["scope"], row["blob"]) for row in rows)

    def forget(self, scope: str) -> None:
        """See the protocol."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM answers WHERE scope = ?", (scope,))


def _answer_for(row: sqlite3.Row, request_digest: str, at: datetime) -> StoredAnswer | None:
    """The answer already given, or None where the key may be taken over."""
    if row["request_digest"] != request_digest:
        raise Conflict("This idempotency key was used with another request. Choose a new key for a new request.")
    if row["status"] is not None:
        return StoredAnswer(status=row["status"], blob=row["blob"])
    if at < instant(row["since"]) + IN_FLIGHT_FOR:
        raise InProgress("The first call with this idempotency key is still at work. Ask again after a moment.")
    if row["filing_id"] is not None:
        raise Conflict(
            f"The first call with this idempotency key made the filing {row['filing_id']}, but its answer could not be "
            "kept. Fetch that filing."
        )
    return None
