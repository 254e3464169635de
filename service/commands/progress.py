"""A bar for whoever waits at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from service.pipeline import Progress as Report


@contextmanager
def progress() -> Iterator[Report]:
    """Shows the name of each stage that is reported, on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Opening", total=None)

        def report(stage: str) -> None:
            bar.update(task, description=stage)

        yield report
