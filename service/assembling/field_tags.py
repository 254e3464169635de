"""Form fields in the structure tree: a ``Form`` element that holds the widget and says what it is for."""

from collections.abc import Callable
from functools import partial

import pikepdf
from pikepdf import Dictionary, Name

from service.assembling.pdf.revision import Reference, Revision
from service.assembling.pdf.structure import kids_of, listed, shows

_GROUPING = {Name.Document, Name.Part, Name.Art, Name.Sect, Name.Div}
_Kid = pikepdf.Object | Reference | int
_Test = Callable[[_Kid], bool]


def tag_field(
    document: pikepdf.Pdf, revision: Revision, widget: Reference, *, page: int, purpose: str, before: int | None = None
) -> None:
    """Put a widget into the reading order: before the block that holds MCID ``before``, else at the front.

    A document without a structure tree gets none: its profile already says that it is not tagged.
    """
    tree = document.Root.get("/StructTreeRoot")
    if tree is None:
        return
    on_page = document.pages[page].obj
    parent, follows = _front(tree) if before is None else _block_of(tree, on_page, before)
    element = revision.add(
        {
            "/Type": Name.StructElem,
            "/S": Name.Form,
            "/P": parent,
            "/Pg": on_page,
            "/Alt": purpose,
            "/K": {"/Type": Name.OBJR, "/Obj": widget, "/Pg": on_page},
        },
    )
    revision.entries(widget)["/StructParent"] = _registered(tree, revision, element)
    entries = revision.entries(parent)
    kids = listed(entries.get("/K"))
    place = next((place for place, kid in enumerate(kids) if follows(kid)), len(kids))
    entries["/K"] = [*kids[:place], element, *kids[place:]]


def _registered(tree: pikepdf.Object, revision: Revision, element: Reference) -> int:
    """The key under which the parent tree leads to the element from now on; no other is as high."""
    root = revision.entries(tree)
    key = int(root["/ParentTreeNextKey"]) if "/ParentTreeNextKey" in root else _next_key(tree)
    root["/ParentTreeNextKey"] = key + 1
    parents = revision.within(root, "/ParentTree")
    if "/Kids" in parents:
        leaf = revision.add({"/Limits": [key, key], "/Nums": [key, element]})
        parents["/Kids"] = [*parents["/Kids"], leaf]
    else:
        parents["/Nums"] = [*parents.get("/Nums", []), key, element]
    return key


def _front(tree: pikepdf.Object) -> tuple[pikepdf.Object, _Test]:
    """The document, and how to tell its first kid that is not a field: fields stand in the order of their placing."""
    return kids_of(tree)[0], _is_no_form


def _block_of(tree: pikepdf.Object, page: pikepdf.Object, marked_content: int) -> tuple[pikepdf.Object, _Test]:
    """The grouping element that the marked content belongs to, and how to tell the kid of it that shows the content."""
    holder = pikepdf.NumberTree(tree.ParentTree)[int(page.StructParents)][marked_content]
    is_it: _Test = partial(shows, marked_content=marked_content)
    while holder.S not in _GROUPING and "/S" in holder.P:
        is_it, holder = partial(_is_element, element=holder), holder.P
    return holder, is_it


def _is_no_form(kid: _Kid) -> bool:
    return not isinstance(kid, Reference) and not (isinstance(kid, Dictionary) and kid.get("/S") == Name.Form)


def _is_element(kid: _Kid, element: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _next_key(root: pikepdf.Object) -> int:
    return max((int(key) for key in pikepdf.NumberTree(root.ParentTree)), default=-1) + 1
