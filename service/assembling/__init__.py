"""Documents and exhibits become one packet."""
