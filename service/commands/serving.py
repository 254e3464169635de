"""serve: answer over HTTP."""

import argparse
import dataclasses
import ipaddress
import logging
import sys
import warnings

from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, web

from service.app import build_app, open_storage
from service.commands.files import FileRefused
from service.commands.speaking import Spoken
from service.settings import Settings
from service.web.app_keys import ANNOUNCEMENT


def serve(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Answer until told to stop. While no API key exists only loopback addresses are listened on."""
    given = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    settings = dataclasses.replace(settings, **given)
    _require_loopback_without_keys(settings)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # The event loop shares the interpreter with threads that read facts and disks; it is to wait a millisecond for
    # its turn, not the five that Python grants by default.
    sys.setswitchinterval(0.001)
    # As warnings these would print a part's header, perhaps with a name in it, to the log; as errors they are answered.
    warnings.simplefilter("error", BadContentDispositionHeader)
    warnings.simplefilter("error", BadContentDispositionParam)
    app = build_app(settings)

    def announce(_aiohttps_own_words: str) -> None:
        for line in (*app[ANNOUNCEMENT], f"OCSE Filings answers at http://{settings.host}:{settings.port}/docs"):
            print(line, flush=True)  # noqa: T201

    try:
        web.run_app(app, host=settings.host, port=settings.port, print=announce, access_log=None)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such port"
        raise FileRefused(
            f"The service cannot listen on {settings.host}, port {settings.port}: {reason}. "
            "Choose another: ocse-filings serve --port 8081, or OCSE_PORT."
        ) from None
    return Spoken(answer={"stopped": True}, words="")


def _require_loopback_without_keys(settings: Settings) -> None:
    storage = open_storage(settings)
    try:
        if storage.credentials.any_active() or _is_loopback(settings.host):
            return
    finally:
        storage.close()
    raise FileRefused(
        f"No API key exists, so this service listens on loopback only, not on {settings.host}. "
        "Issue one first: ocse-filings keys issue --label … --scope …"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
