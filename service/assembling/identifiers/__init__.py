"""What a paper may not show to whom, and the search of finished files for it."""
