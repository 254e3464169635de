"""Form fields of an exhibit, drawn into its pages: a packet has no fields, and a seal copied elsewhere proves nothing.

Only the packet's copy is changed; the exhibit itself is filed as it was sent.
"""

import pikepdf
from pikepdf import Dictionary, Name

from service.assembling.pdf.entries import entry
from service.assembling.pdf.structure import kids_of

_HIDDEN_OR_NOT_VIEWED = 2 | 32


def draw_form_into_pages(part: pikepdf.Pdf) -> bool:
    """Remove the form, keeping what its fields show; whether anything had to be drawn, which is then not tagged."""
    widgets = [
        annotation
        for page in part.pages
        for annotation in entry(page.obj, "/Annots", ())
        if annotation.get("/Subtype") == Name.Widget
    ]
    shown = any(_shows_something(widget) for widget in widgets)
    if shown:
        if bool(part.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances", False)):
            part.generate_appearance_streams()
        part.flatten_annotations("all")
    for widget in widgets:
        _untag(part, widget)
    for page in part.pages:
        if "/Annots" in page.obj:
            kept = [each for each in page.obj.Annots if each.get("/Subtype") != Name.Widget]
            page.obj.Annots = pikepdf.Array(kept)
    if "/AcroForm" in part.Root:
        del part.Root["/AcroForm"]
    return shown


def _shows_something(widget: pikepdf.Object) -> bool:
    """Whether a reader sees the field: it is not hidden, has an area, and an appearance or a value to draw."""
    left, bottom, right, top = (float(edge) for edge in widget.get("/Rect", pikepdf.Array([0, 0, 0, 0])))
    if int(widget.get("/F", 0)) & _HIDDEN_OR_NOT_VIEWED or left == right or bottom == top:
        return False
    appearance = widget.get("/AP", Dictionary()).get("/N")
    if isinstance(appearance, pikepdf.Stream):
        return bool(appearance.read_bytes().strip())
    return appearance is not None or _value_to_draw(widget)


def _value_to_draw(widget: pikepdf.Object) -> bool:
    """A signature's value is the signature itself; only other fields have words to show."""
    owner: pikepdf.Object | None = widget
    kind, value = None, None
    while owner is not None and (kind is None or value is None):
        kind, value = kind or owner.get("/FT"), value or owner.get("/V")
        owner = owner.get("/Parent")
    return kind != Name.Sig and value is not None


def _untag(part: pikepdf.Pdf, widget: pikepdf.Object) -> None:
    """Take a removed field out of the structure tree, with its element if that holds nothing else."""
    root = part.Root.get("/StructTreeRoot", Dictionary())
    if "/ParentTree" not in root or "/StructParent" not in widget or not widget.is_indirect:
        return
    parents, key = pikepdf.NumberTree(root.ParentTree), int(widget.StructParent)
    element: pikepdf.Object | None = parents.get(key)
    removed: pikepdf.Object = widget
    if element is not None:
        del parents[key]
    while isinstance(element, Dictionary) and "/S" in element:
        kept = [kid for kid in kids_of(element) if not _refers_to(kid, removed)]
        element.K = pikepdf.Array(kept)
        if kept:
            return
        removed = element
        element = element.get("/P")


def _refers_to(kid: pikepdf.Object, removed: pikepdf.Object) -> bool:
    """Whether a kid is the element itself, or the reference that holds the field."""
    if not isinstance(kid, Dictionary):
        return False
    return removed.objgen in {kid.objgen, kid.get("/Obj", Dictionary()).objgen}
