"""How law, figures and deadlines name the parties: by role, since none of them may carry a person's name."""

from collections.abc import Mapping
from types import MappingProxyType

from service.facts.vocabulary import PartyRole

PARTY_NAMES: Mapping[PartyRole, str] = MappingProxyType(
    {
        PartyRole.CUSTODIAL_PARTY: "custodial party",
        PartyRole.NONCUSTODIAL_PARENT: "noncustodial parent",
        PartyRole.OCSE: "agency",
    }
)
