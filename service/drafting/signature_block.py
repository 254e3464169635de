"""The signature of the attorney for the State, and the certificate of service under it."""

from collections.abc import Mapping
from typing import Any

from service.drafting.draft import Presentation
from service.drafting.parties import AGENCY, name_of, party_of, term_for
from service.drafting.wording import long_date
from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts, ServiceOnParty
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import ServiceMethod
from service.law.protected_addresses import address_withheld

CAPACITY = f"Attorney for {AGENCY}"

_METHODS = {
    ServiceMethod.PERSONAL_WITH_SUMMONS: "personal delivery with summons under Ark. R.\u00a0Civ.\u00a0P.\u00a04",
    ServiceMethod.PERSONAL: "personal delivery",
    ServiceMethod.CERTIFIED_MAIL_RESTRICTED: (
        "certified mail, return receipt requested, with delivery restricted to the addressee"
    ),
    ServiceMethod.FIRST_CLASS_MAIL: "first-class mail, postage prepaid",
    ServiceMethod.COMMERCIAL_DELIVERY: "a commercial delivery company that keeps records of actual delivery",
    ServiceMethod.EMAIL: "e-mail",
    ServiceMethod.EFLEX: "the court’s electronic filing system",
}

_SENT_TO_AN_ADDRESS = {
    ServiceMethod.CERTIFIED_MAIL_RESTRICTED,
    ServiceMethod.FIRST_CLASS_MAIL,
    ServiceMethod.COMMERCIAL_DELIVERY,
}


@once_for_a_case
def signature_block(facts: CaseFacts, presentation: Presentation) -> Mapping[str, Any]:
    """The block under which the attorney signs: "/s/" at release only, a rule to sign on before (Rule 11(a)).

    Raises:
        FactsRefused: the signatory's title is any other than attorney for the State (Ark. Code Ann. § 9-14-210).
    """
    signatory = facts.signatory
    if signatory.title != CAPACITY:
        fault = Fault(code="wrong_capacity", message=f"Write “{CAPACITY}”.", pointer="/signatory/title")
        raise FactsRefused("The attorney signs for the State and for neither parent.", [fault])
    return {
        "signed": presentation.signed,
        "signature": f"/s/ {signatory.name}",
        "name": signatory.name,
        "bar_number": signatory.bar_number,
        "office": signatory.office,
        "postal_lines": tuple(signatory.address.postal_lines),
        "phone": signatory.phone,
        "fax": signatory.fax or "",
        "email": signatory.email,
    }


@once_for_a_case
def certificate_of_service(facts: CaseFacts) -> Mapping[str, Any]:
    """Who is served, when, how and, if by mail, where (Ark. R. Civ. P. 5(e)), but for an address that is withheld."""
    return {
        "known": bool(facts.service),
        "recipients": tuple(_recipient(facts, service) for service in facts.service),
    }


def _recipient(facts: CaseFacts, service: ServiceOnParty) -> Mapping[str, Any]:
    person = party_of(facts, service.on_party)
    mailed = service.method in _SENT_TO_AN_ADDRESS
    withheld = mailed and person is not None and address_withheld(facts, service.on_party)
    address = facts.signatory.address if person is None else person.address
    return {
        "name": name_of(facts, service.on_party),
        "term": term_for(service.on_party),
        "method": _METHODS[service.method],
        "dated": service.sent_on is not None,
        "date": "" if service.sent_on is None else long_date(service.sent_on),
        "withheld": withheld,
        "postal_lines": tuple(address.postal_lines) if mailed and not withheld else (),
    }
