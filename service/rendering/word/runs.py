"""Rich text and pictures as WordprocessingML runs (ECMA-376 part 1, 17.3.2 and 20.4)."""

import io
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import count
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from service.drafting.printed import Picture, RichText, TextRun
from service.rendering.word.printing import NotPrintable, printable

PICTURES: Final = "_pictures"
EMU_PER_INCH: Final = 914_400
MAX_WIDTH_INCHES: Final = 22
MAX_PIXELS: Final = 40_000_000
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LISTING: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg"}
_BEFORE_BOLD: Final = ("rStyle", "rFonts")
_BEFORE_UNDERLINE: Final = (
    *_BEFORE_BOLD, "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight",
)  # fmt: skip
"""What stands before bold and before underline in a run's properties (CT_RPr, ECMA-376 part 1, 17.3.2.28)."""


class PlacedPictures:
    """The pictures that one part prints, by the relationship that leads to them."""

    def __init__(self) -> None:
        self.media: dict[str, bytes] = {}
        self.relations: dict[str, str] = {}
        self._numbers = count(1)

    def place(self, picture: Picture) -> str:
        """The drawing of a picture; the same bytes are kept once.

        Raises:
            NotPrintable: No PNG or JPEG, no alternative text, or no width that fits a page.
        """
        kind, pixels = _examined(picture)
        digest = sha256(picture.content).hexdigest()[:16]
        relation, name = f"rIdPicture{digest}", f"picture-{digest}.{kind}"
        self.media[name] = picture.content
        self.relations[relation] = name
        width = round(picture.width_inches * EMU_PER_INCH)
        height = max(1, round(width * pixels[1] / pixels[0]))
        return _drawing(relation, next(self._numbers), picture.alternative_text, (width, height))


def runs_of(value: Any, look: str, pictures: PlacedPictures) -> Markup:
    """A value as runs in the look of the tag that prints it.

    Raises:
        NotPrintable: It is neither rich text, nor a picture, nor what any tag prints.
    """
    if isinstance(value, Picture):
        properties = _properties(look, bold=False, italic=False, underline=False)
        return Markup(f"<w:r>{properties}{pictures.place(value)}</w:r>")  # noqa: S704 - built here, every value escaped
    runs = value.runs if isinstance(value, RichText) else (TextRun(text=str(printable(value))),)
    return Markup("".join(_run(run, look) for run in runs))  # noqa: S704 - as above


def _run(run: TextRun, look: str) -> str:
    text = escape(str(printable(run.text)))
    properties = _properties(look, bold=run.bold, italic=run.italic, underline=run.underline)
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


@lru_cache(maxsize=256)
def _properties(look: str, *, bold: bool, italic: bool, underline: bool) -> str:
    properties = etree.fromstring(look) if look else etree.Element(f"{{{_W}}}rPr", nsmap={"w": _W})
    if bold:
        _put(properties, "b", _BEFORE_BOLD)
    if italic:
        _put(properties, "i", (*_BEFORE_BOLD, "b", "bCs"))
    if underline:
        _put(properties, "u", _BEFORE_UNDERLINE).set(f"{{{_W}}}val", "single")
    if not len(properties):
        return ""
    # The part's root declares this namespace already.
    return etree.tostring(properties, encoding="unicode").replace(f' xmlns:w="{_W}"', "", 1)


def _put(properties: etree._Element, name: str, before: tuple[str, ...]) -> etree._Element:
    for present in properties.findall(f"{{{_W}}}{name}"):
        properties.remove(present)
    earlier = {f"{{{_W}}}{each}" for each in before}
    element = etree.Element(f"{{{_W}}}{name}")
    properties.insert(sum(1 for child in properties if child.tag in earlier), element)
    return element


def _examined(picture: Picture) -> tuple[str, tuple[int, int]]:
    if not picture.alternative_text.strip():
        raise NotPrintable("A picture has no alternative text: say what it shows.")
    printable(picture.alternative_text)
    if not 0 < picture.width_inches <= MAX_WIDTH_INCHES:
        raise NotPrintable(f"A picture's width must lie above 0 and not beyond {MAX_WIDTH_INCHES} inches.")
    try:
        with Image.open(io.BytesIO(picture.content), formats=tuple(_KINDS)) as image:
            kind, size = _KINDS[str(image.format)], image.size
            if size[0] * size[1] > MAX_PIXELS:
                raise NotPrintable(f"A picture has more than {MAX_PIXELS:,} pixels: make it smaller.")
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotPrintable("A picture is neither a sound PNG nor a sound JPEG: save it as PNG.") from None
    return kind, size


def _drawing(relation: str, number: int, described: str, size: tuple[int, int]) -> str:
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    name = f"Picture {number}"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="{name}" descr={quoteattr(described)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing>"
    )


def with_relations(listing: bytes | None, pictures: PlacedPictures) -> bytes:
    """A part's relationships with those to its pictures."""
    empty = etree.Element(f"{{{_LISTING}}}Relationships", nsmap={None: _LISTING})
    root = etree.fromstring(listing) if listing else empty
    for relation, name in sorted(pictures.relations.items()):
        entry = etree.SubElement(root, f"{{{_LISTING}}}Relationship", Id=relation, Type=f"{_RELATIONS}/image")
        entry.set("Target", f"media/{name}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_types(content_types: bytes, media: Mapping[str, bytes]) -> bytes:
    """The file's content types with those of its pictures."""
    root = etree.fromstring(content_types)
    namespace = etree.QName(root).namespace
    declared = {str(entry.get("Extension")).lower() for entry in root.iter(f"{{{namespace}}}Default")}
    for kind in sorted({name.rpartition(".")[2] for name in media} - declared):
        root.insert(0, root.makeelement(f"{{{namespace}}}Default", Extension=kind, ContentType=f"image/{kind}"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
