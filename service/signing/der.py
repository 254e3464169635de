"""Just enough DER (ITU-T X.690) to write a signature and to take one apart without changing a byte of its parts.

asn1crypto reads and writes values well, but takes a definite length that ends in the octet 0x80 for an indefinite one:
it then encodes the whole structure anew, which takes seconds for a time stamp and need not give the same bytes.
"""

from asn1crypto import parser

INTEGER, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
_LONGEST_SHORT_LENGTH = 127
_LONG_FORM = 0x80


def element(tag: int, *contents: bytes) -> bytes:
    """An element of this tag (one octet) with these contents one after the other."""
    content = b"".join(contents)
    size = len(content)
    if size <= _LONGEST_SHORT_LENGTH:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, _LONG_FORM | len(octets)]) + octets + content


def context(number: int, *contents: bytes) -> bytes:
    """A constructed element tagged with a number that its context explains."""
    return element(0xA0 | number, *contents)


def set_of(*members: bytes) -> bytes:
    """A set of elements, in the order of their encodings (X.690 § 11.6)."""
    return element(SET, *sorted(members))


def retagged(tag: int, encoded: bytes) -> bytes:
    """The same element under another tag of one octet, as implicit tagging has it."""
    return bytes([tag]) + encoded[1:]


def parts(encoded: bytes) -> tuple[bytes, ...]:
    """The elements inside a constructed one, each whole and as it was.

    Raises:
        ValueError: the bytes are not one element made of elements.
    """
    content = parser.parse(encoded, strict=True)[4]
    found: list[bytes] = []
    while content:
        whole = first(content)
        found.append(whole)
        content = content[len(whole) :]
    return tuple(found)


def first(encoded: bytes) -> bytes:
    """The element that stands first; what follows it is left aside.

    Raises:
        ValueError: no whole element stands there.
    """
    *_, header, content, trailer = parser.parse(encoded)
    whole: bytes = header + content + trailer
    return whole
