"""Tables, sections, headers, footers, and the file as a whole."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Inches, Twips

from templates import templates_root
from templates.authoring import build
from templates.authoring.__main__ import main
from templates.authoring.manuscript import ManuscriptRefused

Authored = Callable[..., Document]
SAMPLES = Path(__file__).parent / "manuscripts"
OPTIONS = 'align=left,right,center font=10 caption=Items description="More" heights=0,0.5,1!'
TABLE = (
    f":table widths=3,2,1.5 header=1 borders={{borders}} {OPTIONS}"
    """
Provider | Amount | Note
{{%tr for line in lines %}}
{{{{ line.provider|upper }}}} | {{{{ line.amount }}}} | a \\| b
{{%tr endfor %}}
**Total**<<br>>of all<<p>><<center>>second | {{{{ total }}}} | \\
end
:end
"""
)


@pytest.mark.parametrize(
    ("borders", "sides"),
    [
        ("grid", {"top", "left", "bottom", "right", "insideH", "insideV"}),
        ("lines", {"top", "bottom", "insideH"}),
        ("none", set()),
    ],
)
def test_a_table_has_the_borders_asked_for(authored: Authored, borders: str, sides: set[str]) -> None:
    table = authored(TABLE.format(borders=borders)).tables[0]._tbl
    assert {re.sub("{.*}", "", side.tag) for side in table.findall(f".//{qn('w:tblBorders')}/*")} == sides


def test_a_table_is_marked_for_screen_readers_and_its_rows_do_not_split(authored: Authored) -> None:
    table = authored(TABLE.format(borders="grid")).tables[0]
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Items"
    assert properties.find(qn("w:tblDescription")).get(qn("w:val")) == "More"
    rows = [row._tr for row in table.rows if row._tr.find(qn("w:trPr")) is not None]
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    heights = [row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") for row in rows]
    assert heights[0] is None
    assert [(one.get(qn("w:val")), one.get(qn("w:hRule"))) for one in heights[1:]] == [
        ("720", "atLeast"),
        ("1440", "exact"),
    ]


def test_cells_hold_bars_filters_breaks_and_several_paragraphs(authored: Authored) -> None:
    table = authored(TABLE.format(borders="grid")).tables[0]
    assert [cell.text for cell in table.rows[2].cells] == ["{{ line.provider|upper }}", "{{ line.amount }}", "a | b"]
    last = table.rows[4].cells
    assert [paragraph.text for paragraph in last[0].paragraphs] == ["Total\nof all", "second"]
    assert last[0].paragraphs[0].runs[0].bold
    assert [cell.paragraphs[-1].alignment for cell in last] == [1, 2, 1]
    assert last[2].text == "end"
    assert [column.width for column in table.columns] == [Inches(3), Inches(2), Inches(1.5)]
    assert {run.font.size.pt for cell in last for paragraph in cell.paragraphs for run in paragraph.runs} == {10}


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (":table widths=1,1\na | b | c\n:end", "3 cells"),
        (":table widths=1,1\na | b", "no :end"),
        (":table widths=1,x\na | b\n:end", "number"),
        (":table widths=4,3\na | b\n:end", "wider"),
        (":table widths=1 colour=red\na\n:end", "colour"),
        (":table widths=1 borders=thick\na\n:end", "borders"),
        (":table widths=1 align=left,left\na\n:end", "align"),
        (':table widths=1 caption="x\na\n:end', "quotation"),
        (":table widths=1\n:end", "row"),
        (":table widths=1\n{%p if x %} a\n:end", "<<p>>"),
        ("---\n\n:table widths=1\na\n:end", "page break"),
    ],
)
def test_a_table_that_cannot_be_set_is_refused_with_its_line(authored: Authored, table: str, fault: str) -> None:
    with pytest.raises(ManuscriptRefused, match=rf"m\.txt:[13]: .*{fault}"):
        authored(table)


def test_tables_that_follow_each_other_and_a_last_table_are_set_apart(authored: Authored) -> None:
    table = ":table widths=1\na\n:end\n"
    body = authored(table + table).element.body
    assert [re.sub("{.*}", "", child.tag) for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_section_turns_the_sheet_and_back(authored: Authored) -> None:
    document = authored("a\n\n:section landscape\n\n:table widths=9\nb\n:end\n\n:section portrait\n\nc")
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert [section.page_width for section in document.sections] == [Inches(8.5), Inches(11), Inches(8.5)]
    assert {section.left_margin for section in document.sections} == {Inches(1)}
    stops = document.sections[1].footer.paragraphs[0].paragraph_format.tab_stops
    assert [stop.position for stop in stops] == [Twips(9360), Twips(12960)]


def test_a_section_that_ends_inside_a_condition_is_kept_outside_it(authored: Authored) -> None:
    document = authored("{%p if x %}\n\na\n\n{%p endif %}\n\n:section landscape\n\nb")
    carriers = [one for one in document.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None]
    assert [one.style.name for one in carriers] == ["Spacer"]


def test_the_header_carries_the_mark_and_the_footer_the_title_and_page_numbers(authored: Authored) -> None:
    section = authored("footer: Motion — {{ n }}\n\na").sections[0]
    assert [paragraph.text for paragraph in section.header.paragraphs] == [
        "{%p if mark %}",
        "{{ mark }}",
        "{%p endif %}",
    ]
    footer = section.footer.paragraphs[0]
    assert footer.text == "Motion — {{ n }}\tPage 1 of 1"
    fields = [code.text.strip() for code in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_file_has_the_parts_it_needs_and_its_language_and_compatibility(authored: Authored) -> None:
    document = authored("a")
    assert sorted(str(part.partname) for part in document.part.package.iter_parts()) == [
        "/docProps/core.xml",
        "/word/document.xml",
        "/word/footer-portrait.xml",
        "/word/header.xml",
        "/word/numbering.xml",
        "/word/settings.xml",
        "/word/styles.xml",
    ]
    mode = document.settings.element.find(f".//{qn('w:compatSetting')}")
    assert (mode.get(qn("w:name")), mode.get(qn("w:val"))) == ("compatibilityMode", "15")
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-US"


def test_the_same_manuscript_yields_the_same_bytes() -> None:
    words = {build("sample", SAMPLES) for _ in range(3)}
    assert len(words) == 1
    with zipfile.ZipFile(io.BytesIO(words.pop())) as file:
        assert file.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_check_finds_what_differs_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manuscript = tmp_path / "manuscripts" / "m.txt"
    manuscript.parent.mkdir()
    manuscript.write_text("a", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert main(["m"], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    manuscript.write_text("b", encoding="utf-8")
    assert main(["--check", "m"], tmp_path) == 1
    assert "m.docx differs" in capsys.readouterr().err
    manuscript.write_text("**b", encoding="utf-8")
    assert main([], tmp_path) == 1
    assert "m.txt:1" in capsys.readouterr().err
    assert main(["gone"], tmp_path) == 1


def test_every_committed_template_is_what_its_manuscript_yields() -> None:
    assert main(["--check"], templates_root()) == 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_another_word_processor_lays_the_sample_out_as_meant(tmp_path: Path) -> None:
    (tmp_path / "sample.docx").write_bytes(build("sample", SAMPLES))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "sample.docx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "sample.pdf"), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = text.removesuffix("\f").split("\f")
    assert re.search(r"Page 1 of \d", pages[0])
    for words in (
        r" 1\. +\{\{ plaintiff",
        r" \(a\) +\{\{ child",
        r" 2\. +\{\{ defendant",
        r" 1\. +The provider",
        "☒ assigned ☐",
    ):
        assert re.search(words, text), words
    assert "Last page." in pages[-1]
    assert "Provider" in pages[-2]
