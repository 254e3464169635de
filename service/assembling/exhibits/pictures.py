"""Whether an uploaded picture may become an exhibit, and a clean copy of it.

Runs inside the examining process (:mod:`service.assembling.exhibits.process`), never in the service itself. The copy
holds the pixels, turned as the camera meant them and no finer than a page shows them, and nothing else: no place, no
date, no device.
"""

import io
import zipfile
from collections.abc import Iterator

from PIL import Image, ImageOps, PngImagePlugin

from service.assembling.exhibits.policy import ExhibitCode, ExhibitLimits, Finding, Inspection

_FORMATS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_TEXT_LIMIT = 1024 * 1024
_QUALITY = 95
_LONGEST = 3800  # pixels: 400 an inch over the height of a page
_DEEP_GREY = ("I", "F")


def picture_format(content: bytes) -> str | None:
    """``PNG`` or ``JPEG``, as the first bytes say; ``None`` for anything else."""
    return next((name for start, name in _FORMATS.items() if content.startswith(start)), None)


def inspect_picture(content: bytes, limits: ExhibitLimits) -> Inspection:
    """All findings about a picture, or one page's worth of clean copy.

    Raises:
        MemoryError: The picture asks for more than the process may have.
    """
    PngImagePlugin.MAX_TEXT_MEMORY = PngImagePlugin.MAX_TEXT_CHUNK = _TEXT_LIMIT
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is unpacked
    try:
        with Image.open(io.BytesIO(content), formats=[picture_format(content) or ""]) as picture:
            findings = tuple(_findings(picture, content, limits))
            if findings:
                return Inspection(pages=0, findings=findings)
            return _copied(picture)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        message = "The picture is damaged. Open it, save it anew as PNG or JPEG, and send that."
        return Inspection(pages=0, findings=(Finding(code=ExhibitCode.BROKEN, message=message),))


def _findings(picture: Image.Image, content: bytes, limits: ExhibitLimits) -> Iterator[Finding]:
    if picture.width * picture.height > limits.max_pixels:
        most = limits.max_pixels // 1_000_000
        message = f"The picture has more than {most} million pixels. Save it smaller and send that."
        yield Finding(code=ExhibitCode.PICTURE, message=message)
    if picture.format == "PNG" and getattr(picture, "n_frames", 1) > 1:
        message = "The picture moves, and a page cannot. Save one still picture and send that."
        yield Finding(code=ExhibitCode.PICTURE, message=message)
    if zipfile.is_zipfile(io.BytesIO(content)):
        message = "The file is a picture and something else at once. Save the picture anew and send that."
        yield Finding(code=ExhibitCode.POLYGLOT, message=message)


def _copied(picture: Image.Image) -> Inspection:
    kind = "PNG" if picture.format == "PNG" else "JPEG"
    ImageOps.exif_transpose(picture, in_place=True)
    clean = _on_white(picture)
    if max(clean.size) > _LONGEST:
        clean = clean.convert("L") if clean.mode == "1" else clean
        clean.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BICUBIC)
    clean.info.clear()
    target = io.BytesIO()
    clean.save(target, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return Inspection(pages=1, findings=(), picture=target.getvalue(), lying=clean.width > clean.height)


def _on_white(picture: Image.Image) -> Image.Image:
    """Black and white, grey or RGB, eight bits each; what shines through becomes paper."""
    if picture.mode in {"1", "L", "RGB"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith(_DEEP_GREY):
        return picture.point(lambda depth: depth / 256).convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        above = picture.convert("RGBA")
        paper = Image.new("RGB", above.size, "white")
        paper.paste(above, mask=above.getchannel("A"))
        return paper
    return picture.convert("RGB")
