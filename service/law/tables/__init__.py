"""The law's figures and words, kept as data."""
