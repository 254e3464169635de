"""The filing desk: what callers may ask for, whoever they are and however they come."""
