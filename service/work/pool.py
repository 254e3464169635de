"""The processes in which pages are made: a bounded queue before a pebble pool, driven from the event loop.

The queue is kept here and not in pebble, so that pebble never holds more tasks than it has processes: a waiting task
can be given up without killing a process, its deadline starts when its work starts, and nothing the event loop calls
ever waits.
"""

import asyncio
import itertools
import multiprocessing
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from service.errors import DeadlinePassed, EngineFailed, QueueFull
from service.work.performance import Performed, begin, perform, ready
from service.work.places import Places

T = TypeVar("T")

STALL_S = 30.0
"""Beyond its deadline a task may take this long, in seconds, to reach a process that is still warming up. After that
the pool is held to be stuck, as when a process was killed while it held a lock of the pool, and is replaced."""

_ATTEMPTS = 2


class Admitted:
    """A request that has its slot in the queue, and may run one task or several at once, begun in their order."""

    def __init__(self, places: Places, turn: int, attempt: Callable[..., Coroutine[Any, Any, Performed[Any]]]) -> None:
        self._places, self._turn, self._attempt = places, turn, attempt
        self._refused: Exception | None = None

    async def run(self, function: Callable[..., T], *arguments: object, deadline_s: float) -> T:
        """What ``function(*arguments)`` returns in one of the processes; function, arguments and result must pickle.

        A process that dies is replaced and the task tried once more. Cancelling the awaiting task ends the work.
        ``deadline_s`` counts the seconds of each try from when a process takes it; waiting in the queue is not counted.
        Once a task of this request has failed, those that still wait are not begun and fail as it did.

        Raises:
            DeadlinePassed: it took longer than ``deadline_s``.
            EngineFailed: the process died twice, or the pool was closed.
            Exception: whatever ``function`` raised, unharmed, with the process's traceback as its cause.
        """
        async with self._places.taken(self._turn):
            if self._refused is not None:
                raise self._refused
            try:
                performed: Performed[T] = await self._attempt(partial(perform, function, *arguments), deadline_s)
                return performed.outcome()
            except Exception as refusal:
                self._refused = refusal
                raise


class RenderingPool:
    """``places`` processes and a queue of at most ``queue_limit`` requests waiting for them.

    Made by :meth:`open` in the event loop that uses it; every method is to be called in that loop.
    """

    def __init__(self, make_processes: Callable[[], ProcessPool], *, places: int, queue_limit: int) -> None:
        self._make_processes = make_processes
        self._capacity = places + queue_limit
        self._in_hand = 0
        self._turns = itertools.count()
        self._places = Places(places)
        self._renewal = asyncio.Lock()
        self._working: dict[Future[Any], ProcessPool] = {}
        self._processes: ProcessPool | None = None
        self._closed = False

    @classmethod
    async def open(
        cls,
        *,
        places: int,
        queue_limit: int,
        setup: Callable[..., object],
        setup_arguments: Sequence[object] = (),
        preload: Sequence[str] = (),
        max_tasks: int = 0,
    ) -> "RenderingPool":
        """Start the processes and wait for one of them to be ready.

        Each process calls ``setup(*setup_arguments)``, which must pickle, before its first task.

        ``preload`` names modules that the fork server imports once for all processes; the first pool of a program
        decides on them. A process is replaced after ``max_tasks`` tasks; 0 keeps it.

        Raises:
            EngineFailed: no process could be started or ``setup`` failed.
        """
        if places < 1 or queue_limit < 0 or max_tasks < 0:
            raise ValueError("a pool has at least one place, and its limits are not negative")
        make = partial(
            ProcessPool,
            max_workers=places,
            max_tasks=max_tasks,
            initializer=begin,
            initargs=(setup, *setup_arguments),
            context=_process_context(preload),
        )
        pool = cls(make, places=places, queue_limit=queue_limit)
        try:
            await pool.run(ready, deadline_s=STALL_S)
        except BaseException:
            await pool.close()
            raise
        return pool

    @property
    def free_slots(self) -> int:
        """How many more requests would be accepted now."""
        return 0 if self._closed else self._capacity - self._in_hand

    @property
    def idle_places(self) -> int:
        """How many processes have nothing to do."""
        return 0 if self._closed else self._places.free

    async def run(self, function: Callable[..., T], *arguments: object, deadline_s: float) -> T:
        """What ``function(*arguments)`` returns in one of the processes: a request of one task, see :class:`Admitted`.

        Raises:
            QueueFull: all places and the queue are taken; said at once.
            DeadlinePassed, EngineFailed, Exception: see :meth:`Admitted.run`.
        """
        with self.admitted() as request:
            return await request.run(function, *arguments, deadline_s=deadline_s)

    @contextmanager
    def admitted(self) -> Iterator["Admitted"]:
        """Admit one request, whose tasks within this are not refused and go before those of later requests.

        Raises:
            QueueFull: as for :meth:`run`.
            EngineFailed: the pool was closed.
        """
        if self._closed:
            raise EngineFailed("The service is stopping. Send the request again later.")
        if self._in_hand >= self._capacity:
            raise QueueFull("All rendering places are taken. Send the request again after a moment.")
        self._in_hand += 1
        try:
            yield Admitted(self._places, next(self._turns), self._attempt)
        finally:
            self._in_hand -= 1

    async def close(self) -> None:
        """End the processes and refuse whatever still waits; none of the processes is left when this returns."""
        self._closed = True
        await self._undisturbed(self._end_present)

    async def _attempt(self, work: Callable[[], Performed[T]], deadline_s: float) -> Performed[T]:
        died: Exception | None = None
        for _ in range(_ATTEMPTS):
            processes = await self._running()
            try:
                return await self._once(processes, work, deadline_s)
            except (ProcessExpired, BrokenProcessPool) as error:
                died = error
        raise EngineFailed("A rendering process died twice over this request. Tell the operator.") from died

    async def _once(self, processes: ProcessPool, work: Callable[[], Performed[T]], deadline_s: float) -> Performed[T]:
        future = _scheduled(processes, work, deadline_s)
        self._working[future] = processes
        patience = asyncio.timeout(deadline_s + STALL_S)
        try:
            async with patience:
                return await asyncio.wrap_future(future)
        except TimeoutError as error:
            if patience.expired():
                await self._undisturbed(self._end_present, processes)
            raise DeadlinePassed(
                f"Rendering took longer than the {deadline_s:g} seconds allowed. "
                "Divide the filing, or have the operator allow more time."
            ) from error
        finally:
            del self._working[future]

    async def _running(self) -> ProcessPool:
        """The processes; new ones in the place of a pool that broke, as it does when a process dies while idle."""
        while not self._closed:
            present = self._processes
            if present is None:
                await self._undisturbed(self._begin)
            elif not present.active:
                await self._undisturbed(self._end_present, present)
            else:
                return present
        raise EngineFailed("The service is stopping. Send the request again later.")

    async def _undisturbed(self, change: Callable[..., Coroutine[Any, Any, None]], *arguments: object) -> None:
        """Exchange processes one change at a time, and to its end even when the caller is cancelled meanwhile."""

        async def alone() -> None:
            async with self._renewal:
                await change(*arguments)

        await asyncio.shield(asyncio.create_task(alone()))

    async def _begin(self) -> None:
        """Started in a thread, because launching the fork server and the processes takes its time."""
        if self._processes is not None or self._closed:
            return
        processes = self._make_processes()
        if not await asyncio.to_thread(lambda: processes.active):  # asking is what starts them
            await self._end(processes)
            raise EngineFailed("No rendering process could be started. Tell the operator.")
        self._processes = processes

    async def _end_present(self, unwanted: ProcessPool | None = None) -> None:
        """End the present processes, unless others have taken the place of the ``unwanted`` ones already."""
        present = self._processes
        if present is not None and unwanted in (None, present):
            self._processes = None
            await self._end(present)

    async def _end(self, processes: ProcessPool) -> None:
        """Stop and join; pebble leaves the futures of stopped tasks open for ever, so those are ended here."""
        processes.stop()  # type: ignore[no-untyped-call]  # pebble leaves it unannotated
        await asyncio.to_thread(processes.join)
        for future, at_work in tuple(self._working.items()):
            if at_work is processes and not future.done():
                future.set_exception(BrokenProcessPool("the processes were ended"))


def _scheduled(
    processes: ProcessPool, work: Callable[[], Performed[T]], deadline_s: float
) -> ProcessFuture[Performed[T]]:
    try:
        return processes.schedule(work, timeout=deadline_s)
    except RuntimeError as error:  # the pool broke since it was last asked
        raise BrokenProcessPool("the pool takes no tasks") from error


def _process_context(preload: Sequence[str]) -> BaseContext:
    """Fork server: cheap clean processes that inherit no thread, lock or connection of the service; else spawn."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context
