"""Form fields in the structure tree: a ``Form`` element that holds the widget and says what it is for."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.structure import kids_of


def tag_field(
    document: pikepdf.Pdf, widget: pikepdf.Object, *, page: int, purpose: str, before: int | None = None
) -> None:
    """Put a widget into the reading order: before the element that owns MCID ``before``, else at the front.

    A document without a structure tree gets none: its profile already says that it is not tagged.
    """
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        return
    on_page = document.pages[page].obj
    follower = None if before is None else _owner(root, on_page, before)
    parent = kids_of(root)[0] if follower is None else follower.P
    key = int(root.get("/ParentTreeNextKey", _next_key(root)))
    element = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, Pg=on_page, Alt=String(purpose))
    )
    element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=on_page)
    widget.StructParent = key
    pikepdf.NumberTree(root.ParentTree)[key] = element
    root.ParentTreeNextKey = key + 1
    parent.K = Array(_inserted(kids_of(parent), element, follower))


def _owner(root: pikepdf.Object, page: pikepdf.Object, marked_content: int) -> pikepdf.Object:
    """The block that the marked content belongs to: an element whose parent is no paragraph or span itself."""
    element = pikepdf.NumberTree(root.ParentTree)[int(page.StructParents)][marked_content]
    while element.S in {Name.Span, Name.Strong, Name.Em, Name.Link}:
        element = element.P
    return element


def _inserted(
    kids: list[pikepdf.Object], element: pikepdf.Object, follower: pikepdf.Object | None
) -> list[pikepdf.Object]:
    """At the place of the follower; at the front, after fields already there, without one."""
    if follower is None:
        place = next((index for index, kid in enumerate(kids) if not _is_form(kid)), len(kids))
    else:
        place = next(index for index, kid in enumerate(kids) if _same(kid, follower))
    return [*kids[:place], element, *kids[place:]]


def _is_form(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/S") == Name.Form


def _same(kid: pikepdf.Object, element: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _next_key(root: pikepdf.Object) -> int:
    return max((int(key) for key in pikepdf.NumberTree(root.ParentTree)), default=-1) + 1
