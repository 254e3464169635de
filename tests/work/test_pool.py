"""The pool of rendering processes: bounds, deaths, deadlines, and what travels back."""

import asyncio
import importlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

import pytest

from service.errors import DeadlinePassed, DocumentRefused, EngineFailed, QueueFull
from service.work import pool as pool_module
from service.work.performance import ErrorNotCarried, RemoteTraceback
from service.work.pool import RenderingPool

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HERE)
    return importlib.import_module("rendering_tasks")


@asynccontextmanager
async def opened(
    tasks: ModuleType, places: int = 1, queue_limit: int = 50, **options: object
) -> AsyncIterator[RenderingPool]:
    pool = await RenderingPool.open(
        places=places, queue_limit=queue_limit, **{"setup": tasks.set_up, "preload": ["service.errors"], **options}
    )
    try:
        yield pool
    finally:
        await pool.close()


async def become(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def pool_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if "loop" in thread.name]


async def test_a_result_comes_back_from_another_process_that_was_set_up(tasks: ModuleType) -> None:
    async with opened(tasks, setup_arguments=["with", "words"]) as pool:
        assert await pool.run(tasks.pid, deadline_s=5) != os.getpid()
        assert await pool.run(tasks.prepared_with, deadline_s=5) == ["with", "words"]
        assert await pool.run(tasks.divide, 7, 2, deadline_s=5) == 3.5


async def test_a_refusal_travels_with_all_its_faults(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        with pytest.raises(DocumentRefused) as caught:
            await pool.run(tasks.refuse, deadline_s=5)
    assert [fault.paragraph for fault in caught.value.faults] == [3, 3]


async def test_a_request_begins_no_further_task_once_one_has_failed(tasks: ModuleType, tmp_path: Path) -> None:
    marker = tmp_path / "begun"
    async with opened(tasks) as pool:
        with pool.admitted() as request:
            outcomes = await asyncio.gather(
                request.run(tasks.refuse, deadline_s=5),
                request.run(tasks.note_and_nap, marker, 0.0, deadline_s=5),
                return_exceptions=True,
            )
        assert [type(outcome) for outcome in outcomes] == [DocumentRefused] * 2
        assert not marker.exists()
        await pool.run(tasks.note_and_nap, marker, 0.0, deadline_s=5)
        assert marker.exists()


async def test_an_unexpected_error_arrives_as_itself_with_the_remote_traceback(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        with pytest.raises(ZeroDivisionError) as caught:
            await pool.run(tasks.divide, 1, 0, deadline_s=5)
    assert isinstance(caught.value.__cause__, RemoteTraceback)
    assert "in divide" in str(caught.value.__cause__)


async def test_a_time_out_of_the_task_itself_is_not_taken_for_the_deadline(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        with pytest.raises(TimeoutError, match="authority"):
            await pool.run(tasks.overrun_by_itself, deadline_s=5)


@pytest.mark.parametrize("task", ["raise_awkward", "raise_stop_iteration", "leave"])
async def test_an_error_that_cannot_travel_harms_neither_pool_nor_loop(tasks: ModuleType, task: str) -> None:
    async with opened(tasks) as pool:
        before = await pool.run(tasks.pid, deadline_s=5)
        with pytest.raises(ErrorNotCarried):
            await pool.run(getattr(tasks, task), deadline_s=5)
        assert await pool.run(tasks.pid, deadline_s=5) == before


async def test_arguments_that_do_not_pickle_are_the_callers_fault_alone(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        with pytest.raises((TypeError, AttributeError)):
            await pool.run(tasks.echo, threading.Lock(), deadline_s=5)
        assert await pool.run(tasks.echo, b"next", deadline_s=5) == b"next"


async def test_a_task_whose_process_is_killed_once_succeeds_on_its_second_try(
    tasks: ModuleType, tmp_path: Path
) -> None:
    async with opened(tasks) as pool:
        assert await pool.run(tasks.die_the_first_time, tmp_path / "marker", deadline_s=5) == "second try"


async def test_a_task_that_kills_its_process_is_tried_twice_and_no_more(tasks: ModuleType, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    async with opened(tasks) as pool:
        with pytest.raises(EngineFailed, match="died twice"):
            await pool.run(tasks.count_and_die, tries, deadline_s=5)
        assert tries.read_text() == "xx"
        assert await pool.run(tasks.echo, b"next", deadline_s=5) == b"next"


async def test_a_neighbour_of_a_killed_process_keeps_its_work(tasks: ModuleType) -> None:
    async with opened(tasks, places=2) as pool:
        neighbour = asyncio.create_task(pool.run(tasks.nap, 0.6, deadline_s=5))
        with pytest.raises(EngineFailed):
            await pool.run(tasks.die, deadline_s=5)
        assert isinstance(await neighbour, int)


async def test_an_idle_process_killed_from_outside_is_replaced(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        for pause in (0.0, 0.5):
            killed = await pool.run(tasks.pid, deadline_s=5)
            os.kill(killed, signal.SIGKILL)
            await asyncio.sleep(pause)
            assert await pool.run(tasks.pid, deadline_s=5) != killed


async def test_a_task_over_its_deadline_fails_without_a_second_try(tasks: ModuleType, tmp_path: Path) -> None:
    async with opened(tasks) as pool:
        with pytest.raises(DeadlinePassed, match=r"longer than the 0\.3 seconds"):
            await pool.run(tasks.note_and_nap, tmp_path / "marker", 30, deadline_s=0.3)
        assert not alive(int((tmp_path / "marker").read_text()))
        assert await pool.run(tasks.echo, b"next", deadline_s=5) == b"next"


async def test_waiting_in_the_queue_does_not_count_against_the_deadline(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        naps = [pool.run(tasks.nap, 0.3, deadline_s=1.5) for _ in range(6)]
        assert len(set(await asyncio.gather(*naps))) == 1


async def test_a_full_queue_refuses_at_once_and_takes_tasks_again_later(tasks: ModuleType) -> None:
    async with opened(tasks, places=1, queue_limit=2) as pool:
        assert pool.free_slots == 3
        accepted = [asyncio.create_task(pool.run(tasks.nap, 0.2, deadline_s=5)) for _ in range(3)]
        await asyncio.sleep(0)
        assert pool.free_slots == 0
        with pytest.raises(QueueFull):
            await pool.run(tasks.pid, deadline_s=5)
        await asyncio.gather(*accepted)
        assert pool.free_slots == 3
        assert isinstance(await pool.run(tasks.pid, deadline_s=5), int)


async def test_cancelling_the_caller_ends_the_work(tasks: ModuleType, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    async with opened(tasks) as pool:
        task = asyncio.create_task(pool.run(tasks.note_and_nap, marker, 30, deadline_s=60))
        await become(lambda: marker.exists() and marker.read_text() != "")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert pool.free_slots == 51
        await become(lambda: not alive(int(marker.read_text())))
        assert await pool.run(tasks.echo, b"next", deadline_s=5) == b"next"


async def test_cancelling_a_waiting_caller_leaves_the_processes_alone(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        first = asyncio.create_task(pool.run(tasks.nap, 0.3, deadline_s=5))
        waiting = asyncio.create_task(pool.run(tasks.nap, 30, deadline_s=60))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await first == await pool.run(tasks.pid, deadline_s=5)


async def test_processes_are_replaced_after_their_share_of_tasks(tasks: ModuleType) -> None:
    async with opened(tasks, max_tasks=3) as pool:
        pids = [await pool.run(tasks.pid, deadline_s=5) for _ in range(9)]
    assert len(set(pids)) >= 3
    assert max(pids.count(pid) for pid in pids) <= 3


async def test_many_tasks_leave_no_thread_descriptor_or_process_behind(tasks: ModuleType) -> None:
    async with opened(tasks):  # the fork server and the thread pool of the loop stay, once they are there
        pass
    descriptors = open_descriptors()
    async with opened(tasks, places=2, queue_limit=200, max_tasks=40) as pool:
        contents = [index.to_bytes(2) * 50_000 for index in range(150)]
        assert await asyncio.gather(*(pool.run(tasks.echo, content, deadline_s=20) for content in contents)) == contents
        pids = set(await asyncio.gather(*(pool.run(tasks.nap, 0.05, deadline_s=5) for _ in range(8))))
        assert pool.free_slots == 202
    assert not any(alive(pid) for pid in pids)
    assert open_descriptors() <= descriptors
    assert not pool_threads()


async def test_closing_refuses_running_waiting_and_new_tasks(tasks: ModuleType, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    async with opened(tasks) as pool:
        running = asyncio.create_task(pool.run(tasks.note_and_nap, marker, 30, deadline_s=60))
        waiting = asyncio.create_task(pool.run(tasks.nap, 30, deadline_s=60))
        await become(lambda: marker.exists() and marker.read_text() != "")
        await pool.close()
        outcomes = await asyncio.gather(running, waiting, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [EngineFailed, EngineFailed]
        assert pool.free_slots == 0
        with pytest.raises(EngineFailed, match="stopping"):
            await pool.run(tasks.pid, deadline_s=5)
        await pool.close()
    assert not alive(int(marker.read_text()))


@pytest.mark.parametrize("setup", ["fail_to_set_up", "die_in_setup"])
async def test_a_setup_that_fails_is_said_when_the_pool_is_opened(tasks: ModuleType, setup: str) -> None:
    with pytest.raises(EngineFailed):
        async with opened(tasks, setup=getattr(tasks, setup)):
            pass
    assert not pool_threads()


async def test_a_pool_that_is_stuck_is_replaced(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tasks) as pool:
        stuck = await pool.run(tasks.pid, deadline_s=5)
        monkeypatch.setattr(pool_module, "STALL_S", 0.3)
        os.kill(stuck, signal.SIGSTOP)
        with pytest.raises(DeadlinePassed):
            await pool.run(tasks.pid, deadline_s=0.1)
        monkeypatch.undo()
        monkeypatch.syspath_prepend(HERE)
        assert await pool.run(tasks.pid, deadline_s=5) != stuck
        assert not alive(stuck)


async def test_native_code_over_its_deadline_is_ended_too(tasks: ModuleType) -> None:
    async with opened(tasks) as pool:
        with pytest.raises(DeadlinePassed, match="longer"):
            await pool.run(tasks.spin, 0.0, deadline_s=0.2)
        assert await pool.run(tasks.echo, b"next", deadline_s=5) == b"next"


PROGRAM = """
    import asyncio, os, sys
    from service.work.pool import RenderingPool

    print("began", flush=True)

    async def main():
        pool = await RenderingPool.open(places=2, queue_limit=5, setup=os.getpid, preload=["service.errors"])
        pids = {await pool.run(os.getpid, deadline_s=5) for _ in range(4)}
        print(*pids, flush=True)
        if "stay" in sys.argv:
            await asyncio.sleep(60)
        await pool.close()
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


def run_program(*arguments: str, cwd: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_package_run_with_dash_m_starts_once_though_nothing_guards_its_main_module(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "__main__.py").write_text(textwrap.dedent(PROGRAM) + "\nasyncio.run(main())\n")
    assert run_program("-m", "house", cwd=tmp_path).count("began") == 1


def test_a_console_script_can_open_a_pool(tmp_path: Path) -> None:
    script = tmp_path / "ocse-filings"
    script.write_text(textwrap.dedent(PROGRAM) + "\nif __name__ == '__main__':\n    asyncio.run(main())\n")
    assert len(run_program(str(script), cwd=tmp_path)) >= 2


async def test_the_processes_end_when_the_service_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "service_killed.py"
    script.write_text(textwrap.dedent(PROGRAM) + "\nif __name__ == '__main__':\n    asyncio.run(main())\n")
    program = await asyncio.create_subprocess_exec(
        sys.executable, script, "stay", cwd=tmp_path, env=environment(), stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    pids: list[int] = []
    while not pids:
        pids = [int(word) for word in (await program.stdout.readline()).split() if word.isdigit()]
    program.kill()
    await program.wait()
    await become(lambda: not any(alive(pid) for pid in pids))
    await program.communicate()
    assert len(pids) >= 1


@pytest.mark.parametrize(("places", "queue_limit", "max_tasks"), [(0, 1, 0), (1, -1, 0), (1, 1, -1)])
async def test_bounds_that_make_no_sense_are_refused(places: int, queue_limit: int, max_tasks: int) -> None:
    with pytest.raises(ValueError, match="at least one place"):
        await RenderingPool.open(places=places, queue_limit=queue_limit, max_tasks=max_tasks, setup=os.getpid)
