"""Keys, the PDF seal, the signed container, and its verification."""
