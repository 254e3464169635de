"""Word templates on behalf of a caller."""

from difflib import get_close_matches

from service.desk.caller import Caller
from service.errors import FactsRefused, Fault
from service.rendering.lint.linting import LintReport
from service.rendering.lint.shapes import registry
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
            template: the name of the template it is meant for; without one, any name given anywhere is accepted.
            caller: who asks.

        Raises:
            FactsRefused: there is no template of this name.
            DocumentRefused: the file is no Word document that could be examined.
        """
        caller.require(Scope.TEMPLATES)
        if template:
            require_template(template)
        return await self._runner.run(lint_task, word, template, deadline_s=self._deadline_s)


def require_template(name: str) -> None:
    """Refuse the name of a template that the project does not have, with the nearest that it has.

    Raises:
        FactsRefused: naming it, or all of them where none is near.
    """
    known = registry().templates
    if name in known:
        return
    nearest = get_close_matches(name, known, n=1)
    hint = f"the nearest is {nearest[0]}" if nearest else f"there are {', '.join(sorted(known))}"
    message = f"There is no template of this name; {hint}. Leave the name out for a file that is none of them."
    raise FactsRefused(message, [Fault(code="unknown_template", message=message)])
