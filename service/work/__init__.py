"""The process pool in which pages are made."""
