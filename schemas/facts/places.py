"""Places by name: States and the counties of Arkansas."""

from schemas.facts.fields import ListedName
from service.law.courts import COUNTIES

# fmt: off
_STATES = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK",
    "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "AS", "GU", "MP",
    "PR", "VI",
)
# fmt: on


class StateCode(ListedName):
    """A State as Title IV-D means the word (42 U.S.C. § 1301(a)(1)), or American Samoa or the Northern Marianas."""

    names = _STATES


class MailCode(ListedName):
    """A State, or one of the three military mail regions."""

    names = (*_STATES, "AA", "AE", "AP")


class County(ListedName):
    """A county of Arkansas, spelt as its circuit court spells it."""

    names = tuple(COUNTIES)
