-- Filings, previews, answers, API keys and the audit record. No fact about a person stands in any of these tables.
-- Instants are UTC text of one fixed width, so that they sort and compare as text.

CREATE TABLE storage (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key_fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE filings (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    field_office TEXT NOT NULL,
    county TEXT NOT NULL,
    filing_date TEXT NOT NULL,
    facts_digest TEXT NOT NULL,
    documents_digest TEXT,
    prepared_at TEXT,
    prepared_by TEXT,
    released_at TEXT,
    released_by TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    CHECK ((prepared_at IS NULL) = (prepared_by IS NULL) AND (prepared_at IS NULL) = (documents_digest IS NULL)),
    CHECK ((released_at IS NULL) = (released_by IS NULL)),
    CHECK (state <> 'draft' OR prepared_at IS NULL),
    CHECK (state NOT IN ('prepared', 'released', 'delivered', 'accepted', 'rejected') OR prepared_at IS NOT NULL),
    CHECK (state NOT IN ('released', 'delivered', 'accepted', 'rejected') OR released_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX filings_of_office ON filings (field_office, id);

CREATE TABLE previews (
    id TEXT PRIMARY KEY,
    office TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    blobs TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX previews_by_expiry ON previews (expires_at);

CREATE TABLE answers (
    scope TEXT PRIMARY KEY,
    request_digest TEXT NOT NULL,
    token TEXT NOT NULL,
    since TEXT NOT NULL,
    status INTEGER,
    blob TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX answers_by_age ON answers (since);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    secret_digest BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    field_office TEXT,
    signatory_name TEXT,
    signatory_bar_number TEXT,
    created_at TEXT NOT NULL,
    revoked_at TEXT,
    CHECK ((signatory_name IS NULL) = (signatory_bar_number IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    filing_id TEXT,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE INDEX audit_of_filing ON audit (filing_id, sequence);

CREATE TRIGGER audit_is_never_altered BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit record is never altered');
END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit record is never shortened');
END;

-- REPLACE would remove a row without the trigger above; an entry may only come after the last one.
CREATE TRIGGER audit_only_grows_at_its_end BEFORE INSERT ON audit
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit record grows at its end only');
END;
