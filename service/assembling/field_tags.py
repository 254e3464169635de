"""Form fields in the structure tree: a ``Form`` element that holds the widget and says what it is for."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.structure import kids_of

_GROUPING = {Name.Document, Name.Part, Name.Art, Name.Sect, Name.Div}


def tag_field(
    document: pikepdf.Pdf, widget: pikepdf.Object, *, page: int, purpose: str, before: int | None = None
) -> None:
    """Put a widget into the reading order: before the block that holds MCID ``before``, else at the front.

    A document without a structure tree gets none: its profile already says that it is not tagged.
    """
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        return
    on_page = document.pages[page].obj
    parent, place = _front(root) if before is None else _block_of(root, on_page, before)
    key = int(root.get("/ParentTreeNextKey", _next_key(root)))
    element = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, Pg=on_page, Alt=String(purpose))
    )
    element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=on_page)
    widget.StructParent = key
    pikepdf.NumberTree(root.ParentTree)[key] = element
    root.ParentTreeNextKey = key + 1
    kids = kids_of(parent)
    parent.K = Array([*kids[:place], element, *kids[place:]])


def _front(root: pikepdf.Object) -> tuple[pikepdf.Object, int]:
    """The beginning of the document, after fields that are there already."""
    document = kids_of(root)[0]
    kids = kids_of(document)
    return document, next((place for place, kid in enumerate(kids) if not _is_form(kid)), len(kids))


def _block_of(root: pikepdf.Object, page: pikepdf.Object, marked_content: int) -> tuple[pikepdf.Object, int]:
    """Where the block that shows the marked content stands: its grouping element, and its place in that."""
    holder = pikepdf.NumberTree(root.ParentTree)[int(page.StructParents)][marked_content]
    places = (place for place, kid in enumerate(kids_of(holder)) if _is_content(kid, marked_content))
    place = next(places, 0)
    while holder.S not in _GROUPING and "/S" in holder.P:
        block, holder = holder, holder.P
        place = next(place for place, kid in enumerate(kids_of(holder)) if _is_element(kid, block))
    return holder, place


def _is_form(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/S") == Name.Form


def _is_element(kid: pikepdf.Object, element: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _is_content(kid: pikepdf.Object | int, marked_content: int) -> bool:
    if isinstance(kid, int):
        return kid == marked_content
    return isinstance(kid, Dictionary) and kid.get("/MCID") == marked_content


def _next_key(root: pikepdf.Object) -> int:
    return max((int(key) for key in pikepdf.NumberTree(root.ParentTree)), default=-1) + 1
