"""Proof that a PDF says what its Word document says, by readers that know nothing of the typesetter."""
