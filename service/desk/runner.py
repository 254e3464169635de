"""Where the pipeline's work is done: in the process pool, or in this very process for the command line."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Runner(Protocol):
    """Runs one task of :mod:`service.work.tasks` to its end."""

    async def run(self, function: Callable[..., Result], *arguments: Any, deadline_s: float) -> Result:
        """Run the task; its refusals are raised here.

        Raises:
            QueueFull: no place is free.
            EngineFailed: the process died or overran ``deadline_s``.
        """
        ...

    @property
    def free_slots(self) -> int:
        """How many more tasks would be accepted now."""
        ...


class InThisProcess:
    """For the command line, where one filing is made and nobody else waits for the event loop."""

    async def run(self, function: Callable[..., Result], *arguments: Any, deadline_s: float) -> Result:  # noqa: ARG002 -- a person is watching
        """Run the task here and now."""
        return function(*arguments)

    @property
    def free_slots(self) -> int:
        """One person, one task."""
        return 1
