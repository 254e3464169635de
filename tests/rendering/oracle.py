"""What a word processor makes of the same documents: LibreOffice, where it is installed, run once for many files."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pypdfium2

_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\ufffe": "-", "\u00ad": None, "\u200b": None, "\u0002": "-"})


def is_installed() -> bool:
    """Whether there is a LibreOffice to ask."""
    return shutil.which("soffice") is not None


def converted(words: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDFs that LibreOffice makes of Word documents, by name; one it cannot convert is missing."""
    files = {name: f"{number:03}" for number, name in enumerate(words)}
    for name, word in words.items():
        (folder / f"{files[name]}.docx").write_bytes(word)
    sources = sorted(folder.glob("*.docx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *sources], check=True, capture_output=True, timeout=300)
    made = {name: folder / f"{file}.pdf" for name, file in files.items()}
    return {name: path.read_bytes() for name, path in made.items() if path.exists()}


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, hyphens of all kinds alike."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()
    return [text.translate(_HYPHENS) for text in texts]


def lines_of(pdf: bytes) -> Counter[str]:
    """The lines of all pages that hold more than a number, blanks left out."""
    lines = ("".join(line.split()) for text in page_texts(pdf) for line in text.splitlines())
    return Counter(line for line in lines if line and not re.fullmatch(r"[\d.ivx-]+", line))


def characters_of(pdf: bytes) -> Counter[str]:
    """The characters of all pages that are letters or signs: figures may be line numbers."""
    text = "".join(page_texts(pdf))
    return Counter(each for each in text if not each.isspace() and not each.isdigit() and each not in "-.")
