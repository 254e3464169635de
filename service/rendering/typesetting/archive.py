"""Reading a Word file that may have been made to do harm.

A DOCX is a zip of XML (ECMA-376-2, Open Packaging Conventions). Everything is measured before it is unpacked, no
document type is read, nothing outside the file is ever fetched, and whatever could run or reach out is a fault.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lxml import etree

from service.errors import DocumentRefused, Fault

MAX_FILE_BYTES: Final = 25_000_000
MAX_PARTS: Final = 512
MAX_PART_BYTES: Final = 20_000_000
MAX_UNPACKED_BYTES: Final = 60_000_000
MAX_RATIO: Final = 250
RATIO_FREE_BYTES: Final = 1_000_000
"""Parts up to this size may be packed as tightly as they like: a long table of like rows packs very well."""

MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_PART: Final = "word/document.xml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ACTIVE = re.compile(
    r"vbaProject|vbaData|activeX|embeddings/|oleObject|\.bin$|attachedToolbars|afchunk|webextension", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """Where a part points: ``target`` is a part name for internal relationships, the raw address for external ones."""

    kind: str
    target: str
    external: bool


class WordArchive:
    """The parts of one Word file, parsed on demand and each at most once.

    Raises :class:`DocumentRefused` from the constructor when the file is no sound Word document, with all faults that
    can be told without reading its text.
    """

    def __init__(self, word: bytes) -> None:
        self._parts = _unpack(word)
        self._trees: dict[str, etree._Element] = {}
        self._relationships: dict[str, Mapping[str, Relationship]] = {}
        faults = [*self._package_faults(), *self._relationship_faults()]
        if faults:
            raise refused(faults)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def content(self, part: str) -> bytes:
        """The unpacked bytes of a part; :class:`DocumentRefused` when the file has no such part."""
        try:
            return self._parts[part]
        except KeyError:
            raise refused(
                [_fault("part_missing", part, "The file refers to this part and lacks it: save it again in Word.")]
            ) from None

    def tree(self, part: str) -> etree._Element:
        """The part's root element."""
        if part not in self._trees:
            self._trees[part] = parse_part(part, self.content(part))
        return self._trees[part]

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """The part's relationships by their id; empty when it has none."""
        if part not in self._relationships:
            folder, name = posixpath.split(part)
            listing = posixpath.join(folder, "_rels", f"{name}.rels")
            self._relationships[part] = (
                self._read_relationships(listing, folder) if listing in self._parts else MappingProxyType({})
            )
        return self._relationships[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part of that relationship kind (the type's last path segment, such as ``styles``)."""
        return next(
            (each.target for each in self.relationships(part).values() if each.kind == kind and not each.external), None
        )

    def _read_relationships(self, listing: str, folder: str) -> Mapping[str, Relationship]:
        found = {}
        for entry in self.tree(listing).iter(f"{{{_PACKAGE}/relationships}}Relationship"):
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[entry.get("Id", "")] = Relationship(
                kind=entry.get("Type", "").rpartition("/")[2], target=target, external=external
            )
        return MappingProxyType(found)

    def _package_faults(self) -> list[Fault]:
        faults = [
            _fault(
                "active_content", name, "Macros, controls and embedded objects are not typeset: remove them in Word."
            )
            for name in self._parts
            if _ACTIVE.search(name)
        ]
        if "[Content_Types].xml" not in self._parts or MAIN_PART not in self._parts:
            return [*faults, _fault("not_word", MAIN_PART, "This is not a Word document: save it in Word as .docx.")]
        types = {
            entry.get("PartName"): entry.get("ContentType")
            for entry in self.tree("[Content_Types].xml").iter(f"{{{_PACKAGE}/content-types}}Override")
        }
        if types.get(f"/{MAIN_PART}") != MAIN_TYPE:
            faults.append(
                _fault(
                    "not_word",
                    MAIN_PART,
                    "The file is not declared as a plain Word document: save it as .docx, without macros.",
                )
            )
        return faults

    def _relationship_faults(self) -> list[Fault]:
        faults = []
        for listing in sorted(name for name in self._parts if name.endswith(".rels")):
            folder, name = posixpath.split(listing)
            part = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
            faults += [
                _fault(
                    "external_link",
                    part,
                    f"The file refers to something outside itself ({each.kind}): remove the link, keep its text.",
                )
                for each in self.relationships(part).values()
                if each.external and each.kind != "attachedTemplate"
            ]
        return faults


def refused(faults: list[Fault]) -> DocumentRefused:
    """The error that carries these faults."""
    return DocumentRefused("The Word document cannot be typeset without loss; each fault says what to change.", faults)


def parse_part(part: str, content: bytes) -> etree._Element:
    """Parse XML with no entities, no document type, no network and libxml2's depth limit (256)."""
    encoding = _DECLARATION.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
    foreign = encoding is not None and encoding[1].lower() not in {b"utf-8", b"us-ascii"}
    if foreign or content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:4]:
        raise refused([_fault("not_xml", part, "The part is not UTF-8: save the document again in Word.")])
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refused(
            [
                _fault(
                    "document_type",
                    part,
                    "The part declares a document type, which Word never writes: save it again in Word.",
                )
            ]
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise refused(
            [_fault("not_xml", part, "The part is not well-formed XML, or nested too deeply: save it again in Word.")]
        ) from None


def _unpack(word: bytes) -> dict[str, bytes]:
    if not word:
        raise refused([_fault("not_word", None, "The file is empty: send the Word document itself.")])
    if word.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(
            [_fault("not_word", None, "The file is an old .doc or has a password: save it as .docx without one.")]
        )
    if len(word) > MAX_FILE_BYTES:
        raise refused(
            [_fault("too_large", None, f"The file is larger than {MAX_FILE_BYTES:,} bytes: make it smaller.")]
        )
    try:
        with zipfile.ZipFile(io.BytesIO(word)) as container:
            entries = [entry for entry in container.infolist() if not entry.is_dir()]
            faults = _entry_faults(entries)
            if faults:
                raise refused(faults)
            return {entry.filename: _read_entry(container, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise refused(
            [_fault("not_word", None, "The file is damaged or is not a Word document: save it in Word as .docx.")]
        ) from None


def _entry_faults(entries: list[zipfile.ZipInfo]) -> list[Fault]:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS:
        return [_fault("too_large", None, f"The file holds more than {MAX_PARTS} parts: save it again in Word.")]
    if len(names) != len(set(names)):
        return [_fault("not_word", None, "The file holds two parts of one name: save it again in Word.")]
    faults = []
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/") or "\\" in entry.filename:
            faults.append(
                _fault("not_word", entry.filename[:80], "A part's name leaves the file: save it again in Word.")
            )
        if entry.flag_bits & 0x1:
            faults.append(
                _fault("encrypted", entry.filename[:80], "The file is encrypted: save it without a password.")
            )
        tight = entry.file_size > RATIO_FREE_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if tight or entry.file_size > MAX_PART_BYTES:
            faults.append(
                _fault("too_large", entry.filename[:80], "The part unpacks to more than is allowed: make it smaller.")
            )
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        faults.append(
            _fault("too_large", None, f"The file unpacks to more than {MAX_UNPACKED_BYTES:,} bytes: make it smaller.")
        )
    return faults


def _read_entry(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one entry, never more than it declares; ``zipfile`` checks its CRC at the end."""
    with container.open(entry) as packed:
        content = packed.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile
    return content


def _fault(code: str, part: str | None, message: str) -> Fault:
    return Fault(code=code, part=part, message=message)
