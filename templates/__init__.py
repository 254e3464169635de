"""What a filing looks like: Word templates, the manuscripts they are made from, fonts."""

from importlib.resources import files
from pathlib import Path


def templates_root() -> Path:
    """Where the shipped Word templates, fonts and web files lie, in a checkout and in an installed wheel alike."""
    return Path(str(files(__name__)))
