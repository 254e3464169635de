"""Answers: JSON and bytes with the headers every answer about a case carries."""

import base64
import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from service.web.preferences import has_already

ASICE = "application/vnd.etsi.asic-e+zip"
JSON = "application/json"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {".pdf": PDF, ".docx": DOCX, ".asice": ASICE, ".png": "image/png"}


def json_answer(
    body: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A JSON answer that no cache may keep."""
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(),
        status=status,
        content_type=JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def bytes_answer(
    request: web.Request,
    content: bytes,
    file_name: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """A file with its name, entity tag and digest (RFC 9530); 304 when the caller has these very bytes."""
    sha256 = hashlib.sha256(content).digest()
    every = {
        "Cache-Control": "no-store",
        "ETag": f'"{sha256.hex()}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(sha256).decode()}:",
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "X-Content-Type-Options": "nosniff",
        **(headers or {}),
    }
    if status is HTTPStatus.OK and has_already(request, sha256.hex()):
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=every)
    media_type = MEDIA_TYPES[file_name[file_name.rindex(".") :]]
    return web.Response(body=content, status=status, content_type=media_type, headers=every)
