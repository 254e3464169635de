"""The only place that wires concrete parts: desks over storage, key and rendering processes; the web application."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from aiohttp import web

from service.assembling.exhibits.policy import ExhibitLimits
from service.clock import Clock, system_clock
from service.confirmed_law import load_confirmations
from service.desk.access import AccessDesk
from service.desk.cabinet import FilingCabinet
from service.desk.conversions import ConversionDesk
from service.desk.filings import FilingDesk
from service.desk.preparation import PreparationDesk
from service.desk.previews import PreviewDesk
from service.desk.reception import Reception
from service.desk.releases import ReleaseDesk
from service.desk.repeats import RepeatDesk
from service.desk.templates import TemplateDesk
from service.desk.verifications import VerificationDesk
from service.desk.workplace import Workplace
from service.errors import TemplateRefused
from service.law.confirmations import Confirmations
from service.pipeline import Progress
from service.rendering.libreoffice import LibreOffice
from service.rendering.word.templates import WordTemplates
from service.sealing_setup import (
    TrustedRoots,
    announcement,
    load_sealing_policy,
    load_signing_key,
    load_trusted_roots,
)
from service.settings import Settings
from service.signing.keys import SigningKey, trust_roots_pem
from service.storage.encryption import load_or_make_storage_key
from service.storage.store import Storage
from service.web import app_keys
from service.web.access import access
from service.web.metrics import METRICS, Metrics, measured
from service.web.problems import problems
from service.web.request_log import logged
from service.web.routes import ROUTES
from service.work.drafting_room import DraftingRoom
from service.work.libraries import set_aside_what_stays
from service.work.pool import RenderingPool
from service.work.runner import InThisProcess, Runner
from service.work.tasks import WorkshopPlan, close_workshop, open_workshop
from service.work.versions import component_versions
from templates import templates_root

MEGABYTE = 1024 * 1024
POINTS_AN_INCH = 72
PURGE_EVERY = timedelta(minutes=15)
# A rendering process is replaced after so many tasks, so that nothing it holds can grow without end.
TASKS_A_PROCESS = 20_000
_PRELOADED = ("service.work.tasks",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Everything a border, web or command line, may ask."""

    access: AccessDesk
    conversions: ConversionDesk
    filings: FilingDesk
    preparation: PreparationDesk
    previews: PreviewDesk
    reception: Reception
    releases: ReleaseDesk
    repeats: RepeatDesk
    templates: TemplateDesk
    verifications: VerificationDesk
    cabinet: FilingCabinet
    storage: Storage
    key: SigningKey
    roots: TrustedRoots


def fallback_engine(settings: Settings) -> LibreOffice | None:
    """LibreOffice, where it is configured."""
    if settings.libreoffice is None:
        return None
    return LibreOffice(program=settings.libreoffice, deadline_s=float(settings.deadline_s))


def open_storage(settings: Settings) -> Storage:
    """The storage under the state directory, made on first use."""
    keys_dir = settings.state_dir / "keys"
    return Storage.open(settings.state_dir / "filings", load_or_make_storage_key(keys_dir))


@asynccontextmanager
async def open_desks(
    settings: Settings,
    *,
    in_this_process: bool = False,
    progress: Progress | None = None,
    clock: Clock = system_clock,
) -> AsyncIterator[Desks]:
    """Open storage, key and rendering, and close them in reverse order.

    Args:
        settings: how this installation runs.
        in_this_process: render here and now, for the command line, instead of in the pool.
        progress: hears the name of each stage when rendering in this process.
        clock: tells the time.
    """
    key = await asyncio.to_thread(load_signing_key, settings, clock())
    roots = await asyncio.to_thread(load_trusted_roots, settings, key)
    storage = await asyncio.to_thread(open_storage, settings)
    async with AsyncExitStack() as stack:
        stack.callback(storage.close)
        confirmed = load_confirmations(settings)
        plan = workshop_plan(settings, clock, confirmed)
        if in_this_process:
            runner: Runner = stack.enter_context(_workshop_here(plan, progress))
        else:
            runner = await stack.enter_async_context(_rendering_pool(settings, plan))
        reception = Reception(confirmed)
        stack.callback(reception.close)
        yield _desks(settings, key, roots, storage, reception, runner, plan, clock)


@contextmanager
def _workshop_here(plan: WorkshopPlan, progress: Progress | None) -> Iterator[Runner]:
    open_workshop(plan, progress)
    try:
        yield InThisProcess()
    finally:
        close_workshop()


@asynccontextmanager
async def _rendering_pool(settings: Settings, plan: WorkshopPlan) -> AsyncIterator[Runner]:
    await asyncio.to_thread(_require_templates, plan.templates_dir)
    pool = await RenderingPool.open(
        places=settings.workers,
        queue_limit=settings.queue_limit,
        setup=open_workshop,
        setup_arguments=(plan,),
        preload=_PRELOADED,
        max_tasks=TASKS_A_PROCESS,
    )
    set_aside_what_stays()
    try:
        yield pool
    finally:
        await pool.close()


def _require_templates(directory: Path) -> None:
    """Refuse faulty or missing templates before serving; a process of the pool could only die of them.

    Raises:
        TemplateRefused: a template is faulty, or the folder lacks one of those that are shipped.
    """
    templates = WordTemplates(directory)
    templates.compile_all()
    missing = set(WordTemplates(templates_root() / "filings").names()) - set(templates.names())
    if missing:
        raise TemplateRefused(f"{directory} lacks the templates {', '.join(sorted(missing))}; copy those shipped.")


def workshop_plan(settings: Settings, clock: Clock, confirmed: Confirmations) -> WorkshopPlan:
    """What each rendering process is told."""
    directory = settings.templates_dir or templates_root() / "filings"
    return WorkshopPlan(
        templates_dir=directory,
        limits=exhibit_limits(settings),
        load_key=partial(load_signing_key, settings, clock()),
        load_policy=partial(load_sealing_policy, settings),
        fallback=fallback_engine(settings),
        versions=component_versions(directory, confirmed),
    )


def exhibit_limits(settings: Settings) -> ExhibitLimits:
    """What one exhibit may ask for on this installation."""
    return ExhibitLimits(
        max_bytes=settings.exhibit_mb * MEGABYTE,
        max_pages=settings.exhibit_pages,
        max_objects=settings.exhibit_objects,
        max_bookmarks=settings.exhibit_bookmarks,
        max_stream_bytes=settings.exhibit_stream_mb * MEGABYTE,
        max_total_bytes=settings.exhibit_unpacked_mb * MEGABYTE,
        max_drawing_bytes=settings.exhibit_drawing_mb * MEGABYTE,
        min_side_points=settings.exhibit_least_inches * POINTS_AN_INCH,
        max_side_points=settings.exhibit_most_inches * POINTS_AN_INCH,
        max_pixels=settings.exhibit_megapixels * 1_000_000,
        timeout_s=settings.exhibit_timeout_s,
        memory_bytes=settings.exhibit_memory_mb * MEGABYTE,
    )


def _desks(
    settings: Settings,
    key: SigningKey,
    roots: TrustedRoots,
    storage: Storage,
    reception: Reception,
    runner: Runner,
    plan: WorkshopPlan,
    clock: Clock,
) -> Desks:
    cabinet = FilingCabinet(storage, clock)
    deadline_s = float(settings.deadline_s)
    room = DraftingRoom(runner, deadline_s=deadline_s)
    kept_for = timedelta(hours=settings.preview_hours)
    workplace = Workplace(reception=reception, room=room, cabinet=cabinet, versions=plan.versions)
    return Desks(
        access=AccessDesk(storage, clock),
        conversions=ConversionDesk(runner, deadline_s=deadline_s),
        filings=FilingDesk(cabinet),
        preparation=PreparationDesk(workplace),
        previews=PreviewDesk(workplace, kept_for=kept_for),
        reception=reception,
        releases=ReleaseDesk(workplace),
        repeats=RepeatDesk(storage, clock),
        templates=TemplateDesk(runner, deadline_s=deadline_s),
        verifications=VerificationDesk(cabinet, roots.signers, roots.time, runner, deadline_s=deadline_s),
        cabinet=cabinet,
        storage=storage,
        key=key,
        roots=roots,
    )


def build_app(settings: Settings, *, clock: Clock = system_clock, in_this_process: bool = False) -> web.Application:
    """The web application; its parts open when it starts and close when it stops.

    Args:
        settings: how this installation runs.
        clock: tells the time.
        in_this_process: render on the event loop, for tests that need no second process.
    """
    app = web.Application(
        middlewares=[logged, measured, problems, access], client_max_size=settings.body_limit_mb * MEGABYTE
    )
    app[METRICS] = Metrics()
    app.add_routes(ROUTES)

    async def opened(app: web.Application) -> AsyncIterator[None]:
        async with open_desks(settings, clock=clock, in_this_process=in_this_process) as desks:
            app[app_keys.ACCESS] = desks.access
            app[app_keys.CONVERSIONS] = desks.conversions
            app[app_keys.FILINGS] = desks.filings
            app[app_keys.PREPARATION] = desks.preparation
            app[app_keys.PREVIEWS] = desks.previews
            app[app_keys.RECEPTION] = desks.reception
            app[app_keys.RELEASES] = desks.releases
            app[app_keys.REPEATS] = desks.repeats
            app[app_keys.TEMPLATES] = desks.templates
            app[app_keys.VERIFICATIONS] = desks.verifications
            app[app_keys.ANNOUNCEMENT] = announcement(desks.key, load_sealing_policy(settings), clock())
            app[app_keys.TRUST_ROOTS] = trust_roots_pem(desks.key, desks.roots.former)
            await desks.preparation.settle()
            purging = asyncio.create_task(_purge_regularly(desks.cabinet))
            yield
            purging.cancel()
            await desks.preparation.close()

    app.cleanup_ctx.append(opened)
    return app


async def _purge_regularly(cabinet: FilingCabinet) -> None:
    while True:
        await cabinet.purge()
        await asyncio.sleep(PURGE_EVERY.total_seconds())
