"""/openapi.json, and /docs: the same calls for people, in one page that loads nothing else."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.openapi import openapi_document
from service import __version__
from service.web.answers import json_answer
from templates import templates_root

_CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


async def openapi(_request: web.Request) -> web.Response:
    """The OpenAPI 3.1 document."""
    return json_answer(openapi_document(__version__))


async def docs(request: web.Request) -> web.Response:
    """The calls as a readable page."""
    document = openapi_document(__version__)
    page = _PAGES.get_template("docs.html").render(
        title=document["info"]["title"],
        version=document["info"]["version"],
        description=document["info"]["description"],
        base=f"{request.scheme}://{request.host}",
        groups=_grouped(document),
    )
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": _CONTENT_POLICY})


async def index(_request: web.Request) -> web.Response:
    """People who open the address itself are shown the calls."""
    raise web.HTTPFound("/docs")


_PAGES = Environment(loader=FileSystemLoader(templates_root() / "web"), autoescape=True, undefined=StrictUndefined)


def _grouped(document: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups[operation["tags"][0]].append(_operation(document, method.upper(), path, operation))
    return list(groups.items())


def _operation(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [_resolved(document, parameter) for parameter in operation.get("parameters", [])]
    responses = {status: _resolved(document, answer) for status, answer in operation["responses"].items()}
    return {
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "parameters": [
            {"name": item["name"], "where": item["in"], "description": item.get("description", "")}
            for item in parameters
        ],
        "bodies": list(operation.get("requestBody", {}).get("content", {})),
        "responses": [
            {
                "status": f"{status} {HTTPStatus(int(status)).phrase}",
                "description": answer["description"],
                "media": ", ".join(answer.get("content", {})),
            }
            for status, answer in responses.items()
        ],
    }


def _resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    target: dict[str, Any] = document
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return target
