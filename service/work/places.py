"""Places at work, given to whoever was admitted first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Places:
    """A semaphore that wakes the waiter with the lowest turn; among equal turns, the one that came first.

    Several tasks of one filing share its turn, so that the parts of a filing already begun go before the next filing.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._arrivals = itertools.count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self._free

    @asynccontextmanager
    async def taken(self, turn: int) -> AsyncIterator[None]:
        """Have a place within this, after waiting for it."""
        await self._take(turn)
        try:
            yield
        finally:
            self._give_back()

    async def _take(self, turn: int) -> None:
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (turn, next(self._arrivals), place))
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # the place came in the same moment as the cancellation
                self._give_back()
            raise

    def _give_back(self) -> None:
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
