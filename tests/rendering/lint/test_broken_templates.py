"""Every broken template is told with all its faults at once, each at its own paragraph, and nothing else is told."""

from collections.abc import Callable

import pytest

from tests.rendering.lint.conftest import Place

BODY = "word/document.xml"
WriteLines = Callable[..., bytes]
Places = Callable[[bytes], list[Place]]

TAGS: dict[str, tuple[list[str], list[tuple[str, int]]]] = {
    "an absent name": (["a", "{{ plaintif }}"], [("undefined_name", 2)]),
    "an absent member": (["a", "b", "{{ court.cuonty }}"], [("undefined_name", 3)]),
    "an absent name in a condition": (["a", "{% if shwo %}b{% endif %}"], [("undefined_name", 2)]),
    "an absent name in a branch": (["{% if show %}a{% elif shown %}b{% endif %}"], [("undefined_name", 1)]),
    "an absent list": (["{%p for c in childern %}", "{{ c.name }}", "{%p endfor %}"], [("undefined_name", 1)]),
    "an absent member of an entry": (
        ["{%p for c in children %}", "{{ c.nmae }}", "{%p endfor %}"],
        [("undefined_name", 2)],
    ),
    "an absent member two loops deep": (
        ["{%p for c in children %}", "{%p for s in c.schools %}", "{{ s.titel }}", "{%p endfor %}", "{%p endfor %}"],
        [("undefined_name", 3)],
    ),
    "a loop's name after the loop": (
        ["{%p for c in children %}", "{{ c.name }}", "{%p endfor %}", "{{ c.name }}"],
        [("undefined_name", 4)],
    ),
    "an absent name in a filter's argument": (["{{ children|join(seperator) }}"], [("undefined_name", 1)]),
    "a name of other templates": (["a", "{{ worksheet.lines }}"], [("name_of_other_templates", 2)]),
    "a member of text": (["{{ plaintiff.name }}"], [("undefined_name", 1)]),
    "a member of a list": (["{{ children.name }}"], [("undefined_name", 1)]),
    "a list printed": (["a", "{{ children }}"], [("not_printable", 2)]),
    "a group printed": (["{{ court }}"], [("not_printable", 1)]),
    "a yes or no printed": (["{{ show }}"], [("not_printable", 1)]),
    "a picture printed as text": (["{{ seal }}"], [("not_printable", 1)]),
    "a loop over text": (["{%p for c in plaintiff %}", "a", "{%p endfor %}"], [("not_a_list", 1)]),
    "an if without end": (["a", "{%p if show %}", "b"], [("unclosed_tag", 2)]),
    "a for without end": (["a", "{%p for c in children %}", "{{ c.name }}"], [("unclosed_tag", 2)]),
    "an inline if without end": (["a", "{% if show %}b", "c"], [("unclosed_tag", 2)]),
    "an inner for without end": (
        ["{%p if show %}", "{%p for c in children %}", "{{ c.name }}", "{%p endif %}"],
        [("unclosed_tag", 2)],
    ),
    "an inline if without end between paragraph tags": (
        ["{%p if show %}", "a {% if show %}b", "{%p else %}", "c", "{%p endif %}"],
        [("unclosed_tag", 2)],
    ),
    "an outer if without end": (
        ["{%p if show %}", "{%p for c in children %}", "{{ c.name }}", "{%p endfor %}"],
        [("unclosed_tag", 1)],
    ),
    "ends in the wrong order": (
        ["{%p if show %}", "{%p for c in children %}", "a", "{%p endif %}", "{%p endfor %}"],
        [("unclosed_tag", 2), ("unopened_tag", 5)],
    ),
    "an end without beginning": (["a", "b", "{%p endif %}"], [("unopened_tag", 3)]),
    "an else without beginning": (["a", "{%p else %}", "b"], [("unopened_tag", 2)]),
    "an elif in a loop": (
        ["{%p for c in children %}", "{%p elif show %}", "a", "{%p endfor %}"],
        [("unopened_tag", 2)],
    ),
    "words before a paragraph tag": (["keep me {%p if show %}", "b", "{%p endif %}"], [("text_beside_tag", 1)]),
    "words behind a paragraph tag": (["{%p if show %}", "b", "{%p endif %} and me"], [("text_beside_tag", 3)]),
    "two tags in one paragraph": (
        ["{%p if show %}{%p if court.docket %}", "b", "{%p endif %}", "{%p endif %}"],
        [("two_tags_together", 1)],
    ),
    "a space before the p": (["a", "{% p if show %}", "b", "{%p endif %}"], [("spaced_prefix", 2)]),
    "no space behind the p": (["a", "{%pif show %}", "b", "{%p endif %}"], [("joined_prefix", 2)]),
    "a hyphen at the end": (["a", "{%- if show -%}b{% endif %}"], [("whitespace_control", 2)]),
    "an en dash for a minus": (["a", "{{ court.county – 1 }}"], [("sign_refused", 2)]),
    "two odd signs": (["{{ court.county – plaintiff × 2 }}"], [("sign_refused", 1), ("sign_refused", 1)]),
    "curly quotation marks": (["a", "{% if court.county == “Pulaski” %}b{% endif %}"], [("smart_quotes", 2)]),
    "an expression without end": (["a", "{{ plaintiff", "b"], [("unclosed_tag", 2)]),
    "an expression with one brace at its end": (["a", "{{ plaintiff }", "b"], [("unclosed_tag", 2)]),
    "a condition without its last brace": (["{%p if show %", "b", "{%p endif %}"], [("unclosed_tag", 1)]),
    "an end without its first brace": (["{%p if show %}", "b", "%p endif %}"], [("unopened_tag", 3)]),
    "braces that only close": (["a", "plaintiff }}"], [("unopened_tag", 2)]),
    "braces apart": (["a", "{ { plaintiff } }"], [("braces_apart", 2)]),
    "a tag over two paragraphs": (["a", "{{ court.", "county }}"], [("unclosed_tag", 2), ("unopened_tag", 3)]),
    "a filter nobody knows": (["{{ plaintiff|titlecase }}"], [("filter_unknown", 1)]),
    "a test nobody knows": (["{% if show is defined %}a{% endif %}"], [("test_unknown", 1)]),
    "a call": (["a", "{{ plaintiff.upper() }}"], [("call_refused", 2)]),
    "a way into the machine": (["{{ plaintiff.__class__ }}"], [("call_refused", 1)]),
    "an include": (["{% include 'x' %}"], [("statement_unknown", 1)]),
    "a macro": (["{% macro m() %}"], [("statement_unknown", 1)]),
    "a slip in an expression": (["{{ plaintiff court }}"], [("tag_unreadable", 1)]),
    "a condition without condition": (["{% if %}a{% endif %}"], [("tag_unreadable", 1)]),
    "a subdocument": (["a", "{{p plaintiff }}"], [("subdocument", 2)]),
    "a row tag outside a table": (
        ["{%tr if show %}", "a", "{%tr endif %}"],
        [("text_beside_tag", 1), ("text_beside_tag", 3)],
    ),
    "a tab typed as a sign": (["a", "b\tc {{ plaintiff }}"], [("layout_character", 2)]),
    "a private sign": (["a\ue000b {{ plaintiff }}"], [("layout_character", 1), ("glyph_missing", 1)]),
}


@pytest.mark.parametrize("broken", TAGS)
def test_a_broken_tag_is_told_at_its_paragraph(write_lines: WriteLines, places: Places, broken: str) -> None:
    lines, expected = TAGS[broken]
    told = sorted(places(write_lines([*lines, "The {{ plaintiff }} of the end."])), key=str)
    expected_places = [(code, BODY, paragraph) for code, paragraph in expected]
    assert told == sorted(expected_places, key=str)


LAYOUT: dict[str, tuple[str, str]] = {
    "hidden words": ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", "unsupported_value"),
    "a font that does not ship": (
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="Jokerman" w:hAnsi="Jokerman"/></w:rPr><w:t>x</w:t></w:r></w:p>',
        "font_missing",
    ),
    "signs no font has": ("<w:p><w:r><w:t>漢字 {{ plaintiff }}</w:t></w:r></w:p>", "glyph_missing"),
    "a date field": ('<w:p><w:fldSimple w:instr=" DATE "/></w:p>', "field_unsupported"),
    "an insertion": ("<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "tracked_changes"),
    "a deletion": ("<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "tracked_changes"),
    "a comment": ('<w:p><w:commentRangeStart w:id="7"/></w:p>', "comment"),
    "a heading that skips a level": (
        '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>SUMS</w:t></w:r></w:p>',
        "heading_order",
    ),
    "a list that is not there": (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>',
        "numbering",
    ),
    "a style that is not there": ('<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>', "style"),
    "a page break in the middle": ('<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>', "page_break"),
    "a bold line for a heading": ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>THE ORDER</w:t></w:r></w:p>", "bold_heading"),
}


@pytest.mark.parametrize("broken", LAYOUT)
def test_what_cannot_be_typeset_is_told_at_the_templates_own_paragraph(
    write_lines: WriteLines, places: Places, broken: str
) -> None:
    xml, code = LAYOUT[broken]
    lines = ["{%p if show %}", "The {{ plaintiff }}.", "{%p else %}", "Nobody.", "{%p endif %}", xml, "The end."]
    assert places(write_lines(lines)) == [(code, BODY, 6)]


def test_a_fault_behind_merged_cells_and_row_tags_keeps_its_number(
    write_lines: WriteLines, places: Places, paragraph: Callable[..., str]
) -> None:
    merged = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="4680" w:type="dxa"/><w:vMerge{start}/></w:tcPr>{paragraph(first)}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="4680" w:type="dxa"/></w:tcPr>{paragraph(second)}</w:tc></w:tr>'
        for start, first, second in ((' w:val="restart"', "a", "b"), ("", "", "c"))
    )
    loop = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="4680" w:type="dxa"/></w:tcPr>{paragraph(first)}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="4680" w:type="dxa"/></w:tcPr>{paragraph(second)}</w:tc></w:tr>'
        for first, second in (("{%tr for c in children %}", ""), ("{{ c.name }}", "漢"), ("{%tr endfor %}", ""))
    )
    columns = '<w:gridCol w:w="4680"/>' * 2
    table = (
        f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{merged}{loop}</w:tbl>'
    )
    assert places(write_lines(["Before.", table, "{{ plaintif }}", "字"])) == [
        ("glyph_missing", BODY, 9),
        ("undefined_name", BODY, 12),
        ("glyph_missing", BODY, 13),
    ]


@pytest.mark.parametrize("before", [0, 2])
def test_a_table_that_cannot_be_set_is_told_at_its_first_cell(
    write_lines: WriteLines, places: Places, table: Callable[..., str], before: int
) -> None:
    turned = table([["a", "b"], ["c", "d"]], properties="<w:bidiVisual/>")
    assert places(write_lines([*["x"] * before, turned, "y"])) == [("unsupported_value", BODY, before + 1)]


def test_text_beside_a_row_tag_and_an_end_in_another_cell_are_told(
    write_lines: WriteLines, places: Places, table: Callable[..., str]
) -> None:
    rows = [
        ["{%tr for c in children %}", "lost"],
        ["{% if show %}{{ c.name }}", "b{% endif %}"],
        ["{%tr endfor %}", ""],
    ]
    assert places(write_lines([table(rows, properties=""), "After."])) == [
        ("text_beside_tag", BODY, 1),
        ("crossed_tag", BODY, 4),
    ]


def test_a_tag_that_word_split_into_runs_is_read_as_one(write_lines: WriteLines, places: Places) -> None:
    split = "".join(
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ plain", "tif }", "} x.")
    )
    assert places(write_lines(["a", f"<w:p>{split}</w:p>", "b"])) == [("undefined_name", BODY, 2)]


def test_headers_footers_and_footnotes_have_paragraphs_of_their_own(
    write_lines: WriteLines, places: Places, paragraph: Callable[..., str]
) -> None:
    note = '<w:p><w:r><w:t>Body {{ plaintiff }}.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId-{kind}1.xml"/>' for kind in ("header", "footer")
    )
    page = (
        '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
        'w:header="720" w:footer="720" w:gutter="0"/>'
    )
    parts = {
        "header1.xml": ("header", paragraph("fine") + paragraph("{{ makr }}")),
        "footer1.xml": ("footer", paragraph("{% if show %}x")),
        "footnotes.xml": (
            "footnotes",
            f'<w:footnote w:id="2">{paragraph("a")}{paragraph("{{ autority }}")}</w:footnote>',
        ),
    }
    assert sorted(places(write_lines([note], section=references + page, parts=parts))) == [
        ("unclosed_tag", "word/footer1.xml", 1),
        ("undefined_name", "word/footnotes.xml", 2),
        ("undefined_name", "word/header1.xml", 2),
    ]


def test_a_tag_in_a_part_that_is_not_filled_in_and_one_in_the_properties_are_told(
    write_lines: WriteLines, places: Places, paragraph: Callable[..., str]
) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ document.titel }}</dc:title>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">{{ document.dated }}T00:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )
    endnotes = {
        "endnotes.xml": ("endnotes", f'<w:endnote w:id="2">{paragraph("a")}{paragraph("{{ plaintiff }}")}</w:endnote>')
    }
    assert places(write_lines(["a {{ plaintiff }}"], core=core, parts=endnotes)) == [
        ("undefined_name", "docProps/core.xml", None),
        ("tag_not_rendered", "word/endnotes.xml", 2),
    ]


def test_a_text_box_and_its_tag_are_told(write_lines: WriteLines, places: Places) -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>{{ plaintiff }}</w:t></w:r></w:p></w:txbxContent></w:pict>"
    assert places(write_lines(["a", f"<w:p><w:r><w:t>b</w:t>{box}</w:r></w:p>"])) == [
        ("unsupported_element", BODY, 2),
        ("tag_refused", BODY, 3),
    ]


def test_all_faults_of_a_template_come_in_one_answer(write_lines: WriteLines, places: Places) -> None:
    every = [
        (lines, expected)
        for lines, expected in TAGS.values()
        if not {"unclosed_tag", "unopened_tag"} & {c for c, _ in expected}
    ]
    body: list[str] = []
    expected_places: list[Place] = []
    for lines, expected in every:
        expected_places += [(code, BODY, len(body) + paragraph) for code, paragraph in expected]
        body += lines
    body += [xml for xml, _ in LAYOUT.values()]
    expected_places += [
        (code, BODY, len(body) - len(LAYOUT) + number) for number, (_, code) in enumerate(LAYOUT.values(), start=1)
    ]
    told = places(write_lines(body))
    missed = [place for place in expected_places if place not in told]
    assert missed == []
    assert len(expected_places) >= 50
