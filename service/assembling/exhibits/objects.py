"""The objects of a PDF as plain Python values, and what among them acts, embeds or reaches outside.

qpdf writes each object as JSON (version 2): a name is ``"/Name"``, a reference ``"12 0 R"``, text starts with ``u:`` or
``b:``, so the three cannot be mistaken for one another, and ``/J#61vaScript`` has already become ``/JavaScript``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from service.assembling.exhibits.policy import ExhibitCode, Finding

_REFERENCE = re.compile(r"\d+ \d+ R")
_MAX_REFERENCE_HOPS = 8

ACTIVE_ACTIONS = {
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/SetOCGState",
    "/Sound",
    "/SubmitForm",
    "/Trans",
}
_ACTIVE_ANNOTATIONS = {"/3D", "/Movie", "/RichMedia", "/Screen", "/Sound"}
_PAGE_EVENTS = {"/O", "/C"}
_ANNOTATION_EVENTS = {"/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI"}
_FIELD_EVENTS = {"/K", "/F", "/V", "/C"}
_DOCUMENT_EVENTS = {"/WC", "/WS", "/DS", "/WP", "/DP"}
_EVENTS = _PAGE_EVENTS | _ANNOTATION_EVENTS | _FIELD_EVENTS | _DOCUMENT_EVENTS
_FILE_KEYS = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}


@dataclass(frozen=True, slots=True)
class PdfObjects:
    """Every object of one file; ``streams`` names the references that are streams."""

    root: Mapping[str, Any]
    by_reference: Mapping[str, Any]
    streams: frozenset[str]

    def resolve(self, value: Any) -> Any:
        """The value itself, after following references; ``None`` for one that leads nowhere."""
        for _ in range(_MAX_REFERENCE_HOPS):
            if not (isinstance(value, str) and _REFERENCE.fullmatch(value)):
                return value
            value = self.by_reference.get(value)
        return None

    def dictionary(self, value: Any) -> dict[str, Any]:
        """The dictionary a value leads to, or an empty one."""
        resolved = self.resolve(value)
        return resolved if isinstance(resolved, dict) else {}


def read_objects(pdf: pikepdf.Pdf) -> PdfObjects:
    """Read all objects once.

    Raises:
        pikepdf.PdfError: An object cannot be parsed.
    """
    by_reference: dict[str, Any] = {}
    streams: set[str] = set()
    for entry in pdf.objects:
        number, generation = entry.objgen
        reference = f"{number} {generation} R"
        by_reference[reference] = json.loads(entry.to_json(dereference=True).decode())
        if isinstance(entry, pikepdf.Stream):
            streams.add(reference)
    root = json.loads(pdf.Root.to_json(dereference=True))
    return PdfObjects(root=root, by_reference=by_reference, streams=frozenset(streams))


def forbidden_content(objects: PdfObjects) -> Iterator[Finding]:
    """Whatever in the file would run, submit, import, open or carry something when somebody opens it."""
    yield from _catalogue_findings(objects)
    for reference, value in objects.by_reference.items():
        if reference in objects.streams:
            yield from _stream_findings(objects, value)
        for dictionary in _dictionaries(value):
            yield from _dictionary_findings(objects, dictionary)


def active(what: str) -> Finding:
    """The finding for anything that acts on its own or on a click."""
    return Finding(
        code=ExhibitCode.ACTIVE,
        message=f"The PDF holds {what}. Print it to a new PDF, which leaves only the pages, and send that.",
    )


def embedded(what: str) -> Finding:
    """The finding for files carried inside the file."""
    return Finding(
        code=ExhibitCode.EMBEDDED_FILES,
        message=f"The PDF holds {what}. Send each file as an exhibit of its own.",
    )


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary written directly inside one object, the object itself included."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def _catalogue_findings(objects: PdfObjects) -> Iterator[Finding]:
    root = objects.root
    opening = objects.resolve(root.get("/OpenAction"))
    is_destination = opening is None or isinstance(opening, list)
    if not is_destination and objects.resolve(objects.dictionary(opening).get("/S")) != "/GoTo":
        yield active("an action that runs when the file is opened")
    names = objects.dictionary(root.get("/Names"))
    if "/JavaScript" in names:
        yield active("JavaScript")
    if "/EmbeddedFiles" in names:
        yield embedded("embedded files")
    if "/Collection" in root:
        yield embedded("a portfolio of files")
    if "/XFA" in objects.dictionary(root.get("/AcroForm")) or objects.resolve(root.get("/NeedsRendering")) is True:
        yield Finding(
            code=ExhibitCode.XFA,
            message="The PDF is a dynamic form (XFA) whose pages are computed on opening. Print it to a new PDF.",
        )


def _stream_findings(objects: PdfObjects, stream: Mapping[str, Any]) -> Iterator[Finding]:
    if "/F" in stream:
        yield active("a stream whose content lies in another file")
    if "/Ref" in stream and objects.resolve(stream.get("/Subtype")) == "/Form":
        yield active("a page imported from another file")
    if objects.resolve(stream.get("/Type")) == "/EmbeddedFile":
        yield embedded("an embedded file")


def _dictionary_findings(objects: PdfObjects, dictionary: Mapping[str, Any]) -> Iterator[Finding]:
    kind = objects.resolve(dictionary.get("/S"))
    if isinstance(kind, str) and kind in ACTIVE_ACTIONS:
        yield active(f"an action of type {kind.removeprefix('/')}")
    subtype = objects.resolve(dictionary.get("/Subtype"))
    if subtype == "/FileAttachment":
        yield embedded("an attached file")
    elif isinstance(subtype, str) and subtype in _ACTIVE_ANNOTATIONS and "/Rect" in dictionary:
        yield active(f"an annotation of type {subtype.removeprefix('/')}")
    if "/AA" in dictionary and _keys_only(objects.dictionary(dictionary["/AA"]), _EVENTS):
        yield active("additional actions, which run on events of a page or field")
    if "/EF" in dictionary and _keys_only(objects.dictionary(dictionary["/EF"]), _FILE_KEYS):
        yield embedded("an embedded file")


def _keys_only(dictionary: Mapping[str, Any], allowed: set[str]) -> bool:
    """Tells an action or file dictionary from a font or image that happens to be named ``/AA`` or ``/EF``."""
    return bool(dictionary) and dictionary.keys() <= allowed
