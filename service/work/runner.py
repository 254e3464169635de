"""Where the pipeline's work is done: in the process pool, or in this very process for the command line."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Request(Protocol):
    """A request that was admitted: it may run several tasks of :mod:`service.work.tasks`, also at once."""

    async def run(self, function: Callable[..., Result], *arguments: Any, deadline_s: float) -> Result:
        """Run one task to its end; its refusals are raised here.

        Raises:
            DeadlinePassed: it overran ``deadline_s``.
            EngineFailed: the process died.
        """
        ...


class Runner(Protocol):
    """Admits requests and runs their tasks."""

    async def run(self, function: Callable[..., Result], *arguments: Any, deadline_s: float) -> Result:
        """Admit a request of one task and run it.

        Raises:
            QueueFull: no place is free.
            DeadlinePassed, EngineFailed: as for :meth:`Request.run`.
        """
        ...

    def admitted(self) -> AbstractContextManager[Request]:
        """Admit a request, which holds its place in the queue until the context ends.

        Raises:
            QueueFull: no place is free.
        """
        ...

    @property
    def free_slots(self) -> int:
        """How many more requests would be accepted now."""
        ...

    @property
    def idle_places(self) -> int:
        """How many tasks would be begun at once."""
        ...


class InThisProcess:
    """For the command line, where one filing is made and nobody else waits for the event loop."""

    async def run(self, function: Callable[..., Result], *arguments: Any, deadline_s: float) -> Result:  # noqa: ARG002 -- a person is watching
        """Run the task here and now."""
        return function(*arguments)

    def admitted(self) -> AbstractContextManager[Request]:
        """Nobody else asks."""
        return nullcontext(self)

    @property
    def free_slots(self) -> int:
        """One person, one request."""
        return 1

    @property
    def idle_places(self) -> int:
        """One task at a time."""
        return 1
