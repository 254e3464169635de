"""The little DER that signatures are written and taken apart with."""

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from service.signing import der

contents = st.one_of(st.binary(max_size=300), st.integers(120, 140).map(bytes), st.integers(250, 260).map(bytes))


@given(content=contents)
def test_an_element_is_encoded_as_asn1crypto_encodes_it(content: bytes) -> None:
    assert der.element(der.OCTET_STRING, content) == core.OctetString(content).dump()


@given(members=st.lists(contents, max_size=6), tail=st.binary(max_size=4))
def test_parts_come_out_as_they_went_in(members: list[bytes], tail: bytes) -> None:
    """Lengths of 128 and of 384 end in 0x80, and are lengths all the same."""
    encoded = tuple(der.element(der.OCTET_STRING, member) for member in members)
    sequence = der.element(der.SEQUENCE, *encoded)
    assert der.parts(sequence) == encoded
    assert der.first(sequence + tail) == sequence


@given(members=st.lists(contents, max_size=6))
def test_a_set_does_not_depend_on_the_order_of_its_members(members: list[bytes]) -> None:
    encoded = [der.element(der.OCTET_STRING, member) for member in members]
    assert der.set_of(*encoded) == der.set_of(*reversed(encoded))


@pytest.mark.parametrize("broken", [b"", b"\x30", b"\x30\x05\x04\x01", b"\x30\x80", b"\x30\x03\x04\x05a", b"\x30\x00x"])
def test_what_is_no_whole_element_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever its reason
        der.parts(broken)
