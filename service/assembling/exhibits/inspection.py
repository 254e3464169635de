"""Whether one uploaded file may go to a court as it stands, and what it says.

Runs inside the examining process (:mod:`service.assembling.exhibits.process`), never in the service itself.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from service.assembling.binding import bind_on_trial
from service.assembling.exhibits.drawing import heavy_page
from service.assembling.exhibits.objects import PdfObjects, forbidden_content, read_objects
from service.assembling.exhibits.pictures import inspect_picture, picture_format
from service.assembling.exhibits.policy import ExhibitCode, ExhibitLimits, Finding, Inspection
from service.assembling.exhibits.reading import read_pages
from service.assembling.pdf.memory_files import opened
from service.assembling.volumes import Part
from service.errors import PacketFailed

_HEADER = b"%PDF-"
_HEADER_WINDOW = 1024
_MAX_FILTERS = 3
_PADDING = b"\x00\t\n\x0c\r \x1a"
_EXPANDING_FILTERS = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_PACKING_FILTERS = _EXPANDING_FILTERS | {"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}
_IMAGE_CODECS = {"/DCTDecode", "/DCT", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode", "/JPXDecode"}
_SUSPECT_BYTES = 96 * 1024 * 1024
_MAX_RATIO = 100
_MAX_TREE_DEPTH = 64
_QUARTER_TURN = 90


def inspect(content: bytes, limits: ExhibitLimits) -> Inspection:
    """All findings about one file, each once; memory and time are bounded by the process this runs in.

    Raises:
        MemoryError: The file asks for more than the process may have.
    """
    if picture_format(content):
        return inspect_picture(content, limits)
    if _HEADER not in content[:_HEADER_WINDOW]:
        message = "This is neither a PDF nor a PNG or JPEG picture, whatever its name. Send the exhibit as PDF."
        return _refused(_finding(ExhibitCode.NOT_PDF, message))
    if content.count(b" obj") > limits.max_objects:
        return _refused(_too_many_objects(limits))
    findings = list(_wrapping_findings(content))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=limits.max_stream_bytes,
        run_length_max_memory=limits.max_stream_bytes,
        png_max_memory=limits.max_stream_bytes,
        tiff_max_memory=limits.max_stream_bytes,
        max_stream_filters=_MAX_FILTERS,
    )
    try:
        with _open_strictly(content) as pdf:
            pages, inner = _inspect_opened(pdf, content, limits)
    except pikepdf.PasswordError:
        return _refused(*findings, _encrypted())
    except (pikepdf.PdfError, pikepdf.QpdfRuntimeError) as fault:
        reason = _encrypted() if "encrypt" in str(fault).lower() else _broken("its structure cannot be read")
        return _refused(*findings, reason)
    findings = list(dict.fromkeys([*findings, *inner]))
    return Inspection(pages=pages, findings=tuple(findings)) if findings else _read(content, pages)


def _open_strictly(content: bytes) -> pikepdf.Pdf:
    """Open without mending anything; numbers stay objects, so that also an indirect one has its reference."""
    return pikepdf.open(
        io.BytesIO(content), attempt_recovery=False, inherit_page_attributes=False, conversion_mode="explicit"
    )


def _inspect_opened(pdf: pikepdf.Pdf, content: bytes, limits: ExhibitLimits) -> tuple[int, list[Finding]]:
    findings = [_encrypted()] if pdf.is_encrypted else []
    if len(pdf.objects) > limits.max_objects:
        return 0, [*findings, _too_many_objects(limits)]
    objects = read_objects(pdf)
    findings += forbidden_content(objects)
    leaves, tree_findings = _page_leaves(objects, limits)
    findings += tree_findings
    findings += _page_size_findings(objects, leaves, limits)
    if _has_more_bookmarks(objects, limits.max_bookmarks):
        findings.append(_bomb(f"it has more than {limits.max_bookmarks} bookmarks"))
    findings += _stream_findings(pdf, limits, len(content))
    if not findings:
        heavy = heavy_page(pdf, limits)
        findings += [_bomb(f"page {heavy} is drawn with too many strokes")] if heavy else []
    judged = {finding.code for finding in findings}
    if pdf.get_warnings() and judged.isdisjoint({ExhibitCode.BOMB, ExhibitCode.BROKEN}):
        findings.append(_broken("its structure has faults that viewers mend differently"))
    if not tree_findings and _second_count(content) != len(leaves):
        findings.append(_broken("two readers disagree about how many pages it has"))
    return len(leaves), findings


def _wrapping_findings(content: bytes) -> Iterator[Finding]:
    """Bytes around the PDF: readers that look elsewhere for a header would see another kind of file."""
    if not content.startswith(_HEADER):
        message = "Something stands before the PDF header. Print it to a new PDF and send that."
        yield _finding(ExhibitCode.LEADING_JUNK, message)
    _, marker, tail = content.rpartition(b"%%EOF")
    if (marker and tail.strip(_PADDING)) or zipfile.is_zipfile(io.BytesIO(content)):
        message = "The file is a PDF and something else at once. Print it to a new PDF and send that."
        yield _finding(ExhibitCode.POLYGLOT, message)


def _page_leaves(objects: PdfObjects, limits: ExhibitLimits) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The pages in order with what they inherit; stops at the first fault, so a hostile tree costs nothing."""
    leaves: list[dict[str, Any]] = []
    seen: set[str] = set()
    waiting: list[tuple[Any, dict[str, Any], int]] = [(objects.root.get("/Pages"), {}, 0)]
    while waiting:
        reference, inherited, depth = waiting.pop()
        node = objects.dictionary(reference)
        if not isinstance(reference, str) or reference in seen or not node or depth > _MAX_TREE_DEPTH:
            return leaves, [_broken("its page tree is not a tree")]
        seen.add(reference)
        merged = inherited | {key: node[key] for key in ("/MediaBox", "/CropBox", "/Rotate") if key in node}
        kids = objects.resolve(node.get("/Kids"))
        if isinstance(kids, list):
            waiting.extend((kid, merged, depth + 1) for kid in reversed(kids))
        elif len(leaves) == limits.max_pages:
            message = f"The exhibit has more than {limits.max_pages} pages. Split it into several exhibits."
            return leaves, [_finding(ExhibitCode.TOO_MANY_PAGES, message)]
        else:
            leaves.append(merged | {key: node[key] for key in ("/Type", "/UserUnit") if key in node})
    claimed = objects.resolve(objects.dictionary(objects.root.get("/Pages")).get("/Count"))
    if not leaves or claimed != len(leaves):
        return leaves, [_broken("the page count it states is not the number of its pages")]
    return leaves, []


def _has_more_bookmarks(objects: PdfObjects, most: int) -> bool:
    """Counted without following any to its page, and no further than need be."""
    waiting: list[Any] = [objects.dictionary(objects.root.get("/Outlines")).get("/First")]
    seen: set[str] = set()
    count = 0
    while waiting and count <= most:
        place = waiting.pop()
        if isinstance(place, str):
            if place in seen:
                continue
            seen.add(place)
        bookmark = objects.dictionary(place)
        if bookmark:
            count += 1
            waiting += [bookmark.get("/Next"), bookmark.get("/First")]
    return count > most


def _page_size_findings(objects: PdfObjects, leaves: list[dict[str, Any]], limits: ExhibitLimits) -> Iterator[Finding]:
    for number, page in enumerate(leaves, start=1):
        unit = objects.resolve(page.get("/UserUnit", 1))
        sides = _sides(objects, page.get("/MediaBox")) + _sides(objects, page.get("/CropBox", page.get("/MediaBox")))
        rotation = objects.resolve(page.get("/Rotate", 0))
        if not sides or not isinstance(unit, int | float) or not isinstance(rotation, int):
            yield _broken(f"page {number} has no usable size")
        elif rotation % _QUARTER_TURN:
            yield _broken(f"page {number} is turned by other than quarter turns")
        elif not all(limits.min_side_points <= side * unit <= limits.max_side_points for side in sides):
            least, most = limits.min_side_points / 72, limits.max_side_points / 72
            message = f"Page {number} has a side outside {least:g} to {most:g} inches. Print it on US Letter."
            yield _finding(ExhibitCode.PAGE_SIZE, message)


def _sides(objects: PdfObjects, box: Any) -> list[float]:
    """Width and height of a rectangle in user units, or nothing if it is not one."""
    edges = objects.resolve(box)
    corners = [objects.resolve(edge) for edge in edges] if isinstance(edges, list) else []
    match corners:
        case [int() | float() as x1, int() | float() as y1, int() | float() as x2, int() | float() as y2]:
            return [abs(x2 - x1), abs(y2 - y1)]
        case _:
            return []


def _stream_findings(pdf: pikepdf.Pdf, limits: ExhibitLimits, sent: int) -> Iterator[Finding]:
    """Unpack every stream that can expand, within the limits; image codecs are judged by their number of pixels.

    What unpacks to a hundred times its size is no scan: it is stopped before it reaches the limit.
    """
    total = 0
    for stream in (entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream)):
        packing = _packing(stream)
        if len(packing) > _MAX_FILTERS:
            yield _bomb("a stream is packed over and over")
            return
        if not _PACKING_FILTERS.issuperset(packing):
            yield _broken("a stream uses a filter that no reader knows")
            return
        if _pixels(stream) > limits.max_pixels:
            yield _bomb("an image has too many pixels")
            return
        if _EXPANDING_FILTERS.isdisjoint(packing):
            continue
        try:
            total += len(_unpacked(pdf, stream, len(packing)))
        except (pikepdf.PdfError, pikepdf.QpdfRuntimeError) as fault:
            yield _bomb("a stream unpacks to too much") if _ran_out(fault) else _broken("a stream is damaged")
            return
        if total > limits.max_total_bytes or (total > _SUSPECT_BYTES and total > sent * _MAX_RATIO):
            yield _bomb("its streams unpack to too much")
            return


def _ran_out(fault: Exception) -> bool:
    """Whether decoding stopped at one of qpdf's limits or at the limit of this process, rather than at damage."""
    return any(sign in str(fault) for sign in ("memory limit", "bad_alloc"))


def _packing(stream: pikepdf.Stream) -> list[str]:
    """The lossless filters in the order they are undone, without the image codec under them."""
    named = stream.stream_dict.get("/Filter", pikepdf.Array())
    names = [str(name) for name in named] if isinstance(named, pikepdf.Array) else [str(named)]
    return names[:-1] if names and names[-1] in _IMAGE_CODECS else names


def _unpacked(pdf: pikepdf.Pdf, stream: pikepdf.Stream, packing: int) -> bytes:
    named = stream.stream_dict.get("/Filter")
    if not isinstance(named, pikepdf.Array) or len(named) == packing:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    inner = pikepdf.Stream(pdf, stream.read_raw_bytes())
    inner.stream_dict["/Filter"] = pikepdf.Array(list(named)[:packing])
    parameters = stream.stream_dict.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        inner.stream_dict["/DecodeParms"] = pikepdf.Array(list(parameters)[:packing])
    return inner.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def _pixels(stream: pikepdf.Stream) -> int:
    width, height = (stream.stream_dict.get(key, 0) for key in ("/Width", "/Height"))
    return int(width) * int(height)


def _read(content: bytes, pages: int) -> Inspection:
    """Read what nothing speaks against, and bind it on trial.

    What would break, stall or crash a packet does so here, where it harms nothing.
    """
    try:
        with opened(content) as pdf:
            readings = read_pages(content, pdf)
        part = Part(called="exhibit", title="Exhibit", content=content, pages=pages, label_prefix="Ex. A-")
        reason = bind_on_trial(part)
    except PacketFailed:
        return _refused(_broken("its pages cannot be copied into a packet"))
    except (pikepdf.PdfError, pikepdf.QpdfRuntimeError, pypdfium2.PdfiumError, ValueError, TypeError, KeyError):
        return _refused(_broken("what its pages hold cannot be read"))
    return Inspection(pages=pages, findings=(), shortfall=reason, readings=readings)


def _second_count(content: bytes) -> int:
    """Pages as PDFium counts them; -1 if it cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return -1
    try:
        return len(document)
    finally:
        document.close()


def _refused(*findings: Finding) -> Inspection:
    return Inspection(pages=0, findings=tuple(dict.fromkeys(findings)))


def _finding(code: ExhibitCode, message: str) -> Finding:
    return Finding(code=code, message=message)


def _encrypted() -> Finding:
    message = "The PDF is encrypted or protected by a password. Remove the protection and send it again."
    return _finding(ExhibitCode.ENCRYPTED, message)


def _broken(why: str) -> Finding:
    message = f"The PDF is damaged: {why}. Print or save it to a new PDF and send that."
    return _finding(ExhibitCode.BROKEN, message)


def _too_many_objects(limits: ExhibitLimits) -> Finding:
    return _bomb(f"it holds more than {limits.max_objects} objects")


def _bomb(why: str) -> Finding:
    message = f"The PDF asks too much of a reader: {why}. Print it to a new PDF and send that."
    return _finding(ExhibitCode.BOMB, message)
