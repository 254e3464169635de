"""The authorities that this installation's office has confirmed, as its settings say."""

from service.errors import Audience
from service.law.authorities import AUTHORITIES
from service.law.confirmations import NONE_CONFIRMED, Confirmations, open_confirmations
from service.law.table_reading import LawTableRefused
from service.settings import Settings


class ConfirmationsRefused(LawTableRefused):
    """The office's own file is faulty; who named it in the settings can mend it."""

    audience = Audience.CALLER


def load_confirmations(settings: Settings) -> Confirmations:
    """Those of the file that the setting names; none where it is unset.

    Raises:
        ConfirmationsRefused: the file cannot be read, or names an authority that is not known.
    """
    if settings.confirmed_authorities is None:
        return NONE_CONFIRMED
    path = settings.confirmed_authorities
    try:
        return open_confirmations(path, AUTHORITIES)
    except LawTableRefused as refused:
        words = f"{path} (OCSE_CONFIRMED_AUTHORITIES) is faulty; mend every place named and start again."
        raise ConfirmationsRefused(words if refused.faults else refused.message, refused.faults) from None
