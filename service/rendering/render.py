"""A draft → its Word document and the PDF that says the same."""

from service.drafting.draft import Draft
from service.rendering.document import RenderedDocument
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.engine import typeset
from service.rendering.word.templates import WordTemplates


def render(draft: Draft, templates: WordTemplates) -> RenderedDocument:
    """Fill in the draft's template and typeset the result.

    Raises:
        TemplateRefused: The template cannot be filled in from this draft.
        DocumentRefused: The Word document holds what the typesetter would have to drop.
        ParityFailed: The PDF does not say exactly what the Word document says.
    """
    word = templates.render(draft)
    typeset_document = typeset(word)
    parity = check_parity(word, typeset_document.pdf)
    return RenderedDocument(
        plan=draft.plan,
        word=word,
        pdf=typeset_document.pdf,
        pages=parity.pages,
        profile=typeset_document.profile,
        template_digest=templates.digest(draft.template),
        parity=parity,
    )
