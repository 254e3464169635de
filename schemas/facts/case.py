"""The whole document: one filing's facts."""

from schemas.facts.claims import ClaimSchema, UninsuredRequestSchema
from schemas.facts.fields import Choice, ClockTime, Count, Day, Money, Percent, Text
from schemas.facts.forms import BarNumber, Edition, Email, ExhibitFile, ExhibitLabel, Identifier, Phone, TrackingId
from schemas.facts.matter import MatterSchema, ServicesSchema
from schemas.facts.nesting import Group, Listing
from schemas.facts.orders import SupportOrderSchema
from schemas.facts.parties import (
    MOST_CHILDREN,
    MOST_EMPLOYMENTS,
    PARENTS,
    AddressSchema,
    ChildSchema,
    CoverageSchema,
    NoncustodialParentSchema,
    PartySchema,
)
from schemas.facts.schema import FactsSchema
from service.facts.case import (
    AdditionalExpense,
    CaseFacts,
    ExhibitReference,
    Guideline,
    Hearing,
    MedicalSupport,
    ModificationRequest,
    NoticeEdition,
    NoticeRequest,
    ServiceOnParty,
    Signatory,
)
from service.facts.vocabulary import (
    CoverageType,
    FilingKind,
    MedicalSupportRequest,
    ModificationGround,
    PartyRole,
    ServiceMethod,
)


class MedicalSupportSchema(FactsSchema):
    """The medical support asked for."""

    makes = MedicalSupport

    request = Choice(MedicalSupportRequest)
    coverages = Listing(Choice(CoverageType), at_most=len(CoverageType), distinct=True)
    cash_monthly = Money("Dollars a month.", nullable=True)


class AdditionalExpenseSchema(FactsSchema):
    """A child-rearing expense added to the worksheet."""

    makes = AdditionalExpense

    monthly = Money("Dollars a month.")
    paid_by = Choice(PARENTS, nullable=True)


class GuidelineSchema(FactsSchema):
    """What the attorney read from the child-support guidelines."""

    makes = Guideline

    edition = Text("The order that adopted the chart, for example 2022 Ark. 185.", longest=100)
    combined_basic_obligation = Money("Dollars a month, from the chart.", nullable=True)
    child_health_premium = Group(AdditionalExpenseSchema)
    extraordinary_medical = Group(AdditionalExpenseSchema)
    child_care = Group(AdditionalExpenseSchema)


class ModificationRequestSchema(FactsSchema):
    """Why the order should change."""

    makes = ModificationRequest

    grounds = Listing(Choice(ModificationGround), at_least=1, at_most=len(ModificationGround), distinct=True)
    guideline = Group(GuidelineSchema, nullable=True)


class ServiceOnPartySchema(FactsSchema):
    """How one party is served with these papers."""

    makes = ServiceOnParty

    on_party = Choice(PartyRole)
    method = Choice(ServiceMethod)
    sent_on = Day(nullable=True)
    completed_on = Day(nullable=True)
    proof_received_on = Day(nullable=True)


class HearingSchema(FactsSchema):
    """A hearing already set."""

    makes = Hearing

    on = Day()
    time = ClockTime("In the court's zone, America/Chicago.")
    place = Text()


class SignatorySchema(FactsSchema):
    """The attorney for the State who will sign."""

    makes = Signatory

    name = Text()
    bar_number = BarNumber()
    title = Text()
    office = Text()
    address = Group(AddressSchema)
    phone = Phone()
    fax = Phone(nullable=True)
    email = Email()


class ExhibitReferenceSchema(FactsSchema):
    """An exhibit the filing relies on."""

    makes = ExhibitReference

    id = Identifier("Names the exhibit's part in a multipart request.")
    label = ExhibitLabel()
    title = Text()
    file = ExhibitFile()


class NoticeEditionSchema(FactsSchema):
    """The printed edition of the National Medical Support Notice in hand."""

    makes = NoticeEdition

    form = Edition()
    expires_on = Day()


class NoticeRequestSchema(FactsSchema):
    """A National Medical Support Notice to one employer."""

    makes = NoticeRequest

    order = Identifier("The id of an entry of /orders.")
    employment = Count("A place in /noncustodial_parent/employments, from 0.", at_least=0, at_most=MOST_EMPLOYMENTS - 1)
    edition = Group(NoticeEditionSchema)
    tracking_id = TrackingId()
    withholding_limit_percent = Percent("Of disposable earnings (15 U.S.C. § 1673(b)).")


class CaseFactsSchema(FactsSchema):
    """Everything one filing is computed from."""

    makes = CaseFacts

    version = Count("Of this format.", at_least=1, at_most=1)
    kind = Choice(FilingKind)
    filing_date = Day("What everything is computed from; never compared with the clock.")
    matter = Group(MatterSchema)
    services = Group(ServicesSchema)
    custodial_party = Group(PartySchema)
    noncustodial_parent = Group(NoncustodialParentSchema)
    children = Listing(Group(ChildSchema), at_least=1, at_most=MOST_CHILDREN)
    custodial_party_coverage = Group(CoverageSchema)
    orders = Listing(Group(SupportOrderSchema), at_most=20)
    claims = Listing(Group(ClaimSchema), at_most=2_000)
    service = Listing(Group(ServiceOnPartySchema), at_most=20)
    hearing = Group(HearingSchema, nullable=True)
    signatory = Group(SignatorySchema)
    exhibits = Listing(Group(ExhibitReferenceSchema), at_most=200)
    medical_support = Group(MedicalSupportSchema, optional=True)
    modification = Group(ModificationRequestSchema, optional=True)
    uninsured = Group(UninsuredRequestSchema, optional=True)
    notice = Group(NoticeRequestSchema, optional=True)
