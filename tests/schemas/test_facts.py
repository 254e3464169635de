"""Case facts that validate: what they become, and that nothing in them is changed."""

import dataclasses
import types
import typing
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from schemas.facts import load_facts
from schemas.facts.case import CaseFactsSchema
from schemas.facts.nesting import Group, Listing
from schemas.facts.schema import FactsSchema
from service.facts.vocabulary import FilingKind, PartyRole
from tests.builders import EXAMPLES, example

KINDS = [kind.value for kind in FilingKind]


def plain(value: Any) -> Any:
    """A frozen value as the JSON it was read from."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date | Decimal | StrEnum):
        return str(value)
    return value


def without_nulls(value: Any) -> Any:
    """JSON without null members: what may be absent and what is null mean the same."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nulls(entry) for entry in value]
    return value


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_read_without_loss(kind: str) -> None:
    document = example(kind)
    assert without_nulls(plain(load_facts(document))) == without_nulls(document)


def test_every_kind_has_an_example_and_its_exhibits() -> None:
    for kind in KINDS:
        facts = load_facts(example(kind))
        present = {path.name for path in (EXAMPLES / kind / "exhibits").glob("*")}
        assert present == {exhibit.file for exhibit in facts.exhibits}


def test_values_have_the_types_that_the_law_computes_with() -> None:
    facts = load_facts(example("uninsured_claim"))
    term = facts.orders[0].uninsured_expenses
    assert term is not None
    assert term.payor_percent == Decimal(60)
    assert facts.claims[1].billed == Decimal("2185.45")
    assert facts.filing_date == date(2026, 11, 23)
    assert facts.children[0].resides_with is PartyRole.CUSTODIAL_PARTY


@pytest.mark.parametrize(
    "name",
    [
        "Smith & Sons <Freight> LLC",
        "{{ 7*7 }}",
        "José-Luís",
        "O’Brien",
        "e\u0301",
        " Ann ",
        "\u200fنور",
        "\U0001d49c",
        "N" * 300,
    ],
)
def test_a_name_comes_through_unchanged(name: str) -> None:
    document = example("medical_support")
    document["noncustodial_parent"]["employments"][0]["name"] = name
    assert load_facts(document).noncustodial_parent.employments[0].name == name


def test_a_member_that_may_be_absent_takes_its_default() -> None:
    document = example("medical_support")
    del document["children"][0]["ssn"]
    del document["noncustodial_parent"]["name"]["suffix"]
    facts = load_facts(document)
    assert facts.children[0].ssn is None
    assert facts.noncustodial_parent.name.full == "René D. Lefèvre"


@pytest.mark.parametrize("docket", ["60DR-26-9101", "66FDR-20-1", "DR-2005-641-3", "DR2002-1", "DR-09-21"])
def test_a_docket_number_is_taken_in_both_forms_and_never_rewritten(docket: str) -> None:
    document = example("modification")
    document["matter"]["court"]["docket_number"] = docket
    assert load_facts(document).matter.court.docket_number == docket


def test_another_states_order_keeps_its_own_docket_number_and_county() -> None:
    document = example("modification")
    document["orders"][0] |= {"state": "TX", "county": "Bowie", "docket_number": "2019-C-1128 (202nd)"}
    assert load_facts(document).orders[0].docket_number == "2019-C-1128 (202nd)"


@pytest.mark.parametrize("digits", ["0", "100", "100.0", "33.3333", "0.5", "060"])
def test_a_share_between_nothing_and_the_whole_is_a_percentage(digits: str) -> None:
    document = example("uninsured_claim")
    document["orders"][0]["uninsured_expenses"]["payor_percent"] = digits
    term = load_facts(document).orders[0].uninsured_expenses
    assert term is not None
    assert term.payor_percent == Decimal(digits)


def schemas_below(schema: FactsSchema) -> typing.Iterator[FactsSchema]:
    """The schema and all that it nests."""
    yield schema
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, Listing) else field
        if isinstance(inner, Group):
            yield from schemas_below(typing.cast("FactsSchema", inner.schema))


def test_schemas_and_dataclasses_agree_on_names_on_null_and_on_what_may_be_absent() -> None:
    for schema in schemas_below(CaseFactsSchema()):
        hints = typing.get_type_hints(schema.makes)
        members = {field.name: field for field in dataclasses.fields(schema.makes)}
        assert schema.fields.keys() == members.keys()
        for name, member in members.items():
            may_be_null = isinstance(hints[name], types.UnionType) and type(None) in typing.get_args(hints[name])
            may_be_absent = member.default is not dataclasses.MISSING
            assert (schema.fields[name].allow_none, schema.fields[name].required) == (may_be_null, not may_be_absent)
