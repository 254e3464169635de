"""House style: builds the Word templates of ``templates/filings`` from the manuscripts of ``templates/manuscripts``."""

from pathlib import Path

from templates.authoring.package import word_file
from templates.authoring.reading import read_manuscript


def build(name: str, manuscripts: Path) -> bytes:
    """The Word template that ``NAME.txt`` in ``manuscripts`` yields, the same bytes for the same text.

    Raises:
        ManuscriptRefused: The manuscript or a part it includes does not follow the markup; every fault is listed.
    """
    return word_file(read_manuscript(manuscripts / f"{name}.txt"))
