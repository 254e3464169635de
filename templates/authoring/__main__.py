"""``python -m templates.authoring [--check] [NAME…]``: build, or compare with what is committed."""

import argparse
import io
import sys
import zipfile
from pathlib import Path

from templates import templates_root
from templates.authoring import build
from templates.authoring.manuscript import ManuscriptRefused


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """0 when all is built or as committed; 1 when a manuscript is refused or a committed template differs."""
    parser = argparse.ArgumentParser(prog="python -m templates.authoring", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed templates, write nothing")
    parser.add_argument("names", nargs="*", metavar="NAME", help="manuscripts to build; all when none is named")
    options = parser.parse_args(arguments)
    place = root or templates_root()
    manuscripts = place / "manuscripts"
    names = options.names or sorted(path.stem for path in manuscripts.glob("*.txt"))
    failures = [message for name in names if (message := _author(name, manuscripts, place / "filings", options.check))]
    for message in failures:
        print(message, file=sys.stderr)  # noqa: T201 - a command line speaks on standard error
    return 1 if failures else 0


def _author(name: str, manuscripts: Path, filings: Path, check: bool) -> str | None:  # noqa: FBT001 - a parsed option
    if not (manuscripts / f"{name}.txt").is_file():
        return f"There is no manuscript {name}.txt."
    try:
        word = build(name, manuscripts)
    except ManuscriptRefused as refused:
        return str(refused)
    target = filings / f"{name}.docx"
    if check:
        same = target.is_file() and _parts(target.read_bytes()) == _parts(word)
        return None if same else f"{target.name} differs from its manuscript; run python -m templates.authoring {name}."
    filings.mkdir(exist_ok=True)
    target.write_bytes(word)
    return None


def _parts(word: bytes) -> list[tuple[str, bytes]]:
    """Names and contents in order: compression may differ between machines, what is said may not."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return [(name, file.read(name)) for name in file.namelist()]


if __name__ == "__main__":
    sys.exit(main())
