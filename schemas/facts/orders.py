"""Orders already entered, and what they say."""

from schemas.facts.fields import Choice, Count, Day, Flag, Money, Percent, Text
from schemas.facts.forms import Identifier
from schemas.facts.nesting import Group, Listing
from schemas.facts.parties import PARENTS
from schemas.facts.places import StateCode
from schemas.facts.schema import FactsSchema
from service.facts.orders import ChildSupportTerm, IncomeFound, MedicalProvision, SupportOrder, UninsuredTerm
from service.facts.vocabulary import CoverageType, MedicalProvisionKind, SupportFrequency

LONGEST_QUOTATION = 5_000


class ChildSupportTermSchema(FactsSchema):
    """Child support under an order."""

    makes = ChildSupportTerm

    amount = Money("Dollars for each period.")
    frequency = Choice(SupportFrequency)
    payor = Choice(PARENTS)


class IncomeFoundSchema(FactsSchema):
    """Gross monthly incomes that the court found."""

    makes = IncomeFound

    payor = Money("Dollars a month.")
    payee = Money("Dollars a month.")


class MedicalProvisionSchema(FactsSchema):
    """What an order says about health coverage."""

    makes = MedicalProvision

    kind = Choice(MedicalProvisionKind)
    coverages = Listing(Choice(CoverageType), at_most=len(CoverageType), distinct=True)
    alternative_stipulated = Flag("Whether the order stipulates coverage other than an employer's.")
    paragraph = Text("The paragraph's number in the order.", longest=40, nullable=True)
    text = Text("Its words.", longest=LONGEST_QUOTATION, nullable=True)


class UninsuredTermSchema(FactsSchema):
    """How an order divides uninsured health-care expenses."""

    makes = UninsuredTerm

    paragraph = Text("The paragraph's number in the order.", longest=40)
    text = Text("Its words.", longest=LONGEST_QUOTATION)
    payor_percent = Percent("The noncustodial parent's share.", nullable=True)
    payor_amount = Money("A fixed sum in place of a share.", nullable=True)
    days_to_pay_after_demand = Count(at_least=0, at_most=3_650, nullable=True)
    directs_ocse_to_enforce = Flag()
    direction_paragraph = Text(longest=40, nullable=True)
    direction_text = Text(longest=LONGEST_QUOTATION, nullable=True)
    routine_threshold_annual = Money("Dollars per child and year left with the custodial party.", nullable=True)


class SupportOrderSchema(FactsSchema):
    """An order relied on."""

    makes = SupportOrder

    id = Identifier()
    title = Text()
    state = StateCode()
    county = Text(nullable=True)
    docket_number = Text(longest=60)
    entered_on = Day()
    file_marked_copy = Identifier("The id of the exhibit that proves the order.", nullable=True)
    controlling = Flag("Whether this order governs support now.")
    child_support = Group(ChildSupportTermSchema, nullable=True)
    gross_monthly_income_found = Group(IncomeFoundSchema, optional=True)
    medical_provision = Group(MedicalProvisionSchema)
    uninsured_expenses = Group(UninsuredTermSchema, nullable=True)
