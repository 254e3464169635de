"""Files made to do harm are refused before their text is read."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import DocumentRefused
from service.rendering.typesetting.archive import MAX_PARTS
from service.rendering.typesetting.engine import typeset
from service.rendering.typesetting.sections import MAX_PARAGRAPHS
from service.rendering.typesetting.table_grid import MAX_UNLIKE

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _codes(word: bytes) -> set[str]:
    with pytest.raises(DocumentRefused) as refusal:
        typeset(word)
    assert refusal.value.faults
    return {fault.code for fault in refusal.value.faults}


def _with_entry(word: bytes, name: str, content: bytes) -> bytes:
    """The same file with one entry replaced or added."""
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\xd0\xcf\x11\xe0" + bytes(600), bytes(22)]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert _codes(content) == {"not_word"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0.0, 0.999))
def test_a_truncated_file_is_refused(pleading: bytes, share: float) -> None:
    assert _codes(pleading[: int(len(pleading) * share)]) == {"not_word"}


def test_a_part_that_unpacks_to_far_more_than_it_weighs_is_refused(pleading: bytes) -> None:
    assert "too_large" in _codes(_with_entry(pleading, "word/media/image1.png", bytes(15_000_000)))


def test_a_part_that_lies_about_its_size_is_refused(pleading: bytes) -> None:
    bomb = bytearray(_with_entry(pleading, "word/media/a.png", bytes(3_000_000)))
    central = bomb.rindex(b"PK\x01\x02")
    bomb[central + 24 : central + 28] = (100).to_bytes(4, "little")
    assert _codes(bytes(bomb)) == {"not_word"}


def test_a_file_of_too_many_parts_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as container:
        for number in range(MAX_PARTS + 1):
            container.writestr(f"word/{number}.xml", "<x/>")
    assert _codes(archive.getvalue()) == {"too_large"}


def test_entities_are_never_expanded(pleading: bytes) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert _codes(_with_entry(pleading, "word/document.xml", bomb)) == {"document_type"}


def test_a_document_type_cannot_hide_in_another_encoding(pleading: bytes) -> None:
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>'
    assert _codes(_with_entry(pleading, "word/document.xml", hidden.encode("utf-16"))) == {"not_xml"}
    declared = b'<?xml version="1.0" encoding="UTF-7"?><x/>'
    assert _codes(_with_entry(pleading, "word/styles.xml", declared)) == {"not_xml"}


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_nesting_is_refused(write_word: Callable[..., bytes], depth: int) -> None:
    assert _codes(write_word("<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth)) == {"not_xml"}


def test_tables_in_tables_in_tables_are_refused_from_the_fifth_on(
    write_word: Callable[..., bytes], table: Callable[..., str], paragraph: Callable[..., str]
) -> None:
    nested = paragraph("core")
    for _ in range(5):
        nested = table([[nested + paragraph()]])
    assert _codes(write_word(nested)) == {"table"}


def test_malformed_xml_is_refused_with_its_part(pleading: bytes) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        typeset(_with_entry(pleading, "word/numbering.xml", b"<w:numbering"))
    assert [fault.part for fault in refusal.value.faults] == ["word/numbering.xml"]


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "word/afchunk.mht"]
)
def test_macros_controls_and_embedded_objects_are_refused(pleading: bytes, name: str) -> None:
    assert _codes(_with_entry(pleading, name, b"x")) == {"active_content"}


def test_a_macro_document_is_refused_whatever_it_is_called(pleading: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(pleading)) as container:
        types = container.read("[Content_Types].xml")
    enabled = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert _codes(_with_entry(pleading, "[Content_Types].xml", enabled)) == {"not_word"}


@pytest.mark.parametrize("kind", ["hyperlink", "image", "oleObject", "subDocument"])
def test_whatever_lies_outside_the_file_is_refused(
    write_word: Callable[..., bytes], paragraph: Callable[..., str], kind: str
) -> None:
    link = (
        f'<Relationship Id="x" Type="{HYPERLINK.replace("hyperlink", kind)}" Target="https://example.com" '
        'TargetMode="External"/>'
    )
    assert _codes(write_word(paragraph("text"), external=link)) == {"external_link"}


def test_a_part_name_may_not_leave_the_file(pleading: bytes) -> None:
    assert _codes(_with_entry(pleading, "../../outside.xml", b"<x/>")) == {"not_word"}


def test_a_missing_part_is_named(pleading: bytes) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pleading)) as old, zipfile.ZipFile(archive, "w") as new:
        for entry in old.namelist():
            if entry != "word/footer1.xml":
                new.writestr(entry, old.read(entry))
    with pytest.raises(DocumentRefused) as refusal:
        typeset(archive.getvalue())
    assert [fault.part for fault in refusal.value.faults] == ["word/footer1.xml"]


def test_numbers_that_word_never_writes_are_refused(
    write_word: Callable[..., bytes], paragraph: Callable[..., str]
) -> None:
    level = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    for value in ("99999999999999999999", "x", "-1"):
        assert _codes(write_word(paragraph("text", level.format(value)))) == {"unsupported_value"}


SENTRY = """
import resource, sys
from pathlib import Path
from service.errors import DocumentRefused
from service.rendering.typesetting.engine import typeset

resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for path in sys.argv[1:]:
    try:
        typeset(Path(path).read_bytes())
    except DocumentRefused as refusal:
        print(Path(path).stem, *sorted({fault.code for fault in refusal.faults}))
"""


def test_hostile_files_are_refused_within_bounds_of_memory_and_time(
    pleading: bytes, write_word: Callable[..., bytes], tmp_path: Path
) -> None:
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e9;</x>'.encode()
    files = {
        "bomb": _with_entry(pleading, "word/media/image1.png", bytes(50_000_000)),
        "bombs": _bombs(),
        "empty": b"",
        "entities": _with_entry(pleading, "word/document.xml", laughs),
        "macro": _with_entry(pleading, "word/vbaProject.bin", b"x"),
        "nested": write_word("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000),
        "outside": write_word(
            "<w:p/>", external=f'<Relationship Id="x" Type="{HYPERLINK}" Target="u" TargetMode="External"/>'
        ),
        "paragraphs": write_word("<w:p/>" * (MAX_PARAGRAPHS + 1)),
        "rows": write_word(
            _table(f'<w:tc><w:tcPr><w:tcW w:w="{width}"/></w:tcPr><w:p/></w:tc>' for width in range(20_000))
        ),
        "row": write_word(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 40_000}</w:tr></w:tbl>"),
        "truncated": pleading[: len(pleading) // 2],
    }
    for name, content in files.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    sentry = subprocess.run(
        [sys.executable, "-c", SENTRY, *sorted(tmp_path.glob("*.docx"))],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert sentry.stdout.splitlines() == [
        "bomb too_large",
        "bombs too_large",
        "empty not_word",
        "entities document_type",
        "macro active_content",
        "nested not_xml",
        "outside external_link",
        "paragraphs too_large",
        "row table",
        "rows table",
        "truncated not_word",
    ]


def test_rows_that_differ_in_form_are_refused_where_there_are_too_many_of_them(
    write_word: Callable[..., bytes],
) -> None:
    width = '<w:tcPr><w:tcW w:w="9360" w:type="dxa"/></w:tcPr>'
    cell = f'<w:tc>{width}<w:p><w:pPr><w:spacing w:before="{{}}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    grid = '<w:tblGrid><w:gridCol w:w="9360"/></w:tblGrid>'
    most = MAX_UNLIKE // 5
    few = write_word(_table((cell.format(number) for number in range(300)), grid) + "<w:p/>")
    many = write_word(_table((cell.format(number) for number in range(most + 2)), grid) + "<w:p/>")
    assert typeset(few).pages > 1
    assert _codes(many) == {"table"}


def _table(cells: Iterable[str], grid: str = "") -> str:
    """A table of rows of one cell."""
    return f"<w:tbl>{grid}{''.join(f'<w:tr>{cell}</w:tr>' for cell in cells)}</w:tbl>"


def _bombs() -> bytes:
    """A file of many parts, each within its own limit, that unpack to more than all may."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as container:
        for number in range(40):
            container.writestr(f"word/{number}.xml", os.urandom(20_000) * 100)
    return archive.getvalue()
