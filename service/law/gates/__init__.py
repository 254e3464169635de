"""What each gate reads in the facts, by subject."""
