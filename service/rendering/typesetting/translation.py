"""The passes that a Word document goes through, for the typesetter and for the linter alike."""

from dataclasses import dataclass

from service.errors import Fault
from service.rendering.typesetting.archive import WordArchive
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.findings import Findings
from service.rendering.typesetting.notes import read_notes
from service.rendering.typesetting.sections import set_document
from service.rendering.typesetting.settings import SettingsReader


@dataclass(frozen=True, slots=True)
class Translation:
    """A document as code: what holds for its footnotes, the statements of its body, and all that stands in the way."""

    composition: Composition
    notes: str
    statements: list[str]
    faults: tuple[Fault, ...]


def translate(word: bytes, findings: Findings | None = None) -> Translation:
    """Take a Word document through every pass; the faults are noted in ``findings`` where these are given.

    Raises:
        DocumentRefused: the file is no sound Word document, so that there is nothing to go through.
    """
    archive = WordArchive(word)
    reader = SettingsReader(archive)
    composition = Composition(archive, reader.read(), findings or Findings())
    notes = read_notes(composition)
    statements = set_document(composition)
    return Translation(composition, notes, statements, (*reader.faults, *composition.findings.faults))
