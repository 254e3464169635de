"""The authorities that this installation's office has confirmed, as its settings say."""

from service.law.authorities import AUTHORITIES
from service.law.confirmations import NONE_CONFIRMED, Confirmations, open_confirmations
from service.settings import Settings


def load_confirmations(settings: Settings) -> Confirmations:
    """Those of the file that the setting names; none where it is unset.

    Raises:
        LawTableRefused: the file cannot be read, or names an authority that is not known.
    """
    if settings.confirmed_authorities is None:
        return NONE_CONFIRMED
    return open_confirmations(settings.confirmed_authorities, AUTHORITIES)
