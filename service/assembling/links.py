"""Links from the words "Exhibit B" in the packet's documents to the sheet where that exhibit begins.

Each link is an annotation inside a ``Link`` element next to the words, with words of its own for screen readers
(ISO 14289-1, 7.18.5). The court's separate copies of the documents have none.
"""

from collections.abc import Sequence
from itertools import takewhile

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.citations import Citation
from service.assembling.grafting import GraftedTree
from service.assembling.pdf.structure import kids_of, shows

_PRINTED = 4


def link_to_exhibit(
    packet: pikepdf.Pdf, tree: GraftedTree, citation: Citation, page: pikepdf.Page, target: pikepdf.Page, place: str
) -> None:
    """Let the words on ``page`` lead to ``target``, which stands at ``place`` of the packet.

    Words outside the structure tree, such as those of a running footer, get no link: nothing could announce it.
    """
    if citation.marked_content is None:
        return
    holder = tree.holder_of(page.obj, citation.marked_content)
    if holder is None:
        return
    purpose = f"Exhibit {citation.label}, packet {place}"
    link = packet.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=citation.box.as_array(),
            Border=Array([0, 0, 0]),
            F=_PRINTED,
            Contents=String(purpose),
            Dest=Array([target.obj, Name.Fit]),
        )
    )
    element = packet.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Link,
            P=holder,
            Pg=page.obj,
            Alt=String(purpose),
            K=Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj),
        )
    )
    holder.K = Array(_after(kids_of(holder), citation.marked_content, element))
    tree.register(link, element)
    page.obj.Annots = Array([*page.obj.get("/Annots", Array()), link])
    page.obj.Tabs = Name.S


def _after(
    kids: Sequence[pikepdf.Object | int], marked_content: int, element: pikepdf.Object
) -> list[pikepdf.Object | int]:
    """The kids with the element behind the words, and behind links that stand there already."""
    place = next((number for number, kid in enumerate(kids) if shows(kid, marked_content)), len(kids) - 1) + 1
    behind = takewhile(lambda kid: isinstance(kid, Dictionary) and kid.get("/S") == Name.Link, kids[place:])
    place += sum(1 for _ in behind)
    return [*kids[:place], element, *kids[place:]]
