"""The kinds of filing and the courts, as the API lists them."""

from typing import Any

from service.facts.vocabulary import FilingKind
from service.law.courts import COUNTIES, DEFAULT_COURT_PROFILE, County, county
from service.law.documents import DOCUMENTS_OF_KIND


def kinds_json() -> dict[str, Any]:
    """Every kind of filing with the documents it consists of."""
    return {
        "kinds": [
            {
                "kind": kind.value,
                "documents": [
                    {"name": plan.name, "title": plan.title, "role": plan.role.value, "audience": plan.audience.value}
                    for plan in DOCUMENTS_OF_KIND[kind]
                ],
            }
            for kind in FilingKind
        ]
    }


def courts_json() -> dict[str, Any]:
    """The circuit court of every county."""
    return {"courts": [_county_json(entry) for entry in COUNTIES.values()]}


def court_json(name: str) -> dict[str, Any]:
    """One county's court and the profile its filings follow; what is not certain says so.

    Raises:
        NotFound: Arkansas has no such county.
    """
    profile = [
        {
            "name": setting.name,
            "value": setting.value,
            "meaning": setting.meaning,
            "standing": setting.standing.value,
            "confirmed": setting.standing.certain,
            "authority": setting.authority,
        }
        for setting in DEFAULT_COURT_PROFILE
    ]
    return {**_county_json(county(name)), "profile": profile}


def _county_json(entry: County) -> dict[str, Any]:
    return {
        "county": entry.name,
        "code": entry.code,
        "code_confirmed": entry.code_standing.certain,
        "seats": list(entry.seats),
        "judicial_circuit": entry.circuit,
        "fips": entry.fips,
        "two_court_districts": entry.two_districts,
    }
