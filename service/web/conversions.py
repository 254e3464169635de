"""POST /v1/conversions: an attorney's Word file in, its PDF out."""

from aiohttp import web

from service.web.answers import bytes_answer
from service.web.app_keys import CALLER, CONVERSIONS


async def create_conversion(request: web.Request) -> web.Response:
    """Convert the Word file in the body; headers say which engine made the PDF and what it conforms to."""
    conversion = await request.app[CONVERSIONS].convert(await request.read(), request[CALLER])
    headers = {
        "Conversion-Engine": conversion.engine.value,
        "Conversion-Profile": conversion.profile,
        "Conversion-Compared": "yes" if conversion.compared else "no",
    }
    return bytes_answer(request, conversion.pdf, "document.pdf", headers=headers)
