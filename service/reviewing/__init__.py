"""What an attorney and the court may ask of finished papers: their clauses, and where every paragraph comes from."""
