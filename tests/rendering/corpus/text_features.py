"""Documents made for one feature of text, paragraphs or lists each."""

from tests.rendering.corpus.document import MANNER, Corpus, bookmark, field_code, lines, listed, run, runs, tab
from tests.rendering.wordml import STYLES, paragraph

TAB = "<w:r><w:tab/></w:r>"
FACES = {"arial": "Arial", "courier": "Courier New", "calibri": "Calibri"}
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Arial"/></a:majorFont><a:minorFont><a:latin typeface="Calibri"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def add_text(corpus: Corpus) -> None:
    """Runs: weight, lines, capitals, sizes, fonts, marks."""
    mixed = runs(run("Bold ", "<w:b/>"), run("italic ", "<w:i/>"), run("both ", "<w:b/><w:i/>"), run(MANNER))
    corpus.typeset("bold and italic", mixed)
    kinds = ("single", "double", "thick", "none")
    corpus.typeset("underlines", "".join(paragraph(f"A {kind} line", "", f'<w:u w:val="{kind}"/>') for kind in kinds))
    corpus.typeset("struck text", runs(run("Struck ", "<w:strike/>"), run(MANNER)))
    raised = (
        run("2", '<w:vertAlign w:val="superscript"/>') + run(" and H") + run("2", '<w:vertAlign w:val="subscript"/>')
    )
    corpus.typeset("raised and lowered", runs(run("x"), raised, run("O. " + MANNER)))
    small = runs(run("Office of Child Support ", "<w:smallCaps/>"), run(MANNER))
    corpus.typeset("small capitals", small, differs="it words small capitals in lower case")
    corpus.typeset(
        "capitals",
        runs(run("in the circuit court ", "<w:caps/>"), run(MANNER)),
        differs="it words capitals as they were typed",
    )
    corpus.typeset(
        "highlight and shade",
        runs(
            run("Marked ", '<w:highlight w:val="yellow"/>'),
            run("shaded ", '<w:shd w:val="clear" w:fill="DDDDDD"/>'),
            run(MANNER),
        ),
    )
    corpus.typeset("colour", runs(run("Red words ", '<w:color w:val="C00000"/>'), run(MANNER)))
    corpus.typeset(
        "sizes in one line", runs(run("Large ", '<w:sz w:val="36"/>'), run("small ", '<w:sz w:val="16"/>'), run(MANNER))
    )
    for name, face in FACES.items():
        font = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>'
        body = "".join(runs(run(MANNER * 2, font + weight)) for weight in ("", "<w:b/>", "<w:i/>"))
        corpus.typeset(f"the font {name}", body)
    corpus.typeset(
        "theme fonts",
        runs(run(MANNER), properties='<w:pStyle w:val="Themed"/>') + paragraph("Plain."),
        parts={"theme1.xml": ("theme", THEME.encode())},
    )
    corpus.typeset("boxes and signs", paragraph("☐ yes ☒ no § 9-14-502 ¶ 3 — “quoted” ’ … ½ ©"))
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> ordered</w:t></w:r>'
    corpus.typeset("symbols of Word", f"<w:p>{symbols}</w:p>", differs="it takes the symbol from another font")
    hyphen = "<w:r><w:t>Case No. 60DR</w:t><w:noBreakHyphen/><w:t>26</w:t><w:noBreakHyphen/><w:t>881</w:t></w:r>"
    corpus.typeset("unbreakable hyphens", f"<w:p>{hyphen}{run(' ' + MANNER)}</w:p>")
    corpus.typeset(
        "soft hyphens", paragraph(("repre\u00adsenta\u00adtion and respon\u00adsi\u00adbility of " * 12).strip())
    )
    corpus.typeset("unbreakable spaces", paragraph("Ark.\u00a0Code\u00a0Ann. §\u00a09-14-502 and " * 12))
    corpus.typeset(
        "names", paragraph("María José Núñez-O’Brien, Søren Łukasik, Zoë Ångström, Smith &amp; Sons &lt;Freight&gt;")
    )
    corpus.typeset("code of all kinds", paragraph('#let x = 1 {{ 7*7 }} \\alpha &lt;b&gt; "q" $5.00 *a* _b_ @c // d'))
    corpus.typeset(
        "typed line breaks", "<w:p><w:r><w:t>One</w:t><w:br/><w:t>Two</w:t><w:br/><w:br/><w:t>Four</w:t></w:r></w:p>"
    )
    corpus.typeset("a character style", runs(run("Strong ", '<w:rStyle w:val="Strong"/>'), run(MANNER)))


def add_paragraphs(corpus: Corpus) -> None:
    """Alignment, indents, spacing, keeping together, borders, tab stops."""
    for kind in ("left", "center", "right", "both"):
        corpus.typeset(f"alignment {kind}", "".join(paragraph(MANNER * 2, f'<w:jc w:val="{kind}"/>') for _ in range(3)))
    for name, indent in (
        ("first line", 'w:firstLine="720"'),
        ("hanging", 'w:left="1440" w:hanging="720"'),
        ("both sides", 'w:left="1440" w:right="1440"'),
        ("negative", 'w:left="-360"'),
    ):
        corpus.typeset(f"indent {name}", "".join(paragraph(MANNER, f"<w:ind {indent}/>") for _ in range(3)))
    for name, spacing in (
        ("one and a half", 'w:line="360" w:lineRule="auto"'),
        ("double", 'w:line="480" w:lineRule="auto"'),
        ("exact", 'w:line="400" w:lineRule="exact"'),
        ("least", 'w:line="500" w:lineRule="atLeast"'),
        ("multiple", 'w:line="276" w:lineRule="auto" w:after="160"'),
    ):
        corpus.typeset(
            f"line spacing {name}", "".join(paragraph(MANNER * 3, f"<w:spacing {spacing}/>") for _ in range(6))
        )
    corpus.typeset(
        "space around paragraphs",
        "".join(paragraph(MANNER, '<w:spacing w:before="120" w:after="240"/>') for _ in range(8)),
    )
    alike = '<w:spacing w:after="240"/><w:contextualSpacing/>'
    corpus.typeset("space between alike", "".join(paragraph(MANNER, alike) for _ in range(5)) + paragraph("Other."))
    corpus.typeset("keeping with the next", lines(45) + paragraph("Heading", "<w:keepNext/>") + paragraph(MANNER))
    corpus.typeset("keeping lines", lines(43) + paragraph(MANNER * 2, "<w:keepLines/>"))
    corpus.typeset("widows and orphans", lines(45) + paragraph(MANNER) + lines(42) + paragraph(MANNER))
    corpus.typeset(
        "page breaks",
        paragraph("one")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + paragraph("two")
        + paragraph("three", "<w:pageBreakBefore/>"),
    )
    box = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4"/>' for side in ("top", "left", "bottom", "right"))
    corpus.typeset("a box around paragraphs", paragraph(MANNER, f"<w:pBdr>{box}</w:pBdr>") * 2 + paragraph("After."))
    rule = '<w:pBdr><w:bottom w:val="double" w:sz="6" w:space="1"/></w:pBdr>'
    corpus.typeset("a double rule below", paragraph("NOTICE", rule) + paragraph(MANNER))
    corpus.typeset(
        "a shaded paragraph", paragraph(MANNER, '<w:shd w:val="clear" w:fill="EEEEEE"/>') + paragraph(MANNER)
    )
    corpus.typeset("tab to the right", runs(run("Left"), TAB, run("Right"), properties=tab("right", 9360)))
    corpus.typeset("tab to the centre", runs(run("Left"), TAB, run("Middle"), properties=tab("center", 4680)))
    corpus.typeset(
        "tab with dots", runs(run("Medical expenses"), TAB, run("$4,812.37"), properties=tab("right", 9000, "dot"))
    )
    sums = ("$1,234.50", "$7.25", "$0.99", "$12,000.00")
    corpus.typeset(
        "tab at the point", "".join(runs(run("Sum"), TAB, run(each), properties=tab("decimal", 6000)) for each in sums)
    )
    corpus.typeset(
        "a line to sign",
        runs(run("Signed"), TAB, properties=tab("left", 6000, "underscore")) + paragraph("Judge"),
        differs="it draws the line with underscores",
    )
    corpus.typeset("default tab stops", runs(run("a"), TAB, run("b"), TAB, TAB, run("c")))
    corpus.typeset(
        "a tab in a centred line",
        runs(run("I."), TAB, run("GROUNDS"), properties='<w:jc w:val="center"/>'),
        differs="it centres the words on either side of the tab alone",
    )
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:basedOn w:val="Body"/>'
        '<w:pPr><w:jc w:val="both"/></w:pPr><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Base"/>'
        '<w:pPr><w:ind w:firstLine="0" w:left="720"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style>'
    )
    corpus.typeset("styles on styles", paragraph(MANNER * 2, '<w:pStyle w:val="Child"/>') * 3, styles=styles)


def add_lists(corpus: Corpus) -> None:
    """Numbers, letters, bullets, and references to them."""
    corpus.typeset("numbered paragraphs", "".join(paragraph(MANNER, listed()) for _ in range(8)))
    levels = (0, 1, 1, 2, 2, 1, 0, 1)
    corpus.typeset("levels of numbers", "".join(paragraph(MANNER, listed(level)) for level in levels))
    corpus.typeset(
        "numbers begin again", "".join(paragraph("Allegation.", listed(0, number)) for number in (1, 1, 2, 2))
    )
    corpus.typeset(
        "bullets",
        "".join(paragraph(MANNER, listed(0, 3)) for _ in range(4)),
        differs="it takes the bullet from another font",
    )
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/>{}'
        '<w:lvlJc w:val="{}"/><w:pPr><w:ind w:left="{}" w:hanging="720"/></w:pPr></w:lvl>'
    )
    legal = (
        '<w:abstractNum w:abstractNumId="1">'
        + level.format(0, 1, "upperRoman", "", "%1.", "", "right", 720)
        + level.format(1, 1, "decimal", "<w:isLgl/>", "%1.%2", "", "left", 1440)
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    corpus.typeset(
        "numbers as in statutes",
        "".join(paragraph(MANNER, listed(each)) for each in (0, 1, 1, 0, 1)),
        numbering=legal,
        differs="it prints Roman numerals where figures are asked for",
    )
    late = (
        '<w:abstractNum w:abstractNumId="1">'
        + level.format(0, 5, "lowerLetter", "", "(%1)", '<w:suff w:val="space"/>', "left", 720)
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    corpus.typeset("letters from e on", "".join(paragraph(MANNER, listed()) for _ in range(3)), numbering=late)
    headings = ("Heading1", "Heading2", "Heading3", "Heading2")
    corpus.typeset(
        "headings in order",
        "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') + paragraph(MANNER) for name in headings),
    )
    corpus.typeset(
        "a numbered heading",
        paragraph("Grounds", f'<w:pStyle w:val="Heading1"/>{listed()}<w:jc w:val="left"/>') + paragraph(MANNER),
    )


def add_references(corpus: Corpus) -> None:
    """Cross-references and links."""
    named = runs(bookmark("Ground", run("loss of coverage")), run(" is a ground."))
    corpus.typeset(
        "a reference to words",
        named + runs(run("See "), field_code("REF Ground \\h", "loss of coverage"), run(" above.")),
    )
    target = f"<w:p><w:pPr>{listed(1)}</w:pPr>{bookmark('Fact', run('The coverage lapsed.'))}</w:p>"
    told = runs(
        *(
            run(f" {switch} ") + field_code(f"REF Fact \\{switch} \\h", result)
            for switch, result in (("n", "(a)"), ("w", "1(a)"), ("r", "1(a)"))
        )
    )
    corpus.typeset(
        "references to a paragraph",
        paragraph("First.", listed()) + target + told,
        differs="it keeps the full stop within 1.(a)",
    )
    sibling = runs(run("As in "), field_code("REF Fact \\r", "(a)"), run("."), properties=listed(1))
    corpus.typeset(
        "a reference among neighbours",
        paragraph("First.", listed()) + target + sibling,
        differs="it does not count from the place of the reference",
    )
    page = runs(run("See page "), field_code("PAGEREF Later \\h", "2"), run("."))
    later = runs(bookmark("Later", run("Here.")), properties="<w:pageBreakBefore/>")
    corpus.typeset("a reference to a page", page + later)
    link = '<w:p><w:hyperlink w:anchor="Prayer"><w:r><w:t>the prayer</w:t></w:r></w:hyperlink></w:p>'
    corpus.typeset("a link to a bookmark", link + runs(bookmark("Prayer", run("PRAYER"))))
    coded = runs(run("See "), field_code('HYPERLINK \\l "Prayer"', "the prayer"), run("."))
    corpus.typeset("a link by field code", coded + runs(bookmark("Prayer", run("PRAYER"))))
    control = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(MANNER)}</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Pulaski</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    corpus.typeset("content controls", control)
