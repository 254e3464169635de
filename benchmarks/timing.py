"""Medians of wall time."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Input = TypeVar("Input")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row of the table; times in milliseconds."""

    what: str
    p50_ms: float
    p95_ms: float
    runs: int


def measure(what: str, work: Callable[[Input], object], inputs: Iterable[Input], *, warm_up: int = 3) -> Measured:
    """Time ``work`` on each input after some that only warm up."""
    times: list[float] = []
    for number, given in enumerate(inputs):
        started = time.perf_counter()
        work(given)
        if number >= warm_up:
            times.append((time.perf_counter() - started) * 1000)
    return summarised(what, times)


def summarised(what: str, times_ms: list[float]) -> Measured:
    """Median and 95th percentile of times in milliseconds."""
    p95 = statistics.quantiles(times_ms, n=20)[-1]
    return Measured(what=what, p50_ms=statistics.median(times_ms), p95_ms=p95, runs=len(times_ms))
