-- Which filing a request under an idempotency key made, written together with the filing: a key whose answer could not
-- be kept never makes a second one, and a key whose filing was never prepared can be used again.

ALTER TABLE answers ADD COLUMN filing_id TEXT;

CREATE INDEX answers_of_filing ON answers (filing_id);
