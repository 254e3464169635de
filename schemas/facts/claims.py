"""Uninsured health-care expenses, and the relief asked for."""

from schemas.facts.fields import Choice, Count, Day, Flag, Money, Text
from schemas.facts.forms import Identifier
from schemas.facts.nesting import Group, Listing
from schemas.facts.parties import MOST_CHILDREN
from schemas.facts.schema import FactsSchema
from service.facts.claims import Claim, PaymentReceived, UninsuredRequest
from service.facts.vocabulary import ExpenseKind, UninsuredRelief


class PaymentReceivedSchema(FactsSchema):
    """A payment by the noncustodial parent towards one claim."""

    makes = PaymentReceived

    on = Day()
    amount = Money()


class ClaimSchema(FactsSchema):
    """One expense."""

    makes = Claim

    id = Identifier()
    child = Count("A place in /children, from 0.", at_least=0, at_most=MOST_CHILDREN - 1)
    provider = Text()
    kind = Choice(ExpenseKind)
    description = Text(longest=5_000)
    service_date = Day()
    billed = Money()
    insurance_paid = Money()
    adjusted = Money("Written off under the provider's contract with the insurer.")
    benefits_explained_on = Day("Date of the insurer's explanation of benefits.", nullable=True)
    paid_by_custodial_party = Money()
    paid_on = Day(nullable=True)
    demand_sent_on = Day("When proof of payment and a demand went to the noncustodial parent.", nullable=True)
    payments_received = Listing(Group(PaymentReceivedSchema), at_most=200)
    proof = Listing(Identifier(), "Ids of exhibits.", at_most=200, distinct=True)


class UninsuredRequestSchema(FactsSchema):
    """What the filing asks the court to do about the claims."""

    makes = UninsuredRequest

    relief = Choice(UninsuredRelief)
    contempt_requested = Flag()
    ability_to_pay_basis = Text(longest=5_000, nullable=True)
    interest_requested = Flag()
