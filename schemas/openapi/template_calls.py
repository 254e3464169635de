"""Calls about Word templates."""

from schemas.openapi.calls import DOCX, JSON, Call
from schemas.results.templates import LintReportSchema
from service.storage.credentials import Scope

TEMPLATE_CALLS = (
    Call(
        name="lintTemplate",
        method="post",
        path="/v1/templates/lint",
        tag="Templates",
        summary="Everything wrong with a Word template or document, at once, each fault with its place",
        description=(
            "Faults of the template language, names that no draft gives, what the typesetter refuses, and what readers "
            "who cannot see the page would miss. Nothing is kept."
        ),
        scopes=[Scope.TEMPLATES],
        parameters=["Template"],
        body={"required": True, "content": {DOCX: {}}},
        answers={
            "200": {
                "description": "The report; under Accept of the Word media type the file with a comment at each fault.",
                "content": {JSON: {"schema": LintReportSchema}, DOCX: {}},
            }
        },
        problems=[413, 422, 429, 503],
    ),
)
