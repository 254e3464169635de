"""All facts of one filing."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from service.facts.children import Child, Coverage
from service.facts.claims import Claim, UninsuredRequest
from service.facts.matter import Matter, Services
from service.facts.orders import SupportOrder
from service.facts.parties import Address, NoncustodialParent, Party
from service.facts.vocabulary import (
    CoverageType,
    FilingKind,
    MedicalSupportRequest,
    ModificationGround,
    PartyRole,
    ServiceMethod,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalSupport:
    """The medical support asked for; ``cash_monthly`` in dollars a month."""

    request: MedicalSupportRequest
    coverages: tuple[CoverageType, ...]
    cash_monthly: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalExpense:
    """A child-rearing expense added to the worksheet (Administrative Order No. 10 § IV), dollars a month."""

    monthly: Decimal
    paid_by: PartyRole | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """What the attorney read from the guidelines; ``combined_basic_obligation`` in dollars a month."""

    edition: str
    combined_basic_obligation: Decimal | None
    child_health_premium: AdditionalExpense
    extraordinary_medical: AdditionalExpense
    child_care: AdditionalExpense


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationRequest:
    """Why the order should change, and the guideline figures if the amount should."""

    grounds: tuple[ModificationGround, ...]
    guideline: Guideline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOnParty:
    """How one party is served with these papers, and what proof there is."""

    on_party: PartyRole
    method: ServiceMethod
    sent_on: date | None
    completed_on: date | None
    proof_received_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A hearing already set; the time is in the court's zone, America/Chicago."""

    on: date
    time: time
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """The attorney for the State who will sign under Rule 11."""

    name: str
    bar_number: str
    title: str
    office: str
    address: Address
    phone: str
    fax: str | None
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitReference:
    """An exhibit the filing relies on; ``file`` is its file name as it will be sent."""

    id: str
    label: str
    title: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEdition:
    """The printed edition of the National Medical Support Notice in hand."""

    form: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequest:
    """A National Medical Support Notice: under which order, to which employment of the noncustodial parent."""

    order: str
    employment: int
    edition: NoticeEdition
    tracking_id: str
    withholding_limit_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Everything one filing is computed from. ``filing_date`` is the only "today" there is."""

    version: int
    kind: FilingKind
    filing_date: date
    matter: Matter
    services: Services
    custodial_party: Party
    noncustodial_parent: NoncustodialParent
    children: tuple[Child, ...]
    custodial_party_coverage: Coverage
    orders: tuple[SupportOrder, ...]
    claims: tuple[Claim, ...]
    service: tuple[ServiceOnParty, ...]
    hearing: Hearing | None
    signatory: Signatory
    exhibits: tuple[ExhibitReference, ...]
    medical_support: MedicalSupport | None = None
    modification: ModificationRequest | None = None
    uninsured: UninsuredRequest | None = None
    notice: NoticeRequest | None = None

    @property
    def controlling_order(self) -> SupportOrder | None:
        """The order that governs support now, if there is one."""
        return next((order for order in self.orders if order.controlling), None)
