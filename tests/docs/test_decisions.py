"""The records of decisions say what stands in the project."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_pinned_package_has_its_reason_and_no_other_is_named() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    pinned = {*project["dependencies"], *(pin for pins in extras.values() for pin in pins)}
    record = (ROOT / "docs/decisions/0013-dependencies.md").read_text()
    rows = re.findall(r"^\| ([^|]+) \| ([\d., ]+) \|", record, re.MULTILINE)
    named = [
        f"{name}=={version}"
        for names, versions in rows
        for name, version in zip(names.split(", "), versions.split(", "), strict=True)
    ]
    assert sorted(named) == sorted(pinned)


def test_every_part_of_the_service_has_its_place_in_the_order_of_imports() -> None:
    order = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name for layer in order for name in layer.split(" | ")}
    modules = {path.stem for path in (ROOT / "service").glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / "service").glob("*/__init__.py")}
    assert {f"service.{name}" for name in modules | packages} | {"schemas"} == placed
