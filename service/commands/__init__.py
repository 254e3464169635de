"""What each command of ``ocse-filings`` does."""
