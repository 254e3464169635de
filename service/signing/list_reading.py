"""Reading the signed list of files, ``META-INF/ASiCManifest001.xml``."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from service.signing.asic import ASIC_NAMESPACE, DSIG_NAMESPACE, SHA256_URI, SIGNATURE_PATH, is_payload_path

_ASIC, _DSIG = f"{{{ASIC_NAMESPACE}}}", f"{{{DSIG_NAMESPACE}}}"

_LARGEST = 1024 * 1024


class ListFault(Exception):
    """The list is not one that can be followed; the message says why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A path and the raw SHA-256 its content had when it was signed."""

    path: str
    sha256: bytes


def read_file_list(xml: bytes) -> tuple[ListedFile, ...]:
    """The files that the list names; entities, document types and the network are off.

    Raises:
        ListFault: it is not such a list, names a file twice, uses another digest than SHA-256, or is oversized.
    """
    if len(xml) > _LARGEST:
        raise ListFault("it is larger than any list of files")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise ListFault("it is not well-formed XML") from reason
    if root.getroottree().docinfo.doctype or root.tag != f"{_ASIC}ASiCManifest":
        raise ListFault("it is not an ASiC manifest")
    references = root.findall(f"{_ASIC}SigReference")
    if [reference.get("URI") for reference in references] != [SIGNATURE_PATH]:
        raise ListFault("it belongs to another signature")
    files = tuple(_listed(reference) for reference in root.findall(f"{_ASIC}DataObjectReference"))
    if len({file.path for file in files}) != len(files):
        raise ListFault("it names a file twice")
    return files


def _listed(reference: etree._Element) -> ListedFile:
    method = reference.find(f"{_DSIG}DigestMethod")
    if method is None or method.get("Algorithm") != SHA256_URI:
        raise ListFault("it uses another digest than SHA-256")
    try:
        value = base64.b64decode(reference.findtext(f"{_DSIG}DigestValue", ""), validate=True)
    except (binascii.Error, ValueError) as reason:
        raise ListFault("a digest in it is not in base64") from reason
    path = unquote(reference.get("URI", ""))
    if not is_payload_path(path):
        raise ListFault("it names a file that no bundle holds")
    return ListedFile(path=path, sha256=value)
