"""What the law allows to be filed: gates, arithmetic, deadlines and courts, with their data beside them."""
