"""Word to Typst to PDF, faithful or refused."""
