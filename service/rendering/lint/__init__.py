"""Everything wrong with a Word template or document, at once, each fault at its paragraph."""
