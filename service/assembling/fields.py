"""Empty form fields that the clerk and the judge will fill, placed before the filer seals.

Filling and signing fields that were there when a document was certified keeps the filer's signature valid (ISO 32000-1,
12.8.2.2, DocMDP level 2); stamping a page never does. Each field is tagged (ISO 14289-1, 7.18).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from pikepdf import Array, Name

from service.assembling.field_tags import tag_field
from service.assembling.judge_line import find_judge_line
from service.assembling.pdf.embedded_font import Face, embed
from service.assembling.pdf.memory_files import opened
from service.assembling.pdf.page_box import PageBox
from service.assembling.pdf.revision import Reference, Revision
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole

_COURT_FILED = {DocumentAudience.PUBLIC, DocumentAudience.SEALED}
_MARGIN = 72.0
_SPACE_WIDTH, _SPACE_HEIGHT = 216.0, 144.0
_FILE_MARK_SHARE = 0.6
_PRINTED = 4
_MULTILINE = 1 << 12
_CENTRED = 1
_APPEARANCE = "/OcseSerif 10 Tf 0 g"


class FieldKind(StrEnum):
    """What is put into a field."""

    TEXT = "Tx"
    SIGNATURE = "Sig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An empty field; ``purpose`` is what a screen reader says, ``before`` the page text it stands before."""

    name: str
    purpose: str
    kind: FieldKind
    page: int
    box: PageBox
    before: int | None = None


def place_fields(pdf: bytes, plan: DocumentPlan) -> bytes:
    """Place the fields that a document of this plan carries; a document that goes to no court is left as it is.

    Raises:
        TemplateRefused: A proposed order has no line for the judge.
    """
    if plan.audience not in _COURT_FILED:
        return pdf
    with opened(pdf) as document:
        fields = _clerk_fields(document.pages[0])
        if plan.role is DocumentRole.PROPOSED_ORDER:
            fields.append(_judge_field(pdf, plan))
        revision = Revision(pdf, document)
        widgets = [_placed(document, revision, field) for field in fields]
        fonts = {"/OcseSerif": embed(revision.add, Face.REGULAR)}
        form = {"/Fields": widgets, "/DR": {"/Font": fonts}, "/DA": _APPEARANCE}
        revision.entries(document.Root)["/AcroForm"] = revision.add(form)
        return revision.appended()


def _clerk_fields(first: pikepdf.Page) -> list[Field]:
    """File mark above, seal and signature below, in the 3 in. by 2 in. kept clear at the top right."""
    page = PageBox.of(first)
    right, top = page.right - _MARGIN, page.top - _MARGIN
    left, bottom = right - _SPACE_WIDTH, top - _SPACE_HEIGHT
    divide = top - _SPACE_HEIGHT * _FILE_MARK_SHARE
    mark, seal = PageBox(left, divide, right, top), PageBox(left, bottom, right, divide)
    return [
        Field(name="FileMark", purpose="Clerk’s file mark", kind=FieldKind.TEXT, page=0, box=mark),
        Field(name="Sig-Clerk", purpose="Clerk’s signature and seal", kind=FieldKind.SIGNATURE, page=0, box=seal),
    ]


def _judge_field(pdf: bytes, plan: DocumentPlan) -> Field:
    line = find_judge_line(pdf, plan)
    return Field(
        name="Sig-Judge",
        purpose="Circuit judge’s signature",
        kind=FieldKind.SIGNATURE,
        page=line.page,
        box=line.above,
        before=line.marked_content,
    )


def _placed(document: pikepdf.Pdf, revision: Revision, field: Field) -> Reference:
    """The field and its one place on a page, tagged, with the empty appearance that PDF/A asks for."""
    on_page = document.pages[field.page].obj
    entries: dict[str, Any] = {
        "/Type": Name.Annot,
        "/Subtype": Name.Widget,
        "/FT": Name(f"/{field.kind}"),
        "/T": field.name,
        "/TU": field.purpose,
        "/F": _PRINTED,
        "/Rect": field.box.as_array(),
        "/P": on_page,
        "/AP": {"/N": revision.add(_appearance(field.box), b"")},
    }
    if field.kind is FieldKind.TEXT:
        entries |= {"/DA": _APPEARANCE, "/Ff": _MULTILINE, "/Q": _CENTRED}
    widget = revision.add(entries)
    page = revision.entries(on_page)
    page["/Annots"] = [*page.get("/Annots", []), widget]
    page["/Tabs"] = Name.S
    tag_field(document, revision, widget, page=field.page, purpose=field.purpose, before=field.before)
    return widget


def _appearance(box: PageBox) -> dict[str, Any]:
    edges = [0, 0, box.width, box.height]
    return {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(edges), "/Resources": {}}
