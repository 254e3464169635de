"""Word templates on behalf of a caller."""

from service.desk.caller import Caller
from service.rendering.lint.linting import LintReport
from service.storage.credentials import Scope
from service.work.runner import Runner
from service.work.tasks import lint_task


class TemplateDesk:
    """Examines a caller's Word template; nothing of it is kept."""

    def __init__(self, runner: Runner, deadline_s: float) -> None:
        self._runner = runner
        self._deadline_s = deadline_s

    async def lint(self, word: bytes, template: str, caller: Caller) -> LintReport:
        """Every fault of a Word file.

        Args:
            word: the file.
            template: the name of the template it is meant for; of an unknown one, any name that is given anywhere is
                accepted.
            caller: who asks.

        Raises:
            DocumentRefused: the file is no Word document that could be examined.
        """
        caller.require(Scope.TEMPLATES)
        return await self._runner.run(lint_task, word, template, deadline_s=self._deadline_s)
