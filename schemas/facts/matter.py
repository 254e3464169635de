"""The court matter and the agency's services case."""

from schemas.facts.fields import Choice, Day, Flag, Text
from schemas.facts.forms import DocketNumber, FieldOffice, OcseCaseNumber
from schemas.facts.nesting import Group, Listing
from schemas.facts.parties import PARENTS
from schemas.facts.places import County
from schemas.facts.schema import FactsSchema
from service.facts.matter import Assistance, Caption, Court, Custody, Matter, OcseRole, Paternity, Services
from service.facts.vocabulary import (
    AssistanceProgram,
    AssistanceRecipient,
    CustodyBasis,
    OcseRoleName,
    PartyRole,
    PaternityBasis,
    ServicesBasis,
    Venue,
)


class CourtSchema(FactsSchema):
    """A circuit court of Arkansas."""

    makes = Court

    county = County("One of the 75 counties of Arkansas.")
    district = Text("Where the county has two court districts.", nullable=True)
    division = Text(nullable=True)
    docket_number = DocketNumber("Null until the clerk assigns one.", nullable=True)


class OcseRoleSchema(FactsSchema):
    """How the agency stands in the case."""

    makes = OcseRole

    role = Choice(OcseRoleName)
    admitted_on = Day("When intervention was allowed.", optional=True)


class CaptionSchema(FactsSchema):
    """The sides of the case, in caption order."""

    makes = Caption

    plaintiffs = Listing(Choice(PartyRole), at_least=1, at_most=len(PartyRole), distinct=True)
    defendants = Listing(Choice(PartyRole), at_least=1, at_most=len(PartyRole), distinct=True)
    ocse_role = Group(OcseRoleSchema)


class PaternitySchema(FactsSchema):
    """Whether and how legal parentage stands."""

    makes = Paternity

    established = Flag()
    basis = Choice(PaternityBasis, nullable=True)
    on = Day(nullable=True)


class CustodySchema(FactsSchema):
    """With whom the children live, and why."""

    makes = Custody

    physical_custodian = Choice(PARENTS)
    basis = Choice(CustodyBasis)
    since = Day(nullable=True)


class MatterSchema(FactsSchema):
    """One case in one court."""

    makes = Matter

    ocse_case_number = OcseCaseNumber()
    field_office = FieldOffice()
    court = Group(CourtSchema)
    caption = Group(CaptionSchema)
    venue = Choice(Venue)
    paternity = Group(PaternitySchema)
    custody = Group(CustodySchema)


class AssistanceSchema(FactsSchema):
    """A public-assistance grant in force."""

    makes = Assistance

    program = Choice(AssistanceProgram)
    recipients = Listing(Choice(AssistanceRecipient), at_least=1, at_most=len(AssistanceRecipient), distinct=True)
    since = Day(nullable=True)


class ServicesSchema(FactsSchema):
    """The Title IV-D services case."""

    makes = Services

    case_open = Flag()
    basis = Choice(ServicesBasis, nullable=True)
    since = Day(nullable=True)
    medical_support_requested = Flag("What the application says, if there is one.", nullable=True)
    assistance = Listing(Group(AssistanceSchema), at_most=20)
