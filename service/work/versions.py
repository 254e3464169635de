"""What a document is made with: whoever has the same versions and facts makes the same document."""

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from service import __version__
from service.facts.canonical import canonical_json, digest
from service.law import tables
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from templates import templates_root

_ENGINES = ("docxtpl", "jinja2", "typst", "pikepdf", "pyhanko")


def component_versions(templates_dir: Path, confirmed: Confirmations = NONE_CONFIRMED) -> dict[str, str]:
    """Versions and digests by component: service, rules and what of them is confirmed, templates, fonts, engines."""
    return {
        "service": __version__,
        "rules": _folder_digest(Path(str(files(tables))), "*.json"),
        "confirmed_authorities": confirmed.digest,
        "templates": _folder_digest(templates_dir, "*.docx"),
        "fonts": _folder_digest(templates_root() / "fonts", "*.ttf"),
        **{name: version(name) for name in _ENGINES},
    }


def _folder_digest(directory: Path, pattern: str) -> str:
    return digest(canonical_json({path.name: digest(path.read_bytes()) for path in sorted(directory.glob(pattern))}))
