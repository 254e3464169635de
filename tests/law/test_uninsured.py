"""The account of uninsured expenses, to the cent."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.errors import FactsRefused
from service.facts.case import CaseFacts
from service.facts.claims import Claim, PaymentReceived
from service.facts.vocabulary import FilingKind
from service.law.uninsured import UninsuredTotals, uninsured_statement
from tests.builders import altered, example

FACTS: CaseFacts = load_facts(example(FilingKind.UNINSURED_CLAIM.value))
TERM = "/orders/0/uninsured_expenses"


def money(text: str) -> Decimal:
    return Decimal(text)


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Up to six claims for two children over two years, none overpaid."""
    made = []
    for number in range(draw(st.integers(min_value=1, max_value=6))):
        paid = draw(st.decimals(min_value=0, max_value=900, places=2))
        insured, adjusted = (draw(st.decimals(min_value=0, max_value=900, places=2)) for _ in range(2))
        day = date(2025, 1, 1) + timedelta(days=draw(st.integers(min_value=0, max_value=600)))
        made.append(
            replace(
                FACTS.claims[0],
                id=f"c{number}",
                child=draw(st.integers(min_value=0, max_value=1)),
                service_date=day,
                billed=paid + insured + adjusted,
                insurance_paid=insured,
                adjusted=adjusted,
                paid_by_custodial_party=paid,
                payments_received=(),
            )
        )
    return tuple(made)


TERMS = st.fixed_dictionaries(
    {
        "payor_percent": st.decimals(min_value=0, max_value=100, places=2),
        "payor_amount": st.none() | st.decimals(min_value=0, max_value=2000, places=2),
        "routine_threshold_annual": st.none() | st.decimals(min_value=0, max_value=500, places=2),
    }
)


def test_the_example_comes_to_the_cent() -> None:
    statement = uninsured_statement(FACTS)
    assert [line.share for line in statement.lines] == [money("138.00"), money("240.00"), money("119.39")]
    assert [line.balance for line in statement.lines] == [money("138.00"), money("190.00"), money("119.39")]
    assert statement.totals.balance == statement.by_child[0].balance == money("447.39")
    assert (statement.order_at, statement.paragraph) == ("/orders/0", "7")


@given(claims(), TERMS)
def test_lines_sum_to_totals_and_every_step_follows_from_the_one_before(
    made: tuple[Claim, ...], term: dict[str, Decimal | None]
) -> None:
    statement = uninsured_statement(under(made, term))
    for member in (field.name for field in fields(UninsuredTotals)):
        assert sum(getattr(line, member) for line in statement.lines) == getattr(statement.totals, member)
        assert sum(getattr(total, member) for total in statement.by_child.values()) == getattr(statement.totals, member)
    for line in statement.lines:
        assert line.uninsured == line.billed - line.insurance_paid - line.adjusted
        assert line.shared == line.claimed - line.threshold
        assert 0 <= line.balance == line.share - line.received <= line.claimed
    if statement.amount is not None:
        assert statement.totals.share <= statement.amount


@given(claims(), TERMS, st.randoms(use_true_random=False))
def test_the_account_does_not_hang_on_the_order_of_claims(
    made: tuple[Claim, ...], term: dict[str, Decimal | None], chance: object
) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    first, second = uninsured_statement(under(made, term)), uninsured_statement(under(tuple(shuffled), term))
    assert sorted(first.lines, key=lambda line: line.claim_id) == sorted(second.lines, key=lambda line: line.claim_id)
    assert first.totals == second.totals
    assert [line.claim_id for line in second.lines] == [claim.id for claim in shuffled]


def under(made: tuple[Claim, ...], term: dict[str, Decimal | None]) -> CaseFacts:
    facts = replace(FACTS, claims=made)
    for name, value in term.items():
        facts = altered(facts, f"{TERM}/{name}", value)
    return facts


def test_the_yearly_threshold_is_used_up_by_date_per_child_and_year() -> None:
    facts = altered(FACTS, f"{TERM}/routine_threshold_annual", money("250.00"))
    facts = altered(facts, "/claims/2/service_date", date(2025, 8, 21))
    statement = uninsured_statement(facts)
    assert [line.threshold for line in statement.lines] == [money("230.00"), money("20.00"), money("198.99")]
    assert [line.share for line in statement.lines] == [money("0.00"), money("228.00"), money("0.00")]


def test_claims_of_one_day_use_the_threshold_up_by_id() -> None:
    facts = altered(FACTS, f"{TERM}/routine_threshold_annual", money("230.00"))
    for place in (0, 1):
        facts = altered(facts, f"/claims/{place}/service_date", date(2026, 2, 3))
    assert [line.threshold for line in uninsured_statement(facts).lines][:2] == [money("230.00"), money("0.00")]


def test_a_fixed_sum_is_shared_out_by_date_and_never_exceeded() -> None:
    facts = altered(altered(FACTS, f"{TERM}/payor_percent", None), f"{TERM}/payor_amount", money("500.00"))
    statement = uninsured_statement(facts)
    assert statement.percent == 100
    assert [line.share for line in statement.lines] == [money("230.00"), money("270.00"), money("0.00")]


def test_more_received_than_owed_leaves_a_balance_below_zero() -> None:
    payments = (PaymentReceived(on=date(2026, 4, 1), amount=money("138.01")),)
    statement = uninsured_statement(altered(FACTS, "/claims/0/payments_received", payments))
    assert statement.lines[0].balance == money("-0.01")
    assert statement.totals.balance == sum(line.balance for line in statement.lines)


def test_more_claimed_than_insurance_left_is_refused_at_the_claim() -> None:
    with pytest.raises(FactsRefused) as refused:
        uninsured_statement(altered(FACTS, "/claims/1/adjusted", money("83.36")))
    assert refused.value.faults[0].pointer == "/claims/1/paid_by_custodial_party"


def test_two_claims_of_one_id_are_refused() -> None:
    with pytest.raises(FactsRefused) as refused:
        uninsured_statement(altered(FACTS, "/claims/1/id", "c1"))
    assert refused.value.faults[0].pointer == "/claims"


def test_without_an_order_that_divides_there_is_no_account() -> None:
    with pytest.raises(FactsRefused) as refused:
        uninsured_statement(altered(FACTS, TERM, None))
    assert refused.value.faults[0].pointer == "/orders"


def test_an_earlier_order_still_divides_where_the_controlling_one_is_silent() -> None:
    silent = replace(FACTS.orders[0], id="order-2024", entered_on=date(2024, 1, 3), uninsured_expenses=None)
    earlier = replace(FACTS.orders[0], controlling=False)
    assert uninsured_statement(replace(FACTS, orders=(silent, earlier))).order_at == "/orders/1"
