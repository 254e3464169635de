"""A copy of a Word file with a comment at each fault (ECMA-376 part 1, 17.13.4)."""

import posixpath
from collections.abc import Sequence
from typing import Final

from lxml import etree

from service.rendering.lint.findings import LintFault
from service.rendering.lint.word_file import OpenedWord
from service.rendering.typesetting.archive import MAIN_PART, parse_part
from service.rendering.word.package import CONTENT_TYPES, pack, relations_of
from service.rendering.word.tags import NUMBER_ATTRIBUTE, W

AUTHOR: Final = "OCSE Filings"
_INITIALS: Final = "OCSE"
_NEW_PART: Final = "word/comments.xml"
_NEW_RELATION: Final = "rIdFilingsComments"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_FOOTNOTES: Final = "word/footnotes.xml"
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotated(opened: OpenedWord, faults: Sequence[LintFault]) -> bytes:
    """The file with a comment for every fault; without faults, the file as it is.

    Word holds comments in its body only, so a fault in a footnote is told where the note is called, and one in a
    header, a footer or the properties at the beginning, with its place in words.
    """
    if not faults:
        return opened.word
    copy = _Copy(opened)
    for fault in faults:
        copy.comment(fault)
    return copy.packed()


class _Copy:
    """The file's parts while comments are put in."""

    def __init__(self, opened: OpenedWord) -> None:
        self._parts = dict(opened.parts)
        self._opened = opened
        self._body = parse_part(MAIN_PART, self._parts[MAIN_PART])
        self._paragraphs = list(self._body.iter(W + "p")) or [_first_paragraph(self._body)]
        self._part, self._comments = self._comments_part()
        self._next = 1 + max((int(each.get(W + "id", "0")) for each in self._comments), default=-1)

    def comment(self, fault: LintFault) -> None:
        """Put one comment in."""
        number = str(self._next)
        self._next += 1
        self._comments.append(_comment(number, _words(fault)))
        paragraph = self._anchor(fault)
        start = etree.Element(W + "commentRangeStart", {W + "id": number})
        paragraph.insert(1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0, start)
        etree.SubElement(paragraph, W + "commentRangeEnd", {W + "id": number})
        run = etree.SubElement(paragraph, W + "r")
        etree.SubElement(run, W + "commentReference", {W + "id": number})

    def packed(self) -> bytes:
        """The copy."""
        self._parts[MAIN_PART] = _bytes(self._body)
        self._parts[self._part] = _bytes(self._comments)
        return pack(b"", self._parts.items())

    def _anchor(self, fault: LintFault) -> etree._Element:
        paragraph = self._paragraphs[0]
        if fault.part == MAIN_PART and fault.paragraph is not None:
            paragraph = self._paragraphs[fault.paragraph - 1]
        elif fault.part == _FOOTNOTES and fault.paragraph is not None:
            call = self._call_of_note(fault.paragraph)
            paragraph = paragraph if call is None else call
        # A text box takes no comments; the paragraph that holds the box does.
        boxed = list(paragraph.iterancestors(W + "txbxContent"))
        return next(boxed[-1].iterancestors(W + "p"), paragraph) if boxed else paragraph

    def _call_of_note(self, number: int) -> etree._Element | None:
        for note in self._opened.stories[_FOOTNOTES].iterchildren(W + "footnote"):
            if any(paragraph.get(NUMBER_ATTRIBUTE) == str(number) for paragraph in note.iter(W + "p")):
                for call in self._body.iter(W + "footnoteReference"):
                    if call.get(W + "id") == note.get(W + "id"):
                        return next(call.iterancestors(W + "p"), None)
        return None

    def _comments_part(self) -> tuple[str, etree._Element]:
        listing = relations_of(MAIN_PART)
        relations = parse_part(listing, self._parts[listing]) if listing in self._parts else _root("relationships")
        for entry in relations:
            if entry.get("Type") == _KIND:
                target = entry.get("Target", "")
                part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))
                return part, parse_part(part, self._parts[part])
        relation = {"Id": _NEW_RELATION, "Type": _KIND, "Target": posixpath.basename(_NEW_PART)}
        etree.SubElement(relations, f"{{{_PACKAGE}/relationships}}Relationship", relation)
        types = parse_part(CONTENT_TYPES, self._parts[CONTENT_TYPES])
        declared = {"PartName": f"/{_NEW_PART}", "ContentType": _TYPE}
        etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", declared)
        self._parts[listing] = _bytes(relations)
        self._parts[CONTENT_TYPES] = _bytes(types)
        return _NEW_PART, etree.Element(W + "comments", nsmap={"w": W[1:-1]})


def _root(kind: str) -> etree._Element:
    return etree.Element(f"{{{_PACKAGE}/{kind}}}Relationships", nsmap={None: f"{_PACKAGE}/{kind}"})


def _first_paragraph(document: etree._Element) -> etree._Element:
    body = document.find(W + "body")
    paragraph = etree.Element(W + "p")
    (document if body is None else body).insert(0, paragraph)
    return paragraph


def _comment(number: str, words: str) -> etree._Element:
    comment = etree.Element(W + "comment", {W + "id": number, W + "author": AUTHOR, W + "initials": _INITIALS})
    text = etree.SubElement(etree.SubElement(etree.SubElement(comment, W + "p"), W + "r"), W + "t")
    text.text = words
    text.set(_PRESERVE, "preserve")
    return comment


def _words(fault: LintFault) -> str:
    place = ""
    if fault.part != MAIN_PART:
        place = f" in {fault.part}" + ("" if fault.paragraph is None else f", paragraph {fault.paragraph}")
        place += f" (“{fault.snippet}”)" if fault.snippet else ""
    return f"{fault.severity.capitalize()}{place}: {fault.message} [{fault.code}]"


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
