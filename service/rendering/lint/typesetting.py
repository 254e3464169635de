"""What the typesetter refuses in a document, each fault at the paragraph's number in the Word file."""

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from service.errors import DocumentRefused, Fault
from service.rendering.lint.word_file import OpenedWord
from service.rendering.typesetting.engine import typeset
from service.rendering.typesetting.findings import Findings
from service.rendering.typesetting.translation import translate
from service.rendering.word.tags import NUMBER_ATTRIBUTE, W


class _NumberedFindings(Findings):
    """Reads the paragraphs' own numbers, for the typesetter passes over some that the file counts."""

    def enter_paragraph(self, paragraph: etree._Element) -> None:
        super().enter_paragraph(paragraph)
        self._paragraph = int(paragraph.get(NUMBER_ATTRIBUTE, "0")) or None


def typesetting_faults(opened: OpenedWord, sample: bytes) -> list[Fault]:
    """Everything that keeps ``sample``, the file with sample words and numbered paragraphs, from being typeset."""
    return list(_at_their_tables(_refusals(sample), opened))


def _refusals(sample: bytes) -> tuple[Fault, ...]:
    try:
        faults = translate(sample, _NumberedFindings()).faults
        if not faults:
            typeset(sample)
    except DocumentRefused as refused:
        return refused.faults
    return faults


def _at_their_tables(faults: Iterable[Fault], opened: OpenedWord) -> Iterable[Fault]:
    """A table is refused as a whole while the paragraph before it is still the last one read."""
    firsts = {
        (part, int(first.get(NUMBER_ATTRIBUTE, "0")))
        for part, root in opened.stories.items()
        for table in root.iter(W + "tbl")
        if (first := next(table.iter(W + "p"), None)) is not None
    }
    for fault in faults:
        of_table = fault.code == "table" or (fault.code.startswith("unsupported_") and "table" in fault.message)
        number = (fault.paragraph or 0) + 1
        yield replace(fault, paragraph=number) if of_table and (fault.part, number) in firsts else fault
