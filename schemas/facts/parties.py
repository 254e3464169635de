"""Parties, their employers, counsel and health plans; children and their coverage."""

from typing import ClassVar

from schemas.facts.fields import Choice, Day, Flag, Money, Text
from schemas.facts.forms import AnyBarNumber, Email, EmployerNumber, Phone, SocialSecurityNumber, ZipCode
from schemas.facts.nesting import Group, Listing
from schemas.facts.places import MailCode
from schemas.facts.schema import FactsSchema
from service.facts.children import Child, Coverage
from service.facts.parties import (
    Address,
    Attorney,
    Employment,
    HealthPlan,
    NoncustodialParent,
    Party,
    PersonName,
    PlanAdministrator,
)
from service.facts.vocabulary import (
    Certainty,
    CoverageSource,
    CoverageStatus,
    CoverageType,
    EmploymentKind,
    PartyRole,
    Relationship,
    Sex,
)

#: Those with whom a child can live, and who can pay for it; the agency is a party but neither.
PARENTS = (PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT)
MOST_CHILDREN = 20
MOST_EMPLOYMENTS = 20


class PersonNameSchema(FactsSchema):
    """A person's name in parts."""

    makes = PersonName

    first = Text()
    middle = Text(optional=True)
    last = Text()
    suffix = Text("As printed after a comma: Jr., III.", longest=40, optional=True)


class AddressSchema(FactsSchema):
    """A postal address in the United States."""

    makes = Address

    lines = Listing(Text(), "Street lines, without the city line.", at_least=1, at_most=5)
    city = Text()
    state = MailCode("Postal code of the state.")
    postal_code = ZipCode()
    county = Text(optional=True)


class PlanAdministratorSchema(FactsSchema):
    """Who administers a group health plan."""

    makes = PlanAdministrator

    name = Text()
    address = Group(AddressSchema)


class HealthPlanSchema(FactsSchema):
    """A group health plan open to a party."""

    makes = HealthPlan

    name = Text()
    coverages = Listing(Choice(CoverageType), at_most=len(CoverageType), distinct=True)
    monthly_premium_self = Money("Dollars a month for the employee alone.", nullable=True)
    monthly_premium_with_children = Money("Dollars a month for the employee and the children.", nullable=True)
    accessible = Choice(Certainty, "Whether its services can be had where the children live.")
    administrator = Group(PlanAdministratorSchema, optional=True)


class EmploymentSchema(FactsSchema):
    """An employer or union of a party."""

    makes = Employment

    kind = Choice(EmploymentKind)
    name = Text()
    address = Group(AddressSchema)
    dependent_coverage = Choice(Certainty, "Whether it offers health coverage for dependents.")
    plan = Group(HealthPlanSchema, nullable=True)
    since = Day(optional=True)
    information_received_on = Day("When the agency learned of it.", optional=True)
    fein = EmployerNumber(optional=True)


class AttorneySchema(FactsSchema):
    """An attorney of record for a parent."""

    makes = Attorney

    name = Text()
    address = Group(AddressSchema)
    bar_number = AnyBarNumber(optional=True)
    phone = Phone(optional=True)
    email = Email(optional=True)


class PartySchema(FactsSchema):
    """A parent or other custodian."""

    makes: ClassVar[type[Party]] = Party

    name = Group(PersonNameSchema)
    relationship = Choice(Relationship, "To the children.")
    address = Group(AddressSchema)
    address_protected = Flag("Family violence: the address then stands in no document at all.")
    gross_monthly_income = Money("Dollars a month.", nullable=True)
    income_deductions_monthly = Money("Dollars a month.", nullable=True)
    employments = Listing(Group(EmploymentSchema), at_most=MOST_EMPLOYMENTS)
    attorney = Group(AttorneySchema, nullable=True)
    birth_date = Day(optional=True)
    ssn = SocialSecurityNumber(optional=True)
    phone = Phone(optional=True)


class NoncustodialParentSchema(PartySchema):
    """The parent without physical custody."""

    makes = NoncustodialParent

    incarcerated = Flag("Doubles the time to answer (Ark. R. Civ. P. 12(a)(1)).")


class CoverageSchema(FactsSchema):
    """Health coverage that a person has now."""

    makes = Coverage

    status = Choice(CoverageStatus)
    source = Choice(CoverageSource, nullable=True)
    description = Text(longest=5_000, nullable=True)


class ChildSchema(FactsSchema):
    """A child of the parties."""

    makes = Child

    name = Group(PersonNameSchema)
    birth_date = Day()
    sex = Choice(Sex, optional=True)
    ssn = SocialSecurityNumber(optional=True)
    coverage = Group(CoverageSchema)
    resides_with = Choice(PARENTS)
    school_completed_on = Day("When the child finished secondary school.", optional=True)
