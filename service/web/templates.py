"""POST /v1/templates/lint: a Word template in, its faults out."""

from aiohttp import web

from schemas.results.templates import lint_json
from service.web.answers import DOCX, bytes_answer, json_answer
from service.web.keys import CALLER, TEMPLATES


async def lint_template(request: web.Request) -> web.Response:
    """Lint the Word file in the body; ``Accept`` of the Word media type gets the file with a comment at each fault."""
    template = request.query.get("template", "")
    report = await request.app[TEMPLATES].lint(await request.read(), template, request[CALLER])
    if DOCX in request.headers.get("Accept", ""):
        return bytes_answer(request, report.annotated, "annotated.docx")
    return json_answer(lint_json(report))
