"""Filings, keys and the audit record on disk, encrypted where they hold facts."""
