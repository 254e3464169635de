"""A draft becomes a Word document and a PDF of one and the same text."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from service.drafting.draft import Draft
from service.rendering.render import render
from service.rendering.word.templates import WordTemplates


def test_a_draft_is_rendered_in_both_forms_with_the_digest_of_its_template(
    sample_directory: Path,
    sample_templates: WordTemplates,
    draft_of: Callable[..., Draft],
    sample_context: Callable[[str], dict[str, Any]],
) -> None:
    draft = draft_of("sample", **sample_context("Pulaski "))
    rendered = render(draft, sample_templates)
    assert rendered.plan is draft.plan
    assert rendered.word == sample_templates.render(draft)
    assert rendered.pdf.startswith(b"%PDF-")
    assert rendered.pages == 4
    assert "PDF/UA-1" in rendered.profile
    assert rendered.template_digest == hashlib.sha256((sample_directory / "sample.docx").read_bytes()).hexdigest()
    assert render(draft, sample_templates) == rendered
