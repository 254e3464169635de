"""Identifiers of fixed form: numbers that agencies, courts and the Postal Service give out, and our own ids."""

import re

from schemas.facts.fields import FormedText
from service.law.dockets import LEGACY, MODERN


class SocialSecurityNumber(FormedText):
    """Nine digits, ``NNN-NN-NNNN``."""

    form = "[0-9]{3}-[0-9]{2}-[0-9]{4}"
    code = "not_an_ssn"
    message = "Send nine digits with hyphens after the third and the fifth."


class DocketNumber(FormedText):
    """A circuit court's docket number, in the present or the older form of Administrative Order No. 2(a)."""

    form = re.sub(r"\?P<[a-z]+>", "?:", f"{MODERN.pattern}|{LEGACY.pattern}")  # JSON Schema knows no named groups
    code = "not_a_docket_number"
    message = 'Send the number as the clerk writes it, for example "60DR-26-101", or "DR2002-101" in the older form.'


class BarNumber(FormedText):
    """An Arkansas bar number: year of admission, in two or four digits, and a three-digit number."""

    form = "[0-9]{5}|[0-9]{7}"
    code = "not_a_bar_number"
    message = 'Send the Arkansas bar number as five or seven digits, for example "2009123".'


class AnyBarNumber(FormedText):
    """A bar number of any state, for counsel admitted elsewhere."""

    form = "[A-Za-z0-9][A-Za-z0-9-]{1,19}"
    code = "not_a_bar_number"
    message = "Send the bar number in letters, digits and hyphens, at most twenty."


class EmployerNumber(FormedText):
    """A federal employer identification number, ``NN-NNNNNNN``."""

    form = "[0-9]{2}-[0-9]{7}"
    code = "not_a_fein"
    message = "Send nine digits with a hyphen after the second."


class ZipCode(FormedText):
    """Five digits, or ZIP+4."""

    form = "[0-9]{5}(?:-[0-9]{4})?"
    code = "not_a_zip_code"
    message = 'Send five digits, or nine with a hyphen: "72299" or "72299-0001".'


class Phone(FormedText):
    """A telephone or fax number, punctuated as it should be printed."""

    form = r"\+?[0-9(][0-9 ().-]{5,24}[0-9](?: ?(?:x|ext\.?) ?[0-9]{1,6})?"
    code = "not_a_phone_number"
    message = 'Send the number with its area code, for example "501-555-0110".'
    longest = 40


class Email(FormedText):
    """An e-mail address in the plain form that pleadings print."""

    form = r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
    code = "not_an_email_address"
    message = "Send one address of the form name@agency.example."
    longest = 254


class OcseCaseNumber(FormedText):
    """The agency's own case number."""

    form = "[A-Z0-9][A-Z0-9-]{3,19}"
    code = "not_a_case_number"
    message = "Send the agency's case number in capitals, digits and hyphens, four to twenty of them."


class FieldOffice(FormedText):
    """A field office's short name, as credentials name it."""

    form = "[a-z][a-z0-9_-]{1,39}"
    code = "not_a_field_office"
    message = 'Send the office\'s short name in lower case, for example "pulaski".'


class Identifier(FormedText):
    """An id that other facts of the same document refer to."""

    form = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
    code = "not_an_identifier"
    message = "Send letters, digits, hyphens and underscores, at most 64, starting with a letter or digit."


class ExhibitLabel(FormedText):
    """What the sticker on an exhibit says: ``A``, ``AA``, ``12``, ``B-1``."""

    form = "[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,4})?"
    code = "not_a_label"
    message = 'Send the exhibit\'s letter or number, for example "A" or "B-1".'


class ExhibitFile(FormedText):
    """A file name without a folder, ending in ``.pdf``, ``.png``, ``.jpg`` or ``.jpeg``."""

    form = r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,95}\.(?:[Pp][Dd][Ff]|[Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg])"
    code = "not_a_file_name"
    message = 'Send a file name without a folder that ends in .pdf, .png or .jpg, for example "decree.pdf".'


class TrackingId(FormedText):
    """The identifier an employer returns with the notice."""

    form = "[A-Za-z0-9][A-Za-z0-9-]{0,39}"
    code = "not_an_identifier"
    message = "Send letters, digits and hyphens, at most 40."


class Edition(FormedText):
    """The control number printed on a federal form."""

    form = "OMB [0-9]{4}-[0-9]{4}"
    code = "not_a_form_number"
    message = 'Send the control number as the form prints it, for example "OMB 0970-0222".'
