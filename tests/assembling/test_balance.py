"""Saved and restored graphics states are counted as qpdf counts them, however odd the content is written."""

import warnings

import pikepdf
import pytest
from hypothesis import given, reject
from hypothesis import strategies as some

from service.assembling.pdf.balance import unbalanced

_SIGNS = rb"q Q ( ) \ \( < > << >> [ ] { } / /q % 0.5 a (q) <71> <</MCID_1>> [<41>-2]".split()
_PHRASES = (
    b" ",
    b"\n",
    b"\x00",
    b"\x0b",
    b"\xff",
    b" q ",
    b" Q ",
    b" q Q ",
    b"[(a) -3 (Q)] TJ ",
    b"/P <</MCID 0>> BDC ",
)


def page_of(content: bytes, pdf: pikepdf.Pdf) -> pikepdf.Page:
    page = pdf.add_blank_page()
    page.obj.Contents = pdf.make_stream(content)
    return page


def as_qpdf_reads(page: pikepdf.Page) -> tuple[int, int]:
    depth = lowest = 0
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        depth += {"q": 1, "Q": -1}.get(str(instruction.operator), 0)
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


@given(some.lists(some.sampled_from((*_SIGNS, *_PHRASES)), max_size=14).map(b"".join))
def test_any_content_that_a_parser_takes_is_counted_as_it_counts(content: bytes) -> None:
    with pikepdf.new() as pdf, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = page_of(content, pdf)
        try:
            expected = as_qpdf_reads(page)
        except (TypeError, UnicodeDecodeError, pikepdf.PdfError):
            reject()
        assert unbalanced(page) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"q Q", (0, 0)),
        (b"Q Q q", (2, 1)),
        (b"q q", (0, 2)),
        (b"(q\\)q\\\\) Tj q", (0, 1)),
        (b"(a(q)q) Tj q", (0, 1)),
        (b"(a\\(q) Tj Q (\\\\\\)q) Tj q", (1, 1)),
        (b"% q\nq", (0, 1)),
        (b"q\nBI /W 1 /H 1 /BPC 8 /CS /G ID q EI\nQ", (0, 0)),
        (b"/q gs <71> Tj [(q) 3 (Q)] TJ q", (0, 1)),
        (b"/Artifact <</Type /Pagination /Attached [/Top]>> BDC q EMC", (0, 1)),
        (b"[ % ] q\n ] q", (0, 1)),
        (b"[<71> 4 <51>] TJ Q", (1, 0)),
        (b"q/Name gs Q", (0, 0)),
        (b"q\x00Q\x00q", (0, 1)),
        (b"qQ qq Qa", (0, 0)),
    ],
)
def test_content_is_counted(content: bytes, expected: tuple[int, int]) -> None:
    with pikepdf.new() as pdf:
        assert unbalanced(page_of(content, pdf)) == expected


def test_content_in_several_streams_is_read_as_one() -> None:
    with pikepdf.new() as pdf:
        page = page_of(b"q (a", pdf)
        page.obj.Contents = pikepdf.Array([page.obj.Contents, pdf.make_stream(b"b) Tj q"), pdf.make_stream(b"Q")])
        assert unbalanced(page) == (0, 1)
