"""Proof on the finished files that no identifier leaves in a paper where it does not belong.

Searched are the text of every page, properties and metadata, bookmarks, every part of the Word files, titles and file
names. Exhibits are filed as they were sent: what they hold is reported to the attorney, and stops nothing.
"""

import html
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2

from service.assembling.identifiers.known import IdentifierKind, identifiers_kept_from
from service.assembling.identifiers.search import IdentifierSearch
from service.assembling.packet_parts import Exhibit, NumberedDocument, Packet
from service.assembling.pdf.memory_files import opened
from service.errors import Fault, IdentifierFound
from service.facts.case import CaseFacts
from service.facts.reading import leaf_values
from service.law.outcomes import DocumentAudience
from service.rendering.document import RenderedDocument
from service.rendering.pages import PDFIUM

_PACKET: Final = "packet"
_PARTED: Final = "\n|\n"
"""Between passages, so that nothing is found across two."""
_INDEX: Final = "Index-"
_METADATA: Final = b"<x:xmpmeta"
_METADATA_END: Final = b"</x:xmpmeta>"
_LOCAL_HEADER: Final = 30
_LOCAL_LENGTHS: Final = 26
"""Bytes of a part's header in a zip before its name, and before the lengths of its name and extra field."""
_BLOCK_END: Final = re.compile(r"</w:p>|<w:(?:br|tab|cr)\b[^<>]*+>|<(?!/?+w:)[^<>]*+>")
_MARKUP: Final = re.compile(r"<[^<>]*+>(?:<[^<>]*+>)*+")
_ATTRIBUTE: Final = re.compile(r'="([\w:./#]*+[^"<>\w:./#][^"<>]*+|\d{8,})"')
_WORDS: Final = {
    IdentifierKind.SOCIAL_SECURITY_NUMBER: "a Social Security number",
    IdentifierKind.ACCOUNT_NUMBER: "an account number",
    IdentifierKind.BIRTH_DATE: "a full date of birth",
    IdentifierKind.CHILD_NAME: "the name of a child",
    IdentifierKind.PHONE_NUMBER: "a party's telephone number",
    IdentifierKind.PROTECTED_ADDRESS: "a protected address",
}


@dataclass(frozen=True, slots=True)
class _Passage:
    """Some text of a file and where it stands there: ``page 2``, ``metadata``, ``word/document.xml``."""

    place: str
    text: str


def scan_for_identifiers(packet: Packet, facts: CaseFacts) -> dict[str, Any]:
    """Search everything that will leave, and say how often each kind stands in the exhibits, by page; never a value.

    Raises:
        IdentifierFound: every paper with an identifier that it may not show, by file, place and kind.
    """
    readers = {DocumentAudience.PUBLIC, *(item.document.plan.audience for item in packet.documents)}
    leaves = leaf_values(facts)
    searches = {audience: _search(audience, facts, leaves) for audience in readers}
    public = searches[DocumentAudience.PUBLIC]
    parts: dict[bytes, str] = {}
    faults = [
        fault for item in packet.documents for fault in _in_document(item, searches[item.document.plan.audience], parts)
    ]
    faults += _in_packet(packet, public)
    faults += _in_exhibit_names(packet, public)
    if faults:
        raise IdentifierFound("A paper shows an identifier that its readers may not see; nothing leaves.", faults)
    return {
        "documents": [
            {"name": item.file_name, "audience": item.document.plan.audience.value, "found": 0}
            for item in packet.documents
        ],
        "exhibits": [_exhibit_warnings(exhibit, public) for exhibit in packet.exhibits],
    }


def _search(audience: DocumentAudience, facts: CaseFacts, leaves: Mapping[str, Any]) -> IdentifierSearch:
    kept = identifiers_kept_from(audience, facts, leaves)
    return IdentifierSearch(kept, for_any_number=audience is DocumentAudience.PUBLIC)


def _in_document(item: NumberedDocument, search: IdentifierSearch, parts: dict[bytes, str]) -> Iterator[Fault]:
    document = item.document
    name = _Passage("its name", f"{_spoken(item.file_name)}\n{document.plan.title}")
    yield from _faults(item.file_name, search, [name])
    yield from _faults(f"{item.file_name}.pdf", search, _in_pdf(document))
    yield from _faults(f"{item.file_name}.docx", search, list(_in_word(document.word, parts)))


def _in_packet(packet: Packet, search: IdentifierSearch) -> Iterator[Fault]:
    """Documents were searched alone, and binding proves that their pages are those; a cover prints a title alone."""
    files = {_PACKET: packet.pdf} | {volume.file_name: volume.pdf for volume in packet.volumes}
    for name, content in files.items():
        if content:
            with PDFIUM, pypdfium2.PdfDocument(content) as read:
                numbers = [number for number in range(len(read)) if read.get_page_label(number).startswith(_INDEX)]
                passages = [*_page_texts(read, numbers), *_about(read, content, bound=True)]
            yield from _faults(f"{name}.pdf", search, passages)


def _in_exhibit_names(packet: Packet, search: IdentifierSearch) -> Iterator[Fault]:
    """Titles are printed in the index and on cover sheets, and listed in the manifest; the caller can mend them."""
    for place, exhibit in enumerate(packet.exhibits):
        passage = _Passage("its title", f"{exhibit.title}\n{exhibit.label}\n{_spoken(exhibit.file_name)}")
        yield from _faults(exhibit.file_name, search, [passage], f"/exhibits/{place}/title")


def _faults(
    name: str, search: IdentifierSearch, passages: Sequence[_Passage], pointer: str | None = None
) -> Iterator[Fault]:
    """One search of all passages together; each is searched alone only where that finds something."""
    if not search.kinds_in(_PARTED.join(passage.text for passage in passages)):
        return
    mend = "Have the template or manuscript corrected" if pointer is None else "Word the title without it"
    for passage in passages:
        for kind in search.kinds_in(passage.text):
            message = f"{name}, {passage.place}: {_WORDS[kind]} stands there and may not. {mend}."
            yield Fault(code=kind.value, message=message, part=name, pointer=pointer)


def _in_pdf(document: RenderedDocument) -> list[_Passage]:
    """With the text that the parity check read from the pages; the fields that were placed since print nothing."""
    with PDFIUM, pypdfium2.PdfDocument(document.pdf) as read:
        about = _about(read, document.pdf)
    return [*(_Passage(f"page {number}", text) for number, text in enumerate(document.parity.texts, start=1)), *about]


def _page_texts(read: pypdfium2.PdfDocument, numbers: Iterable[int]) -> list[_Passage]:
    return [_Passage(f"page {number + 1}", _page_text(read, number)) for number in numbers]


def _page_text(read: pypdfium2.PdfDocument, number: int) -> str:
    with closing(read[number]) as page, closing(page.get_textpage()) as text:
        return str(text.get_text_range())


def _about(read: pypdfium2.PdfDocument, content: bytes, *, bound: bool = False) -> list[_Passage]:
    """Bookmarks and metadata; below the first level a bound packet repeats bookmarks of documents and exhibits."""
    titles = [entry.get_title() for entry in read.get_toc() if not (bound and entry.level)]
    properties = [*read.get_metadata_dict(skip_empty=True).values(), _metadata(content)]
    return [_Passage("bookmarks", _PARTED.join(titles)), _Passage("metadata", _PARTED.join(properties))]


def _metadata(content: bytes) -> str:
    """The XMP packet, which PDF/A wants to be readable as it lies in the file."""
    packets = [packet.partition(_METADATA_END)[0] for packet in content.split(_METADATA)[1:]]
    if not packets:
        with opened(content) as document:
            packets = [document.Root.Metadata.read_bytes()] if "/Metadata" in document.Root else []
    return "\n".join(_unmarked(packet.decode("utf-8", "replace")) for packet in packets)


def _in_word(content: bytes, known: dict[bytes, str]) -> Iterator[_Passage]:
    """Every part in words; ``known`` are those read before, as packed, since a case's papers share styles and more."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                packed = _packed(content, entry)
                if packed not in known:
                    known[packed] = _said(package.read(entry).decode("utf-8", "replace"))
                yield _Passage(entry.filename, known[packed])


def _packed(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """How a part is packed, and what as; a name and an extra field stand before it (APPNOTE.TXT, 4.3.7)."""
    name, extra = struct.unpack_from("<HH", content, entry.header_offset + _LOCAL_LENGTHS)
    begins = entry.header_offset + _LOCAL_HEADER + name + extra
    return bytes([entry.compress_type & 0xFF]) + content[begins : begins + entry.compress_size]


def _said(part: str) -> str:
    return f"{_unmarked(part)}\n{html.unescape(' | '.join(_ATTRIBUTE.findall(part)))}"


def _unmarked(text: str) -> str:
    """The words between tags; the end of a paragraph parts them, that of a run in it does not."""
    return html.unescape(_MARKUP.sub("", _BLOCK_END.sub("\n", text)))


def _spoken(file_name: str) -> str:
    return re.sub(r"[-_]+", " ", file_name)


def _exhibit_warnings(exhibit: Exhibit, search: IdentifierSearch) -> dict[str, Any]:
    found = [
        {"page": number, "kind": kind.value, "count": count}
        for number, page in enumerate(exhibit.readings, start=1)
        for kind, count in search.kinds_in(page.text).items()
    ]
    return {"id": exhibit.id, "label": exhibit.label, "found": found}
