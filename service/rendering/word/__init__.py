"""A draft becomes a Word document: templates compiled once, filled in, and traced back to what they print."""
