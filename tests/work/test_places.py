"""Who gets the next place."""

import asyncio

from service.work.places import Places


async def in_turn(places: Places, turn: int, order: list[int]) -> None:
    async with places.taken(turn):
        order.append(turn)
        await asyncio.sleep(0)


async def test_the_lowest_turn_goes_first_and_equal_turns_in_order_of_arrival() -> None:
    places, order = Places(1), list[int]()
    async with places.taken(0):
        waiting = [asyncio.create_task(in_turn(places, turn, order)) for turn in (3, 1, 2, 1)]
        await asyncio.sleep(0)
        assert places.free == 0
    await asyncio.gather(*waiting)
    assert order == [1, 1, 2, 3]
    assert places.free == 1


async def test_a_waiter_that_was_cancelled_takes_no_place() -> None:
    places, order = Places(1), list[int]()
    async with places.taken(0):
        gone, patient = (asyncio.create_task(in_turn(places, turn, order)) for turn in (1, 2))
        await asyncio.sleep(0)
        gone.cancel()
    await asyncio.gather(gone, patient, return_exceptions=True)
    assert order == [2]
    assert places.free == 1


async def test_a_place_given_in_the_moment_of_cancellation_goes_to_the_next() -> None:
    places, order = Places(1), list[int]()
    async with places.taken(0):
        given, patient = (asyncio.create_task(in_turn(places, turn, order)) for turn in (1, 2))
        await asyncio.sleep(0)
    given.cancel()  # the place has been handed over, and the waiter has not run since
    await asyncio.gather(given, patient, return_exceptions=True)
    assert order == [2]
    assert places.free == 1
