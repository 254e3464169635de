"""Conversions on behalf of a caller."""

from service.desk.caller import Caller
from service.rendering.conversion import Conversion
from service.storage.credentials import Scope
from service.work.runner import Runner
from service.work.tasks import conversion_task


class ConversionDesk:
    """Turns a caller's Word file into a PDF; nothing of it is kept."""

    def __init__(self, runner: Runner, deadline_s: float) -> None:
        self._runner = runner
        self._deadline_s = deadline_s

    async def convert(self, word: bytes, caller: Caller) -> Conversion:
        """The PDF of a Word file.

        Raises:
            DocumentRefused: with every fault's part, paragraph and remedy.
        """
        caller.require(Scope.PREVIEW)
        return await self._runner.run(conversion_task, word, deadline_s=self._deadline_s)
