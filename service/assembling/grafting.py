"""One structure tree out of many (ISO 32000-1, 14.7): elements, parent tree, role map, class map, identifiers.

Each part's tree hangs as a ``Part`` under one ``Document``. Parent-tree keys are shifted; element identifiers get their
part's number in front, from the second part on; a role or class that an earlier part uses otherwise gets a new name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from service.assembling.structure import elements_under, kids_of


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
    _parents: list[tuple[int, pikepdf.Object]] = field(default_factory=list)
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
        number = len(self._parts) + 1
        self._rename_clashes(root, number)
        _qualify_identifiers(root, number)
        parents = pikepdf.NumberTree(root.ParentTree) if "/ParentTree" in root else {}
        entries = [(int(key), value) for key, value in parents.items()]
        _shift_keys(part, self.next_key)
        holder = Dictionary(
            Kids=Array([kid for kid in kids_of(root) if isinstance(kid, Dictionary) and "/S" in kid]),
            Parents=Array([value for _, value in entries]),
            Roles=root.get("/RoleMap", Dictionary()),
            Classes=root.get("/ClassMap", Dictionary()),
            Identified=_identified_elements(root),
            Namespaces=root.get("/Namespaces", Array()),
        )
        return PartTree(holder=holder, keys=tuple(key + self.next_key for key, _ in entries))

    def graft(self, copied: pikepdf.Object, keys: tuple[int, ...], title: str, language: pikepdf.Object | None) -> None:
        """Take a part's tree over, after its holder was copied into the packet."""
        kids = list(copied.Kids)
        if [str(kid.S) for kid in kids] == ["/Document"]:
            (top,) = kids
            top.S = Name.Part
        else:
            top = self.packet.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(kids)))
            for kid in kids:
                kid.P = top
        top.T = String(title)
        if language is not None:
            top.Lang = language
        self._parts.append(top)
        self._parents += zip(keys, copied.Parents, strict=True)
        self._roles |= dict(copied.Roles.items())
        self._classes |= dict(copied.Classes.items())
        self._identified |= {bytes(element.ID): element for element in copied.Identified}
        self._namespaces += list(copied.Namespaces)
        self.next_key = max(keys, default=self.next_key - 1) + 1

    def close(self) -> None:
        """Write the tree into the packet's catalogue."""
        root = self.packet.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self.packet.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(self._parts))
        )
        for part in self._parts:
            part.P = document
        root.K = Array([document])
        numbers = [item for entry in sorted(self._parents, key=lambda entry: entry[0]) for item in entry]
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


def _shift_keys(part: pikepdf.Pdf, by: int) -> None:
    for holder, key in _pointers(part):
        holder[key] = int(holder[key]) + by


def _forget_structure(part: pikepdf.Pdf) -> None:
    """A part without a tree must not point into the packet's."""
    for holder, key in _pointers(part):
        del holder[key]


def _pointers(part: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """Every page, annotation, form and image that points into the parent tree; annotations are indirect by now."""
    for entry in part.objects:
        if isinstance(entry, Dictionary | pikepdf.Stream):
            yield from ((entry, key) for key in ("/StructParents", "/StructParent") if key in entry)


def _identified_elements(root: pikepdf.Object) -> Array:
    return Array(pikepdf.NameTree(root.IDTree).values()) if "/IDTree" in root else Array()


def _qualify_identifiers(root: pikepdf.Object, number: int) -> None:
    """Table cells name their header cells by identifiers, and every part starts counting anew."""
    if "/IDTree" not in root or number == 1:
        return
    prefix = f"{number}-".encode()
    for element in elements_under(root):
        if "/ID" in element:
            element.ID = String(prefix + bytes(element.ID))
        attributes = element.get("/A", Array())
        for owner in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(owner, Dictionary) and "/Headers" in owner:
                owner.Headers = Array([String(prefix + bytes(name)) for name in owner.Headers])
