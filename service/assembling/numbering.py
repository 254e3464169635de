"""File names in filing order, as e-filing systems accept them: letters, digits, hyphen, underscore, 46 at most."""

import re

_LONGEST = 46
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_-]+")


def numbered_name(place: int, name: str) -> str:
    """``01-motion-to-modify`` for the first document of that name; without ending, cut at 46 characters."""
    plain = _NOT_ALLOWED.sub("-", name).strip("-")
    return f"{place:02d}-{plain}"[:_LONGEST].rstrip("-_")


def exhibit_file_name(place: int, label: str) -> str:
    """``01-exhibit-a`` for the first exhibit, labelled A or Exhibit A; without ending."""
    words = re.findall(r"[a-z0-9]+", label.lower())
    return numbered_name(place, "-".join(words if words[:1] == ["exhibit"] else ["exhibit", *words]))


def exhibit_path(file_name: str) -> str:
    """Where an exhibit lies in a container."""
    return f"exhibits/{file_name}.pdf"
