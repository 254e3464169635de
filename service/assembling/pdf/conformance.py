"""What a PDF claims to be, read from its metadata and its structure; claims are read here, not proved."""

import pikepdf
from lxml import etree

PACKET_PROFILE = "PDF/A-2a, PDF/UA-1"
FORM_FIELDS = "carries form fields"

_ARCHIVE = "{http://www.aiim.org/pdfa/ns/id/}"
_ACCESS = "{http://www.aiim.org/pdfua/ns/id/}"
_RGB_COMPONENTS = 3
_CLAIMS = etree.XPath(
    "//archive:* | //access:* | //@archive:* | //@access:*",
    namespaces={"archive": _ARCHIVE.strip("{}"), "access": _ACCESS.strip("{}")},
)


def shortfall(pdf: pikepdf.Pdf) -> str | None:
    """Why a file cannot stand in a PDF/A-2a and PDF/UA-1 packet, in words that complete "exhibit C …"."""
    root = pdf.Root
    marked = bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False))
    if not marked or "/ParentTree" not in root.get("/StructTreeRoot", pikepdf.Dictionary()):
        return "is not tagged"
    claims = _claims(pdf)
    if (claims.get(f"{_ARCHIVE}part"), claims.get(f"{_ARCHIVE}conformance", "").upper()) != ("2", "A"):
        return "is not PDF/A-2a"
    if claims.get(f"{_ACCESS}part") != "1":
        return "is not PDF/UA-1"
    if not _colours_are_rgb(root):
        return "is in other colours than RGB"
    return None


def _claims(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The identification properties, whether written as XML elements or attributes; none if the XMP cannot be read."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(metadata.read_bytes(), parser)
    except (etree.XMLSyntaxError, pikepdf.PdfError):
        return {}
    found: dict[str, str] = {}
    for claim in _CLAIMS(tree):
        name, text = (claim.tag, claim.text or "") if etree.iselement(claim) else (claim.attrname, claim)
        found[str(name)] = text.strip()
    return found


def _colours_are_rgb(root: pikepdf.Object) -> bool:
    """One output intent must do for the whole packet, so every part's must have red, green and blue."""
    profiles = [intent.get("/DestOutputProfile") for intent in root.get("/OutputIntents", pikepdf.Array())]
    return all(profile is None or int(profile.get("/N", 0)) == _RGB_COMPONENTS for profile in profiles)
