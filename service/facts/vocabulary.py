"""The closed vocabularies of case facts, version 1."""

from enum import StrEnum


class FilingKind(StrEnum):
    """What is asked for: one of three court filings, or the notice that goes to an employer after an order."""

    MEDICAL_SUPPORT = "medical_support"
    MODIFICATION = "modification"
    UNINSURED_CLAIM = "uninsured_claim"
    MEDICAL_SUPPORT_NOTICE = "medical_support_notice"


class Certainty(StrEnum):
    """An answer that may honestly be unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PartyRole(StrEnum):
    """Who stands in a caption, pays, receives, or is served."""

    CUSTODIAL_PARTY = "custodial_party"
    NONCUSTODIAL_PARENT = "noncustodial_parent"
    OCSE = "ocse"


class OcseRoleName(StrEnum):
    """How the Office of Child Support Enforcement stands in the case (Ark. R. Civ. P. 17(a), 24)."""

    PLAINTIFF = "plaintiff"
    INTERVENOR = "intervenor"
    PROPOSED_INTERVENOR = "proposed_intervenor"


class Venue(StrEnum):
    """Why the action lies in this county."""

    NONCUSTODIAL_PARENT_RESIDES = "noncustodial_parent_resides"
    CUSTODIAL_PARTY_RESIDES = "custodial_party_resides"
    CHILDREN_RESIDE = "children_reside"
    ORDER_COURT = "order_court"


class PaternityBasis(StrEnum):
    """How legal parentage was established."""

    MARRIAGE = "marriage"
    ACKNOWLEDGMENT = "acknowledgment"
    ORDER = "order"
    ADOPTION = "adoption"


class CustodyBasis(StrEnum):
    """Why the physical custodian has the children."""

    ORDER = "order"
    CHILDREN_LIVE_WITH = "children_live_with"
    AGREEMENT = "agreement"


class ServicesBasis(StrEnum):
    """How the Title IV-D case came to the agency."""

    APPLICATION = "application"
    REFERRAL = "referral"


class AssistanceProgram(StrEnum):
    """Public assistance that carries a referral (Ark. Code Ann. § 9-14-105(b)(4)(A))."""

    MEDICAID = "medicaid"
    SNAP = "snap"
    TEA = "tea"
    FOSTER_CARE_IV_E = "foster_care_iv_e"


class AssistanceRecipient(StrEnum):
    """Who receives the assistance."""

    CUSTODIAL_PARTY = "custodial_party"
    CHILDREN = "children"


class Relationship(StrEnum):
    """What a party is to the children."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    OTHER = "other"


class Sex(StrEnum):
    """A child's sex as the National Medical Support Notice asks for it."""

    FEMALE = "F"
    MALE = "M"


class EmploymentKind(StrEnum):
    """Through whom a party may have group health coverage."""

    EMPLOYER = "employer"
    UNION = "union"
    OTHER = "other"


class CoverageType(StrEnum):
    """A kind of health coverage, as the National Medical Support Notice lists them."""

    MEDICAL = "medical"
    DENTAL = "dental"
    VISION = "vision"
    PRESCRIPTION_DRUG = "prescription_drug"
    MENTAL_HEALTH = "mental_health"
    OTHER = "other"


class CoverageStatus(StrEnum):
    """Whether existing health coverage meets the person's needs."""

    NONE = "none"
    SATISFACTORY = "satisfactory"
    UNSATISFACTORY = "unsatisfactory"
    UNKNOWN = "unknown"


class CoverageSource(StrEnum):
    """Who provides existing health coverage."""

    PUBLIC = "public"
    CUSTODIAL_PARTY = "custodial_party"
    NONCUSTODIAL_PARENT = "noncustodial_parent"
    OTHER = "other"


class MedicalSupportRequest(StrEnum):
    """What the court is asked to order: new coverage, the coverage that exists, or cash."""

    SECURE = "secure"
    MAINTAIN = "maintain"
    CASH = "cash"


class SupportFrequency(StrEnum):
    """How often child support falls due."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    SEMIMONTHLY = "semimonthly"
    MONTHLY = "monthly"


class MedicalProvisionKind(StrEnum):
    """What an existing order says about the children's health care."""

    NONE = "none"
    HEALTH_INSURANCE = "health_insurance"
    CASH = "cash"


class ModificationGround(StrEnum):
    """Why an order should change."""

    HEALTH_CARE_NEED = "health_care_need"
    INCOME_CHANGE = "income_change"
    LOSS_OF_COVERAGE = "loss_of_coverage"
    PERIODIC_REVIEW = "periodic_review"


class UninsuredRelief(StrEnum):
    """Enforce an order that directs it, or request a sum and a direction."""

    ENFORCE = "enforce"
    REQUEST = "request"


class ExpenseKind(StrEnum):
    """What an uninsured health-care expense was for."""

    MEDICAL = "medical"
    DENTAL = "dental"
    ORTHODONTIC = "orthodontic"
    OPTICAL = "optical"
    PRESCRIPTION = "prescription"
    MENTAL_HEALTH = "mental_health"
    THERAPY = "therapy"
    OTHER = "other"


class ServiceMethod(StrEnum):
    """How a party is served (Ark. R. Civ. P. 4(g)(1), 5(b))."""

    PERSONAL_WITH_SUMMONS = "personal_with_summons"
    PERSONAL = "personal"
    CERTIFIED_MAIL_RESTRICTED = "certified_mail_restricted"
    FIRST_CLASS_MAIL = "first_class_mail"
    COMMERCIAL_DELIVERY = "commercial_delivery"
    EMAIL = "email"
    EFLEX = "eflex"
