"""POST /v1/templates/lint: a Word template in, its faults out."""

from aiohttp import web

from schemas.results.templates import lint_json
from service.web.answers import DOCX, JSON, bytes_answer, json_answer
from service.web.app_keys import CALLER, TEMPLATES
from service.web.preferences import media_type_asked_for


async def lint_template(request: web.Request) -> web.Response:
    """Lint the Word file in the body; ``Accept`` of the Word media type gets the file with a comment at each fault."""
    template = request.query.get("template", "")
    report = await request.app[TEMPLATES].lint(await request.read(), template, request[CALLER])
    if media_type_asked_for(request, (DOCX, JSON), default=JSON) == DOCX:
        return bytes_answer(request, report.annotated, "annotated.docx")
    return json_answer(lint_json(report))
