"""What text may hold: one visible line of Unicode, kept exactly as sent."""

import re

from schemas.facts.complaints import refusal

_FORBIDDEN_RANGES = (
    *((0x0000, 0x001F), (0x007F, 0x009F)),  # C0 and C1 controls, line breaks among them
    (0x2028, 0x202E),  # line and paragraph separators, bidirectional embeddings and overrides
    (0x2066, 0x2069),  # bidirectional isolates
    (0xD800, 0xDFFF),  # half a surrogate pair
    (0xFDD0, 0xFDEF),  # noncharacters
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
)
_FORBIDDEN = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _FORBIDDEN_RANGES) + "]")

#: As much of the rule as a JSON Schema can say alike in ECMA-262 and in Python.
PRINTABLE_LINE = r"^(?=.*\S)[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]*$"


def checked_text(value: object, longest: int) -> str:
    """``value`` unchanged.

    Raises:
        ValidationError: Where it is no text, longer than ``longest`` characters, blank, or holds a control character,
            a line break, a mark that turns the reading direction, half a surrogate pair or a noncharacter.
    """
    if not isinstance(value, str):
        raise refusal("wrong_type", "Send text, in double quotes.")
    if len(value) > longest:
        raise refusal("too_long", f"Send at most {longest} characters.")
    if _FORBIDDEN.search(value):
        raise refusal(
            "control_character",
            "Send one line of text without control characters, line breaks or marks that turn the reading direction.",
        )
    if not any(character.isprintable() and not character.isspace() for character in value):
        raise refusal("blank", "Send at least one visible character.")
    return value
