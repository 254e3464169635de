"""Which words each document is made of: the context every template sees."""
