"""The court matter: where it is, who stands in its caption, how the agency came to it."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """A circuit court; ``docket_number`` is ``None`` until the clerk assigns one."""

    county: str
    district: str | None
    division: str | None
    docket_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OcseRole:
    """How the agency stands in the case, and since when if it intervened."""

    role: OcseRoleName
    admitted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The sides of the case, in caption order."""

    plaintiffs: tuple[PartyRole, ...]
    defendants: tuple[PartyRole, ...]
    ocse_role: OcseRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Paternity:
    """Whether and how legal parentage stands; it comes before any support order."""

    established: bool
    basis: PaternityBasis | None
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """With whom the children live, and why."""

    physical_custodian: PartyRole
    basis: CustodyBasis
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One case in one court."""

    ocse_case_number: str
    field_office: str
    court: Court
    caption: Caption
    venue: Venue
    paternity: Paternity
    custody: Custody


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """A public-assistance grant in force."""

    program: AssistanceProgram
    recipients: tuple[AssistanceRecipient, ...]
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The Title IV-D services case; ``medical_support_requested`` is what the application says, if there is one."""

    case_open: bool
    basis: ServicesBasis | None
    since: date | None
    medical_support_requested: bool | None
    assistance: tuple[Assistance, ...]
