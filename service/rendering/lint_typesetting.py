"""What the typesetter refuses in a document, each fault at the paragraph's number in the Word file."""

from lxml import etree

from service.errors import DocumentRefused, Fault
from service.rendering.typesetting.archive import WordArchive
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.engine import typeset
from service.rendering.typesetting.findings import Findings
from service.rendering.typesetting.notes import read_notes
from service.rendering.typesetting.sections import set_document
from service.rendering.typesetting.settings import SettingsReader
from service.rendering.word_tags import NUMBER_ATTRIBUTE


class _NumberedFindings(Findings):
    """Reads the paragraphs' own numbers, for the typesetter passes over some that the file counts."""

    def enter_paragraph(self, paragraph: etree._Element) -> None:
        super().enter_paragraph(paragraph)
        self._paragraph = int(paragraph.get(NUMBER_ATTRIBUTE, "0")) or None


def typesetting_faults(sample: bytes) -> tuple[Fault, ...]:
    """Everything that keeps a document with numbered paragraphs from being typeset."""
    try:
        archive = WordArchive(sample)
        reader = SettingsReader(archive)
        composition = Composition(archive, reader.read())
        composition.findings = _NumberedFindings()
        read_notes(composition)
        set_document(composition)
        faults = (*reader.faults, *composition.findings.faults)
        if not faults:
            typeset(sample)
    except DocumentRefused as refused:
        return refused.faults
    return faults
