"""Drafts → Word documents: templates compiled once, filled in on any number of threads."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from docxtpl import DocxTemplate
from lxml import etree

from service.drafting.draft import Draft
from service.errors import Fault, TemplateRefused
from service.rendering.word.compiling import CORE_PROPERTIES, NUMBERING, CompiledPart, CompiledWord, compile_word
from service.rendering.word.faults import render_faults
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.lists import number_turns
from service.rendering.word.package import CONTENT_TYPES, pack, relations_of
from service.rendering.word.runs import PICTURES, PlacedPictures, with_relations, with_types
from service.rendering.word.text import DOCUMENT
from service.rendering.word.trace import TracedDocument, TracedPart, TracedTemplate, trace, traced_template

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_EMPTY_CELL_ENDS: Final = ("<w:tc></w:tc>", "</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "</w:tbl></w:tc>")
_CELL_END: Final = "</w:tc>"
_EMPTY_STORY: Final = re.compile(r"(<w:(hdr|ftr|footnote)(?: [^<>]*)?>)(?=</w:\2>)")
_ROWLESS: Final = re.compile(r"</w:tblGrid></w:tbl>|<w:tr(?: [^<>]*)?>(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?</w:tr>")
_DRAWING_ID: Final = re.compile(r'(<wp:docPr\b[^<>]*? id=")\d+(")')
_FIRST_DRAWING_ID: Final = 1001
_PARAGRAPH: Final = re.compile("<w:p(?=[ />])")


class WordTemplates:
    """The Word templates of a directory. Only compiled, immutable templates are kept, never a document object."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._language = TemplateLanguage()
        self._compiled: dict[str, CompiledWord] = {}
        self._traced: dict[str, tuple[TracedTemplate, ...]] = {}

    def names(self) -> tuple[str, ...]:
        """The templates there are, in order of name."""
        return tuple(sorted(path.stem for path in self._directory.glob("*.docx") if _NAME.fullmatch(path.stem)))

    def compile_all(self) -> None:
        """Compile every template now, so that faults show at start and no request waits.

        Raises:
            TemplateRefused: The faults of all templates, each part led by its template's name.
        """
        faults: list[Fault] = []
        for name in self.names():
            try:
                self._traceable(name)
            except TemplateRefused as refused:
                faults += refused.faults
        if faults:
            raise TemplateRefused("Word templates cannot be used.", faults)

    def digest(self, template: str) -> str:
        """SHA-256 of the template's file, as it was when it was compiled.

        Raises:
            TemplateRefused: There is no such template, or it cannot be compiled.
        """
        return self._template(template).digest

    def render(self, draft: Draft) -> bytes:
        """The draft as a Word document (DOCX); the same draft gives the same bytes.

        Raises:
            TemplateRefused: The template names what the draft does not hold, or a value cannot be printed; every
                absent name, with part and paragraph.
        """
        compiled = self._template(draft.template)
        try:
            return _fill_in(compiled, _context(draft))
        except TemplateRefused as refused:
            raise _naming(draft.template, refused) from None

    def trace(self, draft: Draft) -> TracedDocument:
        """What of its context each paragraph of the draft's Word document comes from, by part and number there.

        Raises:
            TemplateRefused: There is no such template, or it cannot be compiled.
        """
        context = _context(draft)
        main, *others = [_numbered_as_finished(trace(part, context)) for part in self._traceable(draft.template)]
        return TracedDocument(main=main, others=tuple(others))

    def _traceable(self, name: str) -> tuple[TracedTemplate, ...]:
        """The parts of a template that hold paragraphs, its running text first."""
        if name not in self._traced:
            parts = {part.name: part for part in self._template(name).parts if part.name != CORE_PROPERTIES}
            if DOCUMENT not in parts:
                message = "Save the template in Word again."
                fault = Fault(code="main_part_elsewhere", message=message, part=f"{name}.docx")
                raise TemplateRefused(f"A Word template keeps its text elsewhere than in {DOCUMENT}.", [fault])
            ordered = (parts.pop(DOCUMENT), *parts.values())
            self._traced[name] = tuple(traced_template(part, self._language) for part in ordered)
        return self._traced[name]

    def _template(self, name: str) -> CompiledWord:
        """Two threads may compile the same template at first; either result serves both."""
        compiled = self._compiled.get(name)
        if compiled is None:
            path = self._directory / f"{name}.docx"
            if not _NAME.fullmatch(name) or not path.is_file():
                fault = Fault(code="template_missing", message=f"There is no Word template “{name}”.")
                raise TemplateRefused("A Word template is missing.", [fault])
            try:
                compiled = compile_word(path.read_bytes(), self._language)
            except TemplateRefused as refused:
                raise _naming(name, refused) from refused
            self._compiled[name] = compiled
        return compiled


def _context(draft: Draft) -> dict[str, Any]:
    given = draft.context.get("document", {})
    document = {"title": draft.plan.title, "name": draft.plan.name, "dated": draft.dated.isoformat()}
    return {**draft.context, "document": {**given, **document}}


def _numbered_as_finished(traced: TracedPart) -> TracedPart:
    numbers = _numbers_when_finished(traced.printed)
    if numbers is None:
        return traced
    return replace(
        traced, paragraphs=tuple(replace(each, number=numbers[each.number - 1]) for each in traced.paragraphs)
    )


def _numbers_when_finished(rendered: str) -> list[int] | None:
    """The numbers, from 1, that the paragraphs of a filled-in part have once those that Word needs stand with them.

    ``None`` where it needs none.
    """
    if _with_needed_paragraphs(rendered) == rendered:
        return None
    finished = _with_needed_paragraphs(_PARAGRAPH.sub('<w:p traced=""', rendered))
    beginnings = enumerate(_PARAGRAPH.finditer(finished), start=1)
    return [number for number, begins in beginnings if finished.startswith(' traced=""', begins.end())]


def _naming(name: str, refused: TemplateRefused) -> TemplateRefused:
    """The same refusal with every part led by the file that holds it."""
    faults = [replace(fault, part="/".join(filter(None, (f"{name}.docx", fault.part)))) for fault in refused.faults]
    return TemplateRefused(refused.message, faults)


def _fill_in(compiled: CompiledWord, context: Mapping[str, Any]) -> bytes:
    faults: list[Fault] = []
    entries: list[tuple[str, bytes]] = []
    drawings = count(_FIRST_DRAWING_ID)
    pictures = {part.name: PlacedPictures() for part in compiled.parts if part.prints_runs}
    for part in compiled.parts:
        try:
            rendered = part.template.render({**context, PICTURES: pictures.get(part.name)})
        except Exception as error:  # noqa: BLE001 - a template may fail in any way; none may pass, or say a value
            faults += render_faults(error, part, context)
            continue
        if compiled.lists is not None and part.restarts_lists:
            rendered, numbering = number_turns(rendered, compiled.lists)
            entries.append((NUMBERING, f"{_DECLARATION}{numbering}".encode()))
        content, fault = _finished(part, rendered, drawings)
        faults += [fault] if fault else []
        entries.append((part.name, content))
    if faults:
        raise TemplateRefused("The Word template could not be filled in.", faults)
    return pack(compiled.unchanging, [*_extended(compiled, pictures), *entries])


def _extended(compiled: CompiledWord, pictures: Mapping[str, PlacedPictures]) -> Iterator[tuple[str, bytes]]:
    """Content types, relationships and media, with what was printed as pictures."""
    media = {f"word/media/{name}": content for placed in pictures.values() for name, content in placed.media.items()}
    if CONTENT_TYPES in compiled.extended:
        yield CONTENT_TYPES, with_types(compiled.extended[CONTENT_TYPES], media)
    for part, placed in pictures.items():
        listing = compiled.extended.get(relations_of(part))
        if listing is not None or placed.relations:
            yield relations_of(part), with_relations(listing, placed)
    yield from sorted(media.items())


def _finished(part: CompiledPart, rendered: str, drawings: Iterator[int]) -> tuple[bytes, Fault | None]:
    """What Word demands of a part and conditions may have taken away; then strict parsing."""
    rendered = _with_needed_paragraphs(rendered)
    if part.numbers_drawings:
        rendered = _DRAWING_ID.sub(lambda match: f"{match[1]}{next(drawings)}{match[2]}", rendered)
    if part.columns_vary:
        # docxtpl fits the grid to the columns; it parses leniently, so what it is given is parsed strictly before.
        if fault := _malformed(part, rendered.encode()):
            return b"", fault
        rendered = etree.tostring(DocxTemplate(io.BytesIO()).fix_tables(rendered), encoding="unicode")
    content = f"{_DECLARATION}{rendered}".encode()
    if _ROWLESS.search(rendered):
        message = "A table lost all its rows, or a row all its cells: put the condition around the whole table or row."
        return content, Fault(code="table_emptied", message=message, part=part.name)
    return content, _malformed(part, content)


def _with_needed_paragraphs(rendered: str) -> str:
    """Word refuses a cell, header, footer or note without a paragraph at its end; plain searches are fastest here."""
    for end in _EMPTY_CELL_ENDS:
        rendered = rendered.replace(end, f"{end.removesuffix(_CELL_END)}<w:p/>{_CELL_END}")
    if rendered.endswith(("</w:hdr>", "</w:ftr>", "</w:footnotes>")):
        rendered = _EMPTY_STORY.sub(r"\1<w:p/>", rendered)
    return rendered


def _malformed(part: CompiledPart, content: bytes) -> Fault | None:
    """Read by expat, which builds no tree: nobody asks for one here."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(content, True)  # noqa: FBT003 - the whole of it
    except expat.ExpatError:
        message = "The filled-in part is not well-formed: a condition or loop cuts through a paragraph, cell or row."
        return Fault(code="not_well_formed", message=message, part=part.name)
    return None
