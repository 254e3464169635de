"""Word files as zip packages: read with limits, written with fixed times and order."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.errors import Fault, TemplateRefused

CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAX_PARTS: Final = 500
_MAX_BYTES: Final = 50_000_000
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE: Final = 0o644 << 16
_UNIX: Final = 3
_COMPRESSION: Final = 2
"""zlib's level: a tenth larger than its best, and several times faster, which is most of a render's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a Word file, content types first, and the declared type of those that have one of their own."""

    parts: Mapping[str, bytes]
    types: Mapping[str, str]


def read_package(raw: bytes) -> Package:
    """Read a Word document's parts.

    Raises:
        TemplateRefused: No zip, no content types, too many or too large parts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            entries = file.infolist()
            if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > _MAX_BYTES:
                raise _refused("too_large", "The Word file is too large for a template.")
            parts = {entry.filename: file.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _refused("not_word", "The file is no Word document (.docx), or it is encrypted.") from error
    if CONTENT_TYPES not in parts:
        raise _refused("not_word", "The file is no Word document (.docx).")
    parts = {CONTENT_TYPES: parts.pop(CONTENT_TYPES), **parts}
    overrides = parse_part(CONTENT_TYPES, parts[CONTENT_TYPES]).iter(f"{_TYPES}Override")
    declared = {entry.get("PartName", "")[1:]: entry.get("ContentType", "") for entry in overrides}
    return Package(parts=parts, types={name: kind for name, kind in declared.items() if name in parts})


def parse_part(name: str, content: bytes) -> etree._Element:
    """Parse XML strictly: nothing is mended, nothing fetched.

    Raises:
        TemplateRefused: The part is not well-formed, or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(
            "not_well_formed", "The part is not well-formed XML: save the file anew in Word.", name
        ) from error
    if root.getroottree().docinfo.doctype:
        raise _refused("not_well_formed", "The part declares a document type, which Word never does.", name)
    return root


def relations_of(part: str) -> str:
    """The name of the part that lists a part's relationships (ECMA-376 part 2, 8.3.3.1)."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def pack(base: bytes, entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of ``entries`` behind those already in ``base``; the same entries give the same bytes."""
    buffer = io.BytesIO(base)
    with zipfile.ZipFile(buffer, "a" if base else "w") as file:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE_FILE
            entry.create_system = _UNIX
            file.writestr(entry, content, compresslevel=_COMPRESSION)
    return buffer.getvalue()


def _refused(code: str, message: str, part: str | None = None) -> TemplateRefused:
    return TemplateRefused("The Word template cannot be used.", [Fault(code=code, message=message, part=part)])
