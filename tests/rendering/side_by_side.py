"""``python -m tests.rendering.side_by_side OUT_DIR [WORD …]``: our pages beside LibreOffice's, as pictures to look at.

Each page of each document of the corpus (or of those whose name holds one of the words) becomes one PNG, ours on the
left, LibreOffice's on the right.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image

from service.rendering.pages import page_count, page_image
from service.rendering.typesetting.engine import typeset
from tests.rendering import oracle
from tests.rendering.corpus import features, filings

SCALE = 1.2


def main(target: Path, wanted: list[str]) -> None:
    """Write the pictures into a folder, which is made where it is missing."""
    if not oracle.is_installed():
        raise SystemExit("LibreOffice is not installed (Debian: libreoffice-writer-nogui).")
    documents = {name: each for name, each in {**features(), **filings()}.items() if each.refusal is None}
    words = {
        name: each.make() for name, each in documents.items() if not wanted or any(part in name for part in wanted)
    }
    with tempfile.TemporaryDirectory() as folder:
        theirs = oracle.converted(words, Path(folder))
    target.mkdir(parents=True, exist_ok=True)
    for name, word in words.items():
        for number, picture in enumerate(_pages(typeset(word).pdf, theirs.get(name)), start=1):
            picture.save(target / f"{re.sub('[^A-Za-z0-9]+', '-', name)}-{number}.png")


def _pages(ours: bytes, theirs: bytes | None) -> list[Image.Image]:
    pages = max(page_count(ours), page_count(theirs) if theirs else 0)
    return [_beside(_page(ours, number), _page(theirs, number)) for number in range(1, pages + 1)]


def _page(pdf: bytes | None, number: int) -> Image.Image:
    if pdf is None or number > page_count(pdf):
        return Image.new("RGB", (round(612 * SCALE), round(792 * SCALE)), "lightgray")
    return Image.open(io.BytesIO(page_image(pdf, number, SCALE))).convert("RGB")


def _beside(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width + right.width + 8, max(left.height, right.height)), "gray")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 8, 0))
    return both


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
