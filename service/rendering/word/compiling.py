"""A Word template → compiled parts: docxtpl's own rewriting applied once, Jinja compiled once."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree

from service.errors import Fault, TemplateRefused
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.lists import RestartingLists, mark_restarts, restarting_lists
from service.rendering.word.package import CONTENT_TYPES, Package, pack, parse_part, read_package, relations_of
from service.rendering.word.run_tags import LOOKS
from service.rendering.word.tags import NUMBER_ATTRIBUTE, PLACE_MARK, TAG, Passage, TagReader, W, text_of

CORE_PROPERTIES: Final = "docProps/core.xml"
NUMBERING: Final = "word/numbering.xml"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE: Final = f"{_WORD}.document.main+xml"
RENDERED_TYPES: Final = {MAIN_TYPE, f"{_WORD}.header+xml", f"{_WORD}.footer+xml", f"{_WORD}.footnotes+xml"}
_NEW_LINE: Final = "{#\n#}"
"""A Jinja comment: it prints nothing and makes Jinja's line numbers count paragraphs."""

_PLACES: Final = re.compile(rf'<w:p((?: [^<>]*?)?) {NUMBER_ATTRIBUTE}="(\d+)"|(\{{[%#]) ?{PLACE_MARK}(\d+){PLACE_MARK}')
_LITERAL_SIGNS: Final = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_LITERAL_SIGN: Final = re.compile("|".join(map(re.escape, _LITERAL_SIGNS)))
_COLUMN_TAG: Final = re.compile(r"\{%(?:tc\s|\s*(?:colspan|hm)\b)")
BRACES: Final = re.compile(r"\{[{%#]|[}%]\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """One part of a template, ready to be filled in; immutable, so any number of threads may share it.

    ``lines`` holds, for every line of ``source``, the number of the template's paragraph that it comes from;
    ``constants`` what its source names besides the draft's context.
    """

    name: str
    source: str
    template: Template
    lines: tuple[int, ...]
    passages: dict[int, Passage]
    constants: Mapping[str, Any]
    prints_runs: bool
    columns_vary: bool
    numbers_drawings: bool
    restarts_lists: bool

    def passage_at(self, line: int) -> Passage | None:
        """The paragraph behind a line number from Jinja."""
        return self.passages.get(self.lines[line - 1]) if 0 < line <= len(self.lines) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledWord:
    """A whole template: the parts to fill in, a zip of those that never change, and those that pictures add to."""

    digest: str
    parts: tuple[CompiledPart, ...]
    lists: RestartingLists | None
    extended: Mapping[str, bytes]
    unchanging: bytes


def compile_word(raw: bytes, language: TemplateLanguage) -> CompiledWord:
    """Compile a template's bytes.

    Raises:
        TemplateRefused: Not a Word document, or tags that cannot be kept; every fault with part and paragraph.
    """
    package = read_package(raw)
    lists = restarting_lists(package.parts.get(NUMBERING))
    names = [CORE_PROPERTIES] if CORE_PROPERTIES in package.parts else []
    names += [name for name, kind in package.types.items() if kind in RENDERED_TYPES]
    faults = _unrendered_tags(package, set(names))
    parts = [part for name in names if (part := _compile_part(name, package, lists, language, faults))]
    if faults:
        raise TemplateRefused("The Word template cannot be used.", faults)
    changing = {part.name for part in parts}
    if any(part.restarts_lists for part in parts):
        changing.add(NUMBERING)
    printing = [relations_of(part.name) for part in parts if part.prints_runs]
    extended = {name: package.parts[name] for name in (CONTENT_TYPES, *printing) if printing and name in package.parts}
    changing |= set(extended)
    return CompiledWord(
        digest=hashlib.sha256(raw).hexdigest(),
        parts=tuple(parts),
        lists=lists if NUMBERING in changing else None,
        extended=extended,
        unchanging=pack(b"", [(name, content) for name, content in package.parts.items() if name not in changing]),
    )


def _unrendered_tags(package: Package, rendered: set[str]) -> list[Fault]:
    """Comments, endnotes, charts and the like are carried over as they are, so a tag in them would be printed."""
    return [
        fault
        for name, content in package.parts.items()
        if name not in rendered and name.endswith(".xml")
        for fault in _tags_in(name, parse_part(name, content))
    ]


def _tags_in(name: str, root: etree._Element) -> Iterator[Fault]:
    if not BRACES.search(_text_of(root)):
        return
    message = "Tags in this part are not filled in: remove them."
    paragraphs = [
        Fault(code="tag_not_rendered", message=message, part=name, paragraph=number, snippet=text_of(paragraph)[:80])
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1)
        if BRACES.search(text_of(paragraph))
    ]
    yield from paragraphs or [Fault(code="tag_not_rendered", message=message, part=name)]


def _text_of(root: etree._Element) -> str:
    return "".join(root.itertext())


def _compile_part(
    name: str, package: Package, lists: RestartingLists | None, language: TemplateLanguage, faults: list[Fault]
) -> CompiledPart | None:
    root = parse_part(name, package.parts[name])
    reader = TagReader(name, root, language)
    faults += reader.faults
    if reader.faults:
        return None
    source, lines = _with_places(_rewritten(root))
    restarts = False
    if lists is not None and package.types.get(name) == MAIN_TYPE:
        source, restarts = mark_restarts(source, lists)
    constants = {LOOKS: tuple(reader.looks)}
    try:
        template = language.from_string(source, globals=constants)
        leftover = _leftover_line(language, source)
    except TemplateSyntaxError as error:
        faults.append(
            _located("tag_unreadable", f"The tag cannot be read: {error.message}", name, error.lineno, lines, reader)
        )
        return None
    except (RecursionError, SyntaxError):
        message = "Conditions and loops are nested too deeply: draw some of them apart."
        faults.append(Fault(code="tag_unreadable", message=message, part=name))
        return None
    if leftover is not None:
        faults.append(
            _located("leftover_tag", "A tag would stay in the document unread.", name, leftover, lines, reader)
        )
        return None
    return CompiledPart(
        name=name,
        source=source,
        template=template,
        lines=lines,
        passages=reader.passages,
        constants=constants,
        prints_runs=bool(reader.looks),
        columns_vary=any(_COLUMN_TAG.search(passage.text) for passage in reader.passages.values()),
        numbers_drawings=bool(reader.looks) or "<wp:docPr" in source,
        restarts_lists=restarts,
    )


def _located(code: str, message: str, part: str, line: int, lines: tuple[int, ...], reader: TagReader) -> Fault:
    number = lines[line - 1] if 0 < line <= len(lines) else 0
    passage = reader.passages.get(number)
    if passage is None:
        return Fault(code=code, message=message, part=part)
    return Fault(code=code, message=message, part=part, paragraph=passage.number, snippet=passage.snippet)


def _rewritten(root: etree._Element) -> str:
    """The part as Jinja source: docxtpl's rewriting, then what it leaves undone inside and outside tags."""
    source: str = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    pieces: list[str] = []
    at = 0
    for tag in TAG.finditer(source):
        pieces.append(_LITERAL_SIGN.sub(_printed, source[at : tag.start()]))
        pieces.append(tag[0].replace("&quot;", '"').replace("&amp;", "&"))
        at = tag.end()
    pieces.append(_LITERAL_SIGN.sub(_printed, source[at:]))
    return "".join(pieces)


def _printed(sign: re.Match[str]) -> str:
    """An escape of docxtpl's for literal braces, turned into an expression so that it never touches a value."""
    return f'{{{{ "{_LITERAL_SIGNS[sign[0]]}" }}}}'


def _with_places(source: str) -> tuple[str, tuple[int, ...]]:
    """A new line before each paragraph, and which paragraph each line comes from; line 1 is the part's beginning."""
    numbers = [0]

    def place(match: re.Match[str]) -> str:
        numbers.append(int(match[2] or match[4]))
        return f"{_NEW_LINE}{match[3]} " if match[3] else f"{_NEW_LINE}<w:p{match[1]}"

    return _PLACES.sub(place, source), tuple(numbers)


def _leftover_line(language: TemplateLanguage, source: str) -> int | None:
    """The line of literal text that still holds braces of a tag."""
    texts = language.parse(source).find_all(nodes.TemplateData)
    return next((text.lineno for text in texts if BRACES.search(text.data)), None)
