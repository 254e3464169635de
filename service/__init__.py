"""Court filings for the Arkansas Office of Child Support Enforcement: case facts in, signed bundles out."""

__version__ = "0.1.0"
