"""What the handlers find on the application and on the request."""

from aiohttp import web

from service.desk.access import AccessDesk
from service.desk.caller import Caller
from service.desk.conversions import ConversionDesk
from service.desk.filings import FilingDesk
from service.desk.preparation import PreparationDesk
from service.desk.previews import PreviewDesk
from service.desk.reception import Reception
from service.desk.releases import ReleaseDesk
from service.desk.repeats import RepeatDesk
from service.desk.templates import TemplateDesk
from service.desk.verifications import VerificationDesk

ACCESS = web.AppKey("access", AccessDesk)
ANNOUNCEMENT: web.AppKey[tuple[str, ...]] = web.AppKey("announcement", tuple)
CONVERSIONS = web.AppKey("conversions", ConversionDesk)
FILINGS = web.AppKey("filings", FilingDesk)
PREPARATION = web.AppKey("preparation", PreparationDesk)
PREVIEWS = web.AppKey("previews", PreviewDesk)
RECEPTION = web.AppKey("reception", Reception)
RELEASES = web.AppKey("releases", ReleaseDesk)
REPEATS = web.AppKey("repeats", RepeatDesk)
TEMPLATES = web.AppKey("templates", TemplateDesk)
TRUST_ROOTS = web.AppKey("trust_roots", bytes)
VERIFICATIONS = web.AppKey("verifications", VerificationDesk)
CALLER = web.RequestKey("caller", Caller)
