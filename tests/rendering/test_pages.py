"""Pictures of finished pages."""

import io

import pytest
from PIL import Image

from service.rendering.pages import page_count, page_image
from service.rendering.typesetting.engine import typeset


def test_a_page_image_has_the_size_of_the_page_times_the_scale(pleading: bytes) -> None:
    picture = Image.open(io.BytesIO(page_image(typeset(pleading).pdf, 1, 0.5)))
    assert picture.format == "PNG"
    assert picture.size == (306, 396)


def test_a_page_image_shows_ink_on_white(pleading: bytes) -> None:
    picture = Image.open(io.BytesIO(page_image(typeset(pleading).pdf, 1, 0.5))).convert("L")
    assert picture.getpixel((2, 2)) == 255
    assert picture.getextrema()[0] < 100


def test_the_pages_are_counted(pleading: bytes) -> None:
    document = typeset(pleading)
    assert page_count(document.pdf) == document.pages == 3


@pytest.mark.parametrize("page", [0, 4, -1])
def test_a_page_that_is_not_there_is_named_with_those_that_are(pleading: bytes, page: int) -> None:
    with pytest.raises(ValueError, match="pages 1 to 3"):
        page_image(typeset(pleading).pdf, page, 1.0)


@pytest.mark.parametrize("scale", [0.0, -1.0, 6.5])
def test_a_scale_that_is_none_or_exhausts_memory_is_refused(pleading: bytes, scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        page_image(typeset(pleading).pdf, 1, scale)


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.7\n"])
def test_bytes_that_are_no_pdf_have_no_pages(content: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        page_count(content)
