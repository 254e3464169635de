"""preview and file: the pages a person asks for."""

import argparse
import asyncio
from collections.abc import Mapping
from typing import Any

from service.app import open_desks
from service.commands.files import FileRefused, read_exhibits, read_facts, write_together
from service.commands.progress import progress
from service.commands.speaking import Spoken
from service.desk.caller import LOCAL_OPERATOR
from service.settings import Settings


def preview(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Write the draft packet and each draft document, every page marked DRAFT."""
    facts = read_facts(options.facts)
    exhibits = read_exhibits(facts, options.exhibits)
    with progress() as report:
        answer, files = asyncio.run(_preview(facts, exhibits, settings, report))
    write_together(options.out, files)
    return Spoken(answer=answer, words="\n".join(str(options.out / name) for name in files))


def file(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Prepare, release and write the signed containers, all or nothing."""
    facts = read_facts(options.facts)
    exhibits = read_exhibits(facts, options.exhibits)
    overrides = _overrides(options.override)
    with progress() as report:
        receipt, containers = asyncio.run(_file(facts, exhibits, overrides, settings, report))
    names = {f"{audience}.asice": content for audience, content in containers.items()}
    write_together(options.out, names)
    words = [str(options.out / name) for name in names]
    words += [f"{item['code']}: {item['statement']}" for item in receipt["warnings"]]
    return Spoken(answer=receipt, words="\n".join([*words, receipt["seal"]["trust"]]))


async def _preview(
    facts: dict[str, Any], exhibits: dict[str, bytes], settings: Settings, report: Any
) -> tuple[dict[str, Any], dict[str, bytes]]:
    async with open_desks(settings, in_this_process=True, progress=report) as desks:
        answer = await desks.previews.create(facts, exhibits, LOCAL_OPERATOR)
        links = [link for item in answer["documents"] for link in (item["links"]["pdf"], item["links"]["word"])]
        names = [link.rsplit("/", 1)[1] for link in links]
        files = {name: await desks.previews.file(answer["id"], name, LOCAL_OPERATOR) for name in ["packet.pdf", *names]}
        return answer, files


async def _file(
    facts: dict[str, Any], exhibits: dict[str, bytes], overrides: dict[str, str], settings: Settings, report: Any
) -> tuple[Mapping[str, Any], dict[str, bytes]]:
    async with open_desks(settings, in_this_process=True, progress=report) as desks:
        released = await desks.filings.file(facts, exhibits, overrides, LOCAL_OPERATOR)
        containers = {
            audience: await desks.filings.container(released.filing_id, audience, LOCAL_OPERATOR)
            for audience in released.receipt["bundles"]
        }
        return released.receipt, containers


def _overrides(given: list[str]) -> dict[str, str]:
    overrides: dict[str, str] = {}
    for text in given:
        gate, equals, reason = text.partition("=")
        if not equals or gate in overrides:
            raise FileRefused('Give each override once, as --override G07="the attorney\'s reason".')
        overrides[gate] = reason
    return overrides
