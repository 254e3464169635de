"""Names that a template uses and its drafts do not give, found without any draft."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from service.rendering.lint.findings import LintFault, Severity
from service.rendering.lint.shapes import ANY, FLAG, NUMBER, RUNS, TEXT, GivenNames, Names, Shape
from service.rendering.lint.word_file import OpenedWord
from service.rendering.word.compiling import CORE_PROPERTIES
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.tag_forms import STATEMENT, completed, unprefixed
from service.rendering.word.tags import TAG, Passage

_LOOP: Final[Shape] = {
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), NUMBER),
    **dict.fromkeys(("first", "last"), FLAG),
    **dict.fromkeys(("cycle", "changed", "previtem", "nextitem"), ANY),
}
ELSEWHERE: Final = "name_of_other_templates"
_NEAR: Final = 0.6
_FEW: Final = 8
_GLOBALS: Final[Names] = {"range": ANY, "true": FLAG, "false": FLAG, "True": FLAG, "False": FLAG}
_FILTERED: Final = {"length": NUMBER, "join": TEXT, "lower": TEXT, "upper": TEXT, "trim": TEXT, "capitalize": TEXT}
_CELL_EXPRESSIONS: Final = ("colspan", "cellbg")
_KINDS: Final = {FLAG: "a yes or no", RUNS: "rich text or a picture"}


def name_faults(opened: OpenedWord, names: GivenNames, language: TemplateLanguage) -> list[LintFault]:
    """Every absent name and member with the nearest there is, and every name that cannot be printed as it stands."""
    faults: list[LintFault] = []
    for part in opened.stories:
        reader = _NameReader(names, language)
        for passage, _ in opened.passages(part):
            found = dict.fromkeys(fault for tag in TAG.findall(passage.text) for fault in reader.read(tag))
            faults += (_fault(code, message, part, passage) for code, message in found)
    if (core := opened.core) is not None:
        reader = _NameReader(names, language)
        tags = [tag for text in core.itertext() for tag in TAG.findall(text)]
        faults += (
            LintFault(code=code, severity=_severity(code), message=message, part=CORE_PROPERTIES)
            for code, message in dict.fromkeys(fault for tag in tags for fault in reader.read(tag))
        )
    return faults


def _fault(code: str, message: str, part: str, passage: Passage) -> LintFault:
    return LintFault(
        code=code,
        severity=_severity(code),
        message=message,
        part=part,
        paragraph=passage.number,
        snippet=passage.snippet,
    )


def _severity(code: str) -> Severity:
    return Severity.WARNING if code == ELSEWHERE else Severity.ERROR


class _NameReader:
    """Follows the names of one part from tag to tag: loops and ``set`` add their own."""

    def __init__(self, names: GivenNames, language: TemplateLanguage) -> None:
        self._language = language
        self._scopes: list[dict[str, Shape]] = [{**_GLOBALS, **names.names}]
        self._elsewhere = names.elsewhere
        self._found: list[tuple[str, str]] = []

    def read(self, tag: str) -> list[tuple[str, str]]:
        """The faults of a tag, as code and message; none for one that cannot be read at all."""
        self._found = []
        statement = STATEMENT.match(tag)
        word = statement[1] if statement else ""
        if word == "endfor" and len(self._scopes) > 1:
            self._scopes.pop()
        if statement is not None and word in _CELL_EXPRESSIONS:
            tag = f"{{{{ {tag[statement.end() : -2]} }}}}"
        try:
            tree = self._language.parse(completed(unprefixed(tag)))
        except (TemplateSyntaxError, RecursionError):
            self._scopes += [{}] if word == "for" else []
            return []
        if word in {"if", "for", "set", "elif"} or tag.startswith("{{"):
            self._statement(tree.body[0], prints_runs=tag.startswith("{{r"))
        return self._found

    def _statement(self, node: nodes.Node, *, prints_runs: bool) -> None:
        if isinstance(node, nodes.For):
            self._loop(node)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self._shape(node.node))
        elif isinstance(node, nodes.Output):
            for printed in node.nodes:
                shape = self._shape(printed)
                if not prints_runs:
                    self._must_print(printed, shape)
        else:
            self._shapes_within(node)

    def _loop(self, node: nodes.For) -> None:
        over = self._shape(node.iter)
        self._scopes.append({"loop": _LOOP})
        if not isinstance(over, list) and over != ANY:
            self._note("not_a_list", f"“{_path(node.iter)}” is no list: a loop repeats for each entry of one.")
        self._bind(node.target, over[0] if isinstance(over, list) and over else ANY)
        if node.test is not None:
            self._shape(node.test)

    def _bind(self, target: nodes.Node, shape: Shape) -> None:
        if isinstance(target, nodes.Name):
            self._scopes[-1][target.name] = shape
        else:
            self._scopes[-1].update((name.name, ANY) for name in target.find_all(nodes.Name))

    def _shape(self, node: nodes.Node) -> Shape:
        """What an expression yields; names that are not there are noted on the way."""
        if isinstance(node, nodes.Name):
            return self._named(node)
        if isinstance(node, nodes.Getattr):
            return self._member(node, self._shape(node.node), node.attr)
        if isinstance(node, nodes.Getitem):
            return self._entry(node)
        if isinstance(node, nodes.Filter):
            return self._filtered(node)
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            # What may not be called is refused with the tag; only what it is called on is looked up.
            self._shapes_within(node.node.node, *node.args)
            return ANY
        self._shapes_within(*node.iter_child_nodes())
        return FLAG if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)) else ANY

    def _entry(self, node: nodes.Getitem) -> Shape:
        owner, key = self._shape(node.node), node.arg
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            return self._member(node, owner, key.value)
        self._shape(key)
        return owner[0] if isinstance(owner, list) and owner and isinstance(key, nodes.Const) else ANY

    def _filtered(self, node: nodes.Filter) -> Shape:
        filtered = ANY if node.node is None else self._shape(node.node)
        self._shapes_within(*node.args)
        if node.name in {"first", "last"} and isinstance(filtered, list) and filtered:
            return filtered[0]
        return _FILTERED.get(node.name, ANY)

    def _shapes_within(self, *within: nodes.Node) -> None:
        for node in within:
            if isinstance(node, nodes.Expr):
                self._shape(node)
            else:
                self._shapes_within(*node.iter_child_nodes())

    def _named(self, node: nodes.Name) -> Shape:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        if node.name in self._elsewhere:
            message = f"“{node.name}” is given to other templates only: use it under a condition that never holds here."
            self._note(ELSEWHERE, message)
            return ANY
        known = {name for scope in self._scopes for name in scope} - set(_GLOBALS)
        self._absent(node.name, known, "")
        return ANY

    def _member(self, node: nodes.Expr, owner: Shape, member: str) -> Shape:
        if member.startswith("_"):
            return ANY
        if isinstance(owner, dict):
            if member in owner:
                return owner[member]
            self._absent(member, owner.keys(), f"{_path(next(node.iter_child_nodes()))}.")
        elif owner != ANY and not isinstance(owner, list):
            path = _path(next(node.iter_child_nodes()))
            self._note("undefined_name", f"“{path}” holds no members such as “{member}”: print it by itself.")
        elif isinstance(owner, list):
            path = _path(next(node.iter_child_nodes()))
            self._note("undefined_name", f"“{path}” is a list and has no “{member}”: loop over its entries.")
        return ANY

    def _absent(self, name: str, known: Collection[str], path: str) -> None:
        nearest = get_close_matches(name, sorted(known), n=1, cutoff=_NEAR)
        few = len(known) <= _FEW
        others = (
            f"there are {', '.join(sorted(known))}" if few else "the guide for template authors lists what there is"
        )
        hint = f"the nearest name there is “{path}{nearest[0]}”" if nearest else others
        self._note("undefined_name", f"No draft gives “{path}{name}”; {hint}.")

    def _must_print(self, node: nodes.Node, shape: Shape) -> None:
        kind = "a list" if isinstance(shape, list) else "a group of facts" if isinstance(shape, dict) else ""
        kind = kind or (_KINDS.get(shape, "") if isinstance(shape, str) else "")
        if kind:
            remedy = "write {{r … }}" if shape == RUNS else "print text, or use it in a condition or loop"
            self._note("not_printable", f"“{_path(node)}” is {kind} and cannot be printed by {{{{ … }}}}: {remedy}.")

    def _note(self, code: str, message: str) -> None:
        if (code, message) not in self._found:
            self._found.append((code, message))


def _path(node: nodes.Node) -> str:
    """An expression as its author wrote it, as far as it is names."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return "this expression"
