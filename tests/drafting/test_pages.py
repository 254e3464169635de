"""What a clerk and a judge see on the typeset pages: room for the file mark, signatures never alone on a page."""

import pypdfium2
import pytest

from service.rendering.document import RenderedDocument
from service.rendering.render import render
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import FAMILIES, example, variant
from tests.drafting.conftest import Drawer

JOINING = ("modification before joining", "claim set for hearing")
INCH = 72
MARK_LEFT, MARK_RIGHT = 4.5 * INCH, 7.5 * INCH
MARK_BOTTOM, MARK_TOP = 8 * INCH, 10 * INCH


@pytest.fixture(scope="module")
def rendered(draw: Drawer) -> dict[str, list[RenderedDocument]]:
    """Every paper of every example case, as it would be released."""
    templates = WordTemplates(templates_root() / "filings")
    cases = {kind: example(kind) for kind in FAMILIES} | {label: variant(label) for label in JOINING}
    return {
        label: [render(draft, templates) for draft in draw(document, signed=True)] for label, document in cases.items()
    }


def pages(document: RenderedDocument) -> list[str]:
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


@pytest.mark.parametrize("kind", [*FAMILIES, *JOINING])
def test_the_clerk_has_three_by_two_inches_at_the_top_right(
    rendered: dict[str, list[RenderedDocument]], kind: str
) -> None:
    for document in rendered[kind]:
        with pypdfium2.PdfDocument(document.pdf) as pdf:
            text = pdf[0].get_textpage()
            beside = text.get_text_bounded(INCH, MARK_BOTTOM, MARK_LEFT, MARK_TOP)
            marked = text.get_text_bounded(MARK_LEFT, MARK_BOTTOM, MARK_RIGHT, MARK_TOP)
        assert beside.strip(), document.plan.name
        assert not marked.strip(), document.plan.name


@pytest.mark.parametrize("kind", [*FAMILIES, *JOINING])
def test_a_signature_stands_with_the_end_of_its_text(rendered: dict[str, list[RenderedDocument]], kind: str) -> None:
    for document in rendered[kind]:
        for page in pages(document):
            if "Respectfully submitted," in page:
                assert "proper relief" in page or "The Motion should be granted." in page, document.plan.name
            if "CIRCUIT JUDGE" in page:
                assert "IT IS SO ORDERED." in page
                assert any(last in page for last in ("Other terms.", "Costs.", "Service.")), document.plan.name


@pytest.mark.parametrize("kind", [*FAMILIES, *JOINING])
def test_a_certificate_is_not_torn_apart(rendered: dict[str, list[RenderedDocument]], kind: str) -> None:
    for document in rendered[kind]:
        for page in pages(document):
            if "CERTIFICATE OF SERVICE" in page:
                assert "/s/" in page.partition("CERTIFICATE OF SERVICE")[2], document.plan.name


@pytest.mark.parametrize("kind", [*FAMILIES, *JOINING])
def test_a_pleading_stays_readable_in_length(rendered: dict[str, list[RenderedDocument]], kind: str) -> None:
    for document in rendered[kind]:
        assert document.pages <= 6, document.plan.name
        assert all(page.strip() for page in pages(document))
