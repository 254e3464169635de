"""Headers are read member by member, not searched for words."""

import pytest
from aiohttp.test_utils import make_mocked_request

from service.web.preferences import has_already, media_type_asked_for, wants_later

BUNDLE, JSON = "application/vnd.etsi.asic-e+zip", "application/json"


@pytest.mark.parametrize(
    ("lines", "later"),
    [
        ([], False),
        (["respond-async"], True),
        (["Respond-Async; wait=10"], True),
        (["wait=10, respond-async"], True),
        (["handling=lenient", "respond-async"], True),
        (["respond-asynchronously"], False),
        (["no-respond-async"], False),
        (['note="respond-async"'], False),
    ],
)
def test_an_answer_comes_first_only_where_that_is_preferred(lines: list[str], *, later: bool) -> None:
    request = make_mocked_request("POST", "/", headers=[("Prefer", line) for line in lines])
    assert wants_later(request) is later


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", BUNDLE),
        ("*/*", BUNDLE),
        ("application/json", JSON),
        ("APPLICATION/JSON; charset=utf-8", JSON),
        ("application/json, */*;q=0.1", JSON),
        ("application/jsonlines", BUNDLE),
        (f"{JSON}, {BUNDLE}", BUNDLE),
        (f"{BUNDLE};q=0.5, {JSON};q=0.9", JSON),
        (f"{JSON};q=0", BUNDLE),
        (f"{JSON};q=high", JSON),
    ],
)
def test_the_form_asked_for_is_the_one_named_with_the_greatest_weight(accept: str, chosen: str) -> None:
    request = make_mocked_request("POST", "/", headers={"Accept": accept})
    assert media_type_asked_for(request, (BUNDLE, JSON), default=BUNDLE) == chosen


@pytest.mark.parametrize(
    ("lines", "has"),
    [
        ([], False),
        (['"abc"'], True),
        (['W/"abc"'], True),
        (['"other", W/"abc"'], True),
        (['"other"', '"abc"'], True),
        (["*"], True),
        (['"*"'], False),
        (['"ab"', '"abcd"', "abc"], False),
    ],
)
def test_entity_tags_are_compared_weakly_one_by_one(lines: list[str], *, has: bool) -> None:
    request = make_mocked_request("GET", "/", headers=[("If-None-Match", line) for line in lines])
    assert has_already(request, "abc") is has


def test_what_a_post_answers_is_never_withheld() -> None:
    assert not has_already(make_mocked_request("POST", "/", headers={"If-None-Match": "*"}), "abc")
