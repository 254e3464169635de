"""What may be filed, where, in what form, and whom to trust."""

from importlib.resources import files

from aiohttp import web

from schemas.json_schema import SCHEMA_NAMES, json_schema
from schemas.results.catalogue import court_json, courts_json, kinds_json
from service.errors import NotFound
from service.web.answers import json_answer
from service.web.app_keys import TRUST_ROOTS


async def kinds(_request: web.Request) -> web.Response:
    """The kinds of filing and the documents each consists of."""
    return json_answer(kinds_json())


async def schema(request: web.Request) -> web.Response:
    """One JSON Schema (2020-12) by name."""
    name = request.match_info["name"]
    if name not in SCHEMA_NAMES:
        raise NotFound(f"There is no schema of this name; there are {', '.join(sorted(SCHEMA_NAMES))}.")
    return json_answer(json_schema(name))


async def courts(_request: web.Request) -> web.Response:
    """The 75 circuit-court counties."""
    return json_answer(courts_json())


async def court(request: web.Request) -> web.Response:
    """One county's court and the profile its filings follow."""
    return json_answer(court_json(request.match_info["county"]))


async def trust(request: web.Request) -> web.Response:
    """The root certificate in PEM form, to be given to whoever verifies bundles."""
    return web.Response(
        body=request.app[TRUST_ROOTS],
        content_type="application/x-pem-file",
        headers={"Content-Disposition": 'attachment; filename="root.pem"'},
    )


async def verifier(_request: web.Request) -> web.Response:
    """The program that checks a bundle by itself, in one file, for whoever does not want to rely on this service."""
    return web.Response(
        body=files("service.signing").joinpath("verify_bundle.py").read_bytes(),
        content_type="text/x-python",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="verify_bundle.py"'},
    )
