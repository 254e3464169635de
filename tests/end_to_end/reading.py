"""What a reader finds in the files of a bundle, metadata included."""

import io
import re
import zipfile

import pikepdf
import pypdfium2
from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def unspaced(text: str) -> str:
    """Text without white space, so that line breaks and table cells make no difference."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    """The text of all pages, in the order of the content."""
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def word_text(content: bytes) -> str:
    """The text of every part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        roots = [etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith("word/")
                 and name.endswith(".xml")]  # fmt: skip
    return "\n".join(element.text or "" for root in roots for element in root.iter(f"{_WORD}t"))


def everything_said(name: str, content: bytes) -> str:
    """All text of a file, decoded streams, properties and metadata included: what a search of it would find."""
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as document:
            objects = [str(item) for item in document.objects if not isinstance(item, pikepdf.Stream)]
            metadata = document.Root.Metadata.read_bytes().decode() if "/Metadata" in document.Root else ""
            information = [str(value) for value in document.docinfo.values()]
        return "\n".join([pdf_text(content), metadata, *objects, *information])
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(package.read(part).decode(errors="replace") for part in package.namelist())
    return content.decode(errors="replace")
