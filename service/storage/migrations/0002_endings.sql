-- When and by whom a filing was ended before delivery, kept as for preparing and releasing. Counting the changes of a
-- record guarded nothing, for a move names the state it leaves.

ALTER TABLE filings ADD COLUMN ended_at TEXT CHECK (ended_at IS NULL OR state IN ('void', 'superseded'));

ALTER TABLE filings ADD COLUMN ended_by TEXT CHECK ((ended_at IS NULL) = (ended_by IS NULL));

ALTER TABLE filings DROP COLUMN version;
