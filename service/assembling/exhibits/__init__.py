"""What callers send: taken or refused, read, made into pages, and reported on."""
