"""What the caller receives: the receipt."""
