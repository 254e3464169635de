"""One structure tree out of many (ISO 32000-1, 14.7): elements, parent tree, role map, class map, identifiers.

Each part's tree hangs as a ``Part`` under one ``Document``. Parent-tree keys are shifted; element identifiers get their
part's number in front, from the second part on; a role or class that an earlier part uses otherwise gets a new name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.pdf.entries import entry
from service.assembling.pdf.structure import elements_under, kids_of

_POINTERS = {"/StructParents", "/StructParent"}
_KEYED = (Dictionary, pikepdf.Stream)


@dataclass(frozen=True, slots=True)
class PartTree:
    """A part's tree on its way into the packet: what is copied in one go, so that shared objects stay shared."""

    holder: Dictionary
    keys: tuple[int, ...]


@dataclass
class GraftedTree:
    """The packet's structure tree while it grows."""

    packet: pikepdf.Pdf
    next_key: int = 0
    _parts: list[pikepdf.Object] = field(default_factory=list)
    _grafted: int = 0
    _parents: dict[int, pikepdf.Object] = field(default_factory=dict)
    _roles: dict[str, pikepdf.Object] = field(default_factory=dict)
    _classes: dict[str, pikepdf.Object] = field(default_factory=dict)
    _identified: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    _namespaces: list[pikepdf.Object] = field(default_factory=list)

    def prepare(self, part: pikepdf.Pdf) -> PartTree | None:
        """Shift and rename inside the part, before anything is copied; ``None`` for a part without a tree."""
        root = part.Root.get("/StructTreeRoot")
        if root is None:
            _forget_structure(part)
            return None
        number = self._grafted + 1
        self._rename_clashes(root, number)
        parents = pikepdf.NumberTree(root.ParentTree) if "/ParentTree" in root else {}
        entries = [(int(key), value) for key, value in parents.items()]
        qualified = "/IDTree" in root and number > 1
        _renumber(part, self.next_key, f"{number}-".encode() if qualified else b"")
        holder = Dictionary(
            Kids=Array([kid for kid in kids_of(root) if isinstance(kid, Dictionary) and "/S" in kid]),
            Parents=Array([value for _, value in entries]),
            Roles=root.get("/RoleMap", Dictionary()),
            Classes=root.get("/ClassMap", Dictionary()),
            Identified=_identified_elements(root),
            Namespaces=root.get("/Namespaces", Array()),
        )
        return PartTree(holder=holder, keys=tuple(key + self.next_key for key, _ in entries))

    def graft(
        self,
        copied: pikepdf.Object,
        keys: tuple[int, ...],
        title: str,
        language: pikepdf.Object | None,
        *,
        under: pikepdf.Object | None = None,
    ) -> pikepdf.Object:
        """Take a part's tree over, after its holder was copied into the packet; returns the part's element."""
        kids = list(copied.Kids)
        if [str(kid.S) for kid in kids] == ["/Document"]:
            (top,) = kids
            top.S = Name.Part
        else:
            top = self._part_of(kids)
        top.T = String(title)
        if language is not None:
            top.Lang = language
        if under is None:
            self._parts.append(top)
        else:
            under.K = Array([*kids_of(under), top])
            top.P = under
        self._grafted += 1
        self._parents |= zip(keys, copied.Parents, strict=True)
        self._roles |= dict(copied.Roles.items())
        self._classes |= dict(copied.Classes.items())
        self._identified |= {bytes(element.ID): element for element in copied.Identified}
        self._namespaces += list(copied.Namespaces)
        self.next_key = max(keys, default=self.next_key - 1) + 1
        return top

    def divide(
        self, part: pikepdf.Object, pages: Sequence[pikepdf.Page], titles: Sequence[str]
    ) -> list[pikepdf.Object]:
        """Make several parts of the one grafted last: each page from the second title on begins a new one.

        What stands before the first of those pages stays in ``part``; ``titles`` are those of the parts, in order.
        """
        ahead = len(pages) - len(titles) + 1
        begins: dict[tuple[int, int] | None, int] = {
            page.obj.objgen: number for number, page in enumerate(pages[ahead:], start=1)
        }
        groups: list[list[pikepdf.Object]] = [[] for _ in titles]
        current = 0
        for kid in kids_of(part):
            current = begins.get(_first_page(kid), current)
            groups[current].append(kid)
        parts = [part, *(self._part_of(kids) for kids in groups[1:])]
        part.K = Array(groups[0])
        for each, title in zip(parts, titles, strict=True):
            each.T = String(title)
            if "/Lang" in part:
                each.Lang = part.Lang
        self._parts += parts[1:]
        return parts

    def holder_of(self, page: pikepdf.Object, marked_content: int) -> pikepdf.Object | None:
        """The element that shows a page's marked content."""
        holders = self._parents.get(int(page.get("/StructParents", -1)))
        if not isinstance(holders, Array) or marked_content >= len(holders):
            return None
        holder = holders[marked_content]
        return holder if isinstance(holder, Dictionary) else None

    def register(self, annotation: pikepdf.Object, element: pikepdf.Object) -> None:
        """Let an annotation of the packet lead to its element."""
        annotation.StructParent = self.next_key
        self._parents[self.next_key] = element
        self.next_key += 1

    def close(self) -> None:
        """Write the tree into the packet's catalogue."""
        root = self.packet.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self.packet.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(self._parts))
        )
        for part in self._parts:
            part.P = document
        root.K = Array([document])
        numbers = [item for key in sorted(self._parents) for item in (key, self._parents[key])]
        root.ParentTree = self.packet.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = self.next_key
        for key, mapping in (("/RoleMap", self._roles), ("/ClassMap", self._classes)):
            if mapping:
                root[key] = Dictionary(dict(sorted(mapping.items())))
        if self._identified:
            names = [item for name, element in sorted(self._identified.items()) for item in (String(name), element)]
            limits = Array([String(min(self._identified)), String(max(self._identified))])
            root.IDTree = Dictionary(Kids=Array([self.packet.make_indirect(Dictionary(Limits=limits, Names=names))]))
        if self._namespaces:
            root.Namespaces = Array(self._namespaces)
        self.packet.Root.StructTreeRoot = root

    def _part_of(self, kids: Sequence[pikepdf.Object]) -> pikepdf.Object:
        part = self.packet.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(kids)))
        for kid in kids:
            kid.P = part
        return part

    def _rename_clashes(self, root: pikepdf.Object, number: int) -> None:
        roles = _clashes(root.get("/RoleMap", Dictionary()), self._roles, number)
        classes = _clashes(root.get("/ClassMap", Dictionary()), self._classes, number)
        if not roles and not classes:
            return
        for element in elements_under(root):
            element.S = roles.get(str(element.S), element.S)
            if "/C" in element:
                element.C = _renamed_classes(element.C, classes)
        if roles:
            renamed = {str(roles.get(old, Name(old))): roles.get(str(role), role) for old, role in root.RoleMap.items()}
            root.RoleMap = Dictionary(renamed)
        if classes:
            root.ClassMap = Dictionary({str(classes.get(old, Name(old))): each for old, each in root.ClassMap.items()})


def _first_page(element: pikepdf.Object) -> tuple[int, int] | None:
    """The page on which an element begins, by its object number."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary):
            if "/Pg" in each:
                return each.Pg.objgen
            waiting.extend(reversed(kids_of(each)))
    return None


def _clashes(own: pikepdf.Object, taken: dict[str, pikepdf.Object], number: int) -> dict[str, Name]:
    """Names that this part and an earlier one map differently, and what they become."""
    return {
        key: Name(f"{key}-{number}")
        for key, value in own.items()
        if key in taken and taken[key].unparse(resolved=True) != value.unparse(resolved=True)
    }


def _renamed_classes(classes: pikepdf.Object, renamed: dict[str, Name]) -> pikepdf.Object:
    if isinstance(classes, Array):
        return Array([renamed.get(str(each), each) if isinstance(each, Name) else each for each in classes])
    return renamed.get(str(classes), classes)


def _renumber(part: pikepdf.Pdf, by: int, prefix: bytes) -> None:
    """Shift parent-tree keys, and put the prefix before element identifiers, in one pass over the part.

    Table cells name their header cells by identifiers, and every part starts counting anew.
    """
    for holder, keys in _holders(part):
        if not keys.isdisjoint(_POINTERS):
            for key in _POINTERS & keys:
                holder[key] = int(holder[key]) + by
        if prefix and "/S" in keys:
            if "/ID" in keys:
                holder["/ID"] = String(prefix + bytes(holder["/ID"]))
            if "/A" in keys:
                _qualify_headers(holder["/A"], prefix)


def _forget_structure(part: pikepdf.Pdf) -> None:
    """A part without a tree must not point into the packet's."""
    for holder, keys in _holders(part):
        for key in _POINTERS & keys:
            del holder[key]


def _holders(part: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, set[str]]]:
    """Every page, annotation, form, image and structure element, with its keys; annotations are indirect by now."""
    for each in part.objects:
        if isinstance(each, _KEYED):
            yield each, each.keys()


def _identified_elements(root: pikepdf.Object) -> Array:
    return Array(pikepdf.NameTree(root.IDTree).values()) if "/IDTree" in root else Array()


def _qualify_headers(attributes: pikepdf.Object, prefix: bytes) -> None:
    for owner in attributes if isinstance(attributes, Array) else (attributes,):
        headers = entry(owner, "/Headers") if isinstance(owner, Dictionary) else None
        if headers is not None and len(headers):
            owner["/Headers"] = Array([String(prefix + bytes(name)) for name in headers])
