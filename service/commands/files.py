"""Files on the command line: facts and exhibits read in, results written all or nothing."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from schemas.json_text import parse_json_object
from service.errors import FilingError


class FileRefused(FilingError):
    """A file cannot be read or written."""

    code = "file_refused"


def read_file(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        FileRefused: it is not there or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}.") from None


def read_facts(path: Path) -> dict[str, Any]:
    """Case facts from a JSON file."""
    return parse_json_object(read_file(path), str(path))


def read_exhibits(facts: Mapping[str, Any], directory: Path | None) -> dict[str, bytes]:
    """The exhibits that the facts name and the directory holds, by exhibit id.

    An exhibit that is not there is left out, for the exhibit check names it together with every other fault.
    """
    named = facts.get("exhibits")
    if named and directory is not None and not directory.is_dir():
        raise FileRefused(f"{directory} is no folder; name the one that holds the exhibits.")
    found: dict[str, bytes] = {}
    for reference in named if isinstance(named, list) and directory else []:
        if not isinstance(reference, dict) or not isinstance(reference.get("file"), str):
            continue
        name = reference["file"]
        path = directory / name if directory else None
        if path and Path(name).name == name and path.is_file():
            found[str(reference.get("id"))] = read_file(path)
    return found


def write_together(directory: Path, files: Mapping[str, bytes], *, outdated: Iterable[str] = ()) -> None:
    """Write all files into ``directory``, or none: they are made aside and moved in when all are whole.

    Files named as ``outdated`` that are not written anew are taken away then: they would pass for a part of these.

    Raises:
        FileRefused: the directory cannot be made or written; nothing of this call stays behind.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=directory, prefix=".incoming-"))
        try:
            for name, content in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).write_bytes(content)
            for name in files:
                (directory / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(aside / name, directory / name)  # noqa: PTH105 -- replaces an existing file in one step
            for name in set(outdated) - files.keys():
                (directory / name).unlink(missing_ok=True)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise FileRefused(f"{directory} cannot be written: {(error.strerror or 'refused').lower()}.") from None
