"""preview and file: the pages a person asks for, as drafts or signed."""

import argparse
import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.app import open_desks
from service.commands.files import FileRefused, read_exhibits, read_facts, write_together
from service.commands.progress import progress
from service.commands.speaking import Spoken
from service.desk.caller import LOCAL_OPERATOR
from service.desk.previews import MadePreview
from service.desk.releases import Released
from service.desk.submissions import SentCase
from service.errors import FilingError
from service.pipeline import Progress
from service.settings import Settings
from service.signing.sealing import COURT, EMPLOYER, RECORD

_CONTAINERS = tuple(f"{audience}.asice" for audience in (COURT, EMPLOYER, RECORD))


def preview(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Write the draft packet and each draft document, every page marked DRAFT."""
    sent = _sent_case(options)
    with progress() as report:
        made = asyncio.run(_preview(sent, settings, report))
    write_together(options.out, made.files)
    answer = {"id": made.preview.id, **made.preview.shown}
    return Spoken(answer=answer, words="\n".join(str(options.out / name) for name in made.files))


def file(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Prepare, release and write the signed containers: all of them, or a refusal that names the filing kept.

    Raises:
        FileRefused: the folder holds bundles already, and nothing is filed; or it cannot be written, and the filing is
            released and kept all the same.
    """
    sent = _sent_case(options)
    _require_room(options.out, replace=options.replace)
    with progress() as report:
        released, containers = asyncio.run(_file(sent, settings, report))
    names = {f"{audience}.asice": content for audience, content in containers.items()}
    try:
        write_together(options.out, names, outdated=_CONTAINERS)
    except FilingError as error:
        raise _kept_but_not_written(released, error) from error
    words = [str(options.out / name) for name in names]
    words += [f"{item['code']}: {item['statement']}" for item in released.receipt["warnings"]]
    return Spoken(answer=released.receipt, words="\n".join([*words, released.receipt["seal"]["trust"]]))


def _require_room(directory: Path, *, replace: bool) -> None:
    """Refuse, before anything is filed, to write over the bundles of another filing."""
    if directory.exists() and not directory.is_dir():
        raise FileRefused(f"{directory} is no folder; nothing was filed. Name a folder for the bundles.")
    there = [name for name in _CONTAINERS if (directory / name).exists()]
    if there and not replace:
        raise FileRefused(
            f"{directory} holds {' and '.join(there)} of an earlier filing; nothing was filed. "
            "Name another folder, or give --replace to write over them: that makes another released filing."
        )


async def _preview(sent: SentCase, settings: Settings, report: Progress) -> MadePreview:
    async with open_desks(settings, in_this_process=True, progress=report) as desks:
        return await desks.previews.create(sent, LOCAL_OPERATOR)


async def _file(sent: SentCase, settings: Settings, report: Progress) -> tuple[Released, Mapping[str, bytes]]:
    async with open_desks(settings, in_this_process=True, progress=report) as desks:
        released = await desks.releases.file(sent, LOCAL_OPERATOR)
        try:
            containers = {
                audience: await desks.filings.container(released.filing_id, audience, LOCAL_OPERATOR)
                for audience in released.receipt["bundles"]
            }
        except FilingError as error:
            raise _kept_but_not_written(released, error) from error
        return released, containers


def _kept_but_not_written(released: Released, error: FilingError) -> FilingError:
    """The same refusal, for whoever must not file a second time what is filed already."""
    containers = " and ".join(
        f"/v1/filings/{released.filing_id}/bundles/{name}" for name in released.receipt["bundles"]
    )
    message = (
        f"{error.message} The filing was released and is kept as {released.filing_id}, so do not file it again: "
        f"start ocse-filings serve and fetch {containers}."
    )
    return type(error)(message, error.faults)


def _sent_case(options: argparse.Namespace) -> SentCase:
    facts: dict[str, Any] = read_facts(options.facts)
    exhibits = read_exhibits(facts, options.exhibits)
    return SentCase(facts=facts, exhibits=exhibits, overrides=_overrides(options.override))


def _overrides(given: list[str]) -> dict[str, str]:
    overrides: dict[str, str] = {}
    for text in given:
        gate, equals, reason = text.partition("=")
        if not equals or gate in overrides:
            raise FileRefused('Give each override once, as --override G07="the attorney\'s reason".')
        overrides[gate] = reason
    return overrides
