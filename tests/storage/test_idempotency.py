"""Idempotency keys: one request, one answer, however many calls come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from service.errors import Conflict, InProgress
from service.storage.idempotency import ANSWERS_KEPT_FOR, IN_FLIGHT_FOR, Claim, StoredAnswer, idempotency_scope
from service.storage.store import Storage

ANSWER = StoredAnswer(status=201, blob="answer/1")


def claim(
    records: Storage, at: datetime, key: str = "k", credential: str = "key_1", digest: str = "d" * 64
) -> Claim | StoredAnswer:
    return records.idempotency.claim(credential=credential, key=key, request_digest=digest, at=at)


def claimed(records: Storage, at: datetime, key: str = "k") -> Claim:
    first = claim(records, at, key)
    assert isinstance(first, Claim)
    return first


def test_the_same_request_gets_the_first_answer_again(records: Storage, now: datetime) -> None:
    records.idempotency.finish(claimed(records, now), ANSWER, at=now)
    assert claim(records, now + timedelta(hours=1)) == ANSWER


def test_a_request_still_at_work_asks_to_come_back(records: Storage, now: datetime) -> None:
    claimed(records, now)
    with pytest.raises(InProgress) as caught:
        claim(records, now + timedelta(seconds=1))
    assert caught.value.retryable


@pytest.mark.parametrize("answered", [True, False])
def test_another_request_under_the_same_key_is_a_conflict(records: Storage, now: datetime, answered: bool) -> None:  # noqa: FBT001 - a parameter of the test
    first = claimed(records, now)
    if answered:
        records.idempotency.finish(first, ANSWER, at=now)
    with pytest.raises(Conflict) as caught:
        claim(records, now, digest="e" * 64)
    assert not caught.value.retryable


def test_credentials_do_not_share_keys(records: Storage, now: datetime) -> None:
    records.idempotency.finish(claimed(records, now), ANSWER, at=now)
    assert isinstance(claim(records, now, credential="key_2"), Claim)
    assert idempotency_scope("a", "b:c") != idempotency_scope("a:b", "c")


def test_an_abandoned_key_may_be_used_again_at_once(records: Storage, now: datetime) -> None:
    records.idempotency.abandon(claimed(records, now))
    assert isinstance(claim(records, now, digest="e" * 64), Claim)


def test_a_key_whose_holder_died_is_taken_over_and_the_late_holder_told(records: Storage, now: datetime) -> None:
    lost = claimed(records, now)
    with pytest.raises(InProgress):
        claim(records, now + IN_FLIGHT_FOR - timedelta(seconds=1))
    second = claimed(records, now + IN_FLIGHT_FOR)
    with pytest.raises(Conflict, match="took this idempotency key over"):
        records.idempotency.finish(lost, ANSWER, at=now + IN_FLIGHT_FOR)
    records.idempotency.abandon(lost)
    records.idempotency.finish(second, ANSWER, at=now + IN_FLIGHT_FOR)
    assert claim(records, now + IN_FLIGHT_FOR) == ANSWER


def test_an_answer_is_given_once_and_not_withdrawn(records: Storage, now: datetime) -> None:
    first = claimed(records, now)
    records.idempotency.finish(first, ANSWER, at=now)
    with pytest.raises(Conflict):
        records.idempotency.finish(first, StoredAnswer(status=500, blob=None), at=now)
    records.idempotency.abandon(first)
    assert claim(records, now) == ANSWER


def test_of_many_calls_at_once_exactly_one_works(records: Storage, now: datetime) -> None:
    def attempt(key: str) -> bool:
        try:
            return isinstance(claim(records, now, key), Claim)
        except InProgress:
            return False

    with ThreadPoolExecutor(8) as threads:
        for key in ("a", "b", "c", "d", "e"):
            assert sum(threads.map(attempt, [key] * 16)) == 1


def test_old_answers_are_named_for_removal(records: Storage, now: datetime) -> None:
    old = claimed(records, now, "old")
    records.idempotency.finish(old, ANSWER, at=now)
    claimed(records, now + timedelta(hours=1), "young")
    assert records.idempotency.outdated(now + ANSWERS_KEPT_FOR) == ((old.scope, "answer/1"),)
    records.idempotency.forget(old.scope)
    assert records.idempotency.outdated(now + ANSWERS_KEPT_FOR) == ()


def test_a_key_that_made_a_filing_makes_no_other_when_its_answer_was_not_kept(records: Storage, now: datetime) -> None:
    first = claimed(records, now)
    records.idempotency.bind(first, "flg_1")
    records.idempotency.abandon(first)
    with pytest.raises(InProgress):
        claim(records, now)
    with pytest.raises(Conflict, match="made the filing flg_1") as caught:
        claim(records, now + IN_FLIGHT_FOR)
    assert not isinstance(caught.value, InProgress)


def test_the_key_of_a_filing_that_was_never_prepared_is_free_with_its_answer(records: Storage, now: datetime) -> None:
    first = claimed(records, now)
    records.idempotency.bind(first, "flg_1")
    records.idempotency.finish(first, ANSWER, at=now)
    assert records.idempotency.free("flg_2") == ()
    assert records.idempotency.free("flg_1") == ("answer/1",)
    assert isinstance(claim(records, now), Claim)


def test_a_key_that_was_taken_over_binds_no_filing(records: Storage, now: datetime) -> None:
    first = claimed(records, now)
    claimed(records, now + IN_FLIGHT_FOR)
    with pytest.raises(Conflict):
        records.idempotency.bind(first, "flg_1")
