"""A draft becomes a Word document, and that Word document a PDF."""
