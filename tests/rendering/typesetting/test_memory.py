"""What the typesetter remembers of a document outlives it, so it is what things look like and never what they say."""

from collections.abc import Callable

import pytest

from service.rendering.typesetting.translation import translate

WriteWord = Callable[..., bytes]

NAME = "Jane Roe"
CASES = {
    "text": f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p>",
    "text in a table": (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        f'<w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{NAME}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>'
    ),
    "who may edit": f'<w:p><w:permStart w:id="1" w:ed="{NAME}"/><w:r><w:t>a</w:t></w:r><w:permEnd w:id="1"/></w:p>',
    "an entry to choose": (
        f'<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{NAME}" w:value="1"/></w:dropDownList>'
        "</w:sdtPr><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    ),
    "text beside the runs": f"<w:p><w:r><w:t>a</w:t></w:r>{NAME}</w:p>",
    "who inserted it": f'<w:p><w:ins w:id="1" w:author="{NAME}"><w:r><w:t>a</w:t></w:r></w:ins></w:p>',
    "who inserted the mark": f'<w:p><w:pPr><w:rPr><w:ins w:id="1" w:author="{NAME}"/></w:rPr></w:pPr></w:p>',
    "a bookmark": f'<w:p><w:bookmarkStart w:id="1" w:name="{NAME}"/><w:bookmarkEnd w:id="1"/></w:p>',
}


@pytest.mark.parametrize("case", CASES)
def test_no_word_of_a_document_is_remembered(write_word: WriteWord, case: str) -> None:
    styles = translate(write_word(CASES[case])).composition.styles
    kept = repr(vars(styles))
    assert NAME not in kept
    assert "RunLook" in kept


def test_what_takes_much_room_is_not_remembered(write_word: WriteWord) -> None:
    long = "0" * 100_000
    for number in range(30):
        marked = f'<w:p><w:r w:rsidR="{long}{number}"><w:t>a</w:t></w:r></w:p>'
        aligned = f'<w:p><w:pPr><w:ind w:left="{long}{number}"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
        styles = translate(write_word(marked + aligned)).composition.styles
    assert len(repr(vars(styles))) < 3_000_000
