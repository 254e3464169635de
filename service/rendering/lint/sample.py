"""A template turned into a finished document of sample words, so that the typesetter can judge its layout."""

from copy import deepcopy
from typing import Final

from lxml import etree

from service.rendering.lint.word_file import OpenedWord
from service.rendering.typesetting.archive import parse_part
from service.rendering.word.compiling import CORE_PROPERTIES
from service.rendering.word.package import pack
from service.rendering.word.tag_forms import PREFIXED
from service.rendering.word.tags import TAG, W, pieces_of, text_of

_WORD: Final = "Sample"
_DAY: Final = "2000-01-01T00:00:00Z"
_CONTAINERS_NEEDING_TEXT: Final = {W + name for name in ("tc", "hdr", "ftr", "footnote")}


def sample_word(opened: OpenedWord) -> bytes:
    """The file with every expression printed as a word, every branch taken and every loop gone through once.

    Paragraphs keep the numbers they have in the file. What the whole file was found to hold against the rules, such as
    macros, is left out, so that the rest is still examined.
    """
    parts = {name: content for name, content in opened.parts.items() if name not in _active(opened)}
    for name in [name for name in parts if name.endswith(".rels")]:
        parts[name] = _without_outward_links(name, parts[name])
    for name, root in opened.stories.items():
        story = deepcopy(root)
        for paragraph in list(story.iter(W + "p")):
            _fill(paragraph)
        parts[name] = etree.tostring(story, xml_declaration=True, encoding="UTF-8")
    core = opened.core
    if core is not None:
        parts[CORE_PROPERTIES] = _filled_properties(core)
    return pack(b"", parts.items())


def _active(opened: OpenedWord) -> set[str | None]:
    return {fault.part for fault in opened.faults if fault.code == "active_content"}


def _without_outward_links(name: str, listing: bytes) -> bytes:
    root = parse_part(name, listing)
    for entry in [entry for entry in root if entry.get("TargetMode") == "External"]:
        root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _filled_properties(core: etree._Element) -> bytes:
    for entry in core:
        dated = any("W3CDTF" in kind for kind in entry.attrib.values())
        if entry.text and TAG.search(entry.text):
            entry.text = _DAY if dated else TAG.sub(_WORD, entry.text)
    return etree.tostring(core, xml_declaration=True, encoding="UTF-8")


def _fill(paragraph: etree._Element) -> None:
    """Print the paragraph's tags; one that only holds a paragraph or row tag goes as it would when filled in."""
    text = text_of(paragraph)
    tags = TAG.findall(text)
    prefixed = PREFIXED.match(tags[0]) if len(tags) == 1 and text.strip() == tags[0] else None
    if prefixed and prefixed[1] == "p" and _may_go(paragraph):
        _remove(paragraph)
    elif prefixed and prefixed[1] == "tr" and _alone_in_row(paragraph):
        _remove(next(paragraph.iterancestors(W + "tr")))
    elif tags:
        _print(paragraph, text)


def _may_go(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    return parent.tag not in _CONTAINERS_NEEDING_TEXT or len(parent.findall(W + "p")) > 1


def _alone_in_row(paragraph: etree._Element) -> bool:
    row = next(paragraph.iterancestors(W + "tr"), None)
    table = None if row is None else row.getparent()
    if row is None or table is None or len(table.findall(W + "tr")) == 1:
        return False
    return all(other is paragraph or not text_of(other).strip() for other in row.iter(W + "p"))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _print(paragraph: etree._Element, text: str) -> None:
    """Put what each tag prints where the tag begins, in whatever runs Word has split it into."""
    pieces = list(pieces_of(paragraph))
    owners = [number for number, piece in enumerate(pieces) for _ in piece.text or ""]
    printed = [""] * len(pieces)
    at = 0
    for tag in TAG.finditer(text):
        for position in range(at, tag.start()):
            printed[owners[position]] += text[position]
        printed[owners[tag.start()]] += _WORD if tag[0].startswith("{{") else ""
        at = tag.end()
    for position in range(at, len(text)):
        printed[owners[position]] += text[position]
    for piece, words in zip(pieces, printed, strict=True):
        piece.text = words
