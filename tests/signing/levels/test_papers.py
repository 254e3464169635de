"""A PDF taken out of its bundle: the service finds what the one file finds, and sees whether its pages were changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from service.signing.examination import examine
from service.signing.findings import CheckOutcome, Verdict, Verification
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.sealer import Sealer, SealingPolicy
from service.signing.verify_bundle import check_pdf, said
from tests.signing.levels.test_later_hands import annotated, file_marked, page_stamped, signed

Policies = Callable[[SealLevel], SealingPolicy]
PAGES = "The pages are as they were sealed"
FOLLOWS = "What follows the seal"


@pytest.fixture(scope="module", params=SealLevel)
def sealed(
    request: pytest.FixtureRequest, pleading_pdf_with_fields: bytes, office: Any, policy: Policies, now: datetime
) -> bytes:
    content, statement = Sealer(office.key, now, policy(request.param)).document(pleading_pdf_with_fields)
    assert statement.level is request.param
    return content


@pytest.fixture(scope="module")
def clocks(clock: Any) -> list[Any]:
    return [clock.authority.certificate]


@pytest.fixture(scope="module")
def by_clerk(sealed: bytes, another_key: Any) -> bytes:
    return asyncio.run(signed(file_marked(sealed), another_key(), "Sig-Clerk"))


def test_a_paper_as_it_was_sealed_holds(sealed: bytes, office: Any, clocks: list[Any]) -> None:
    found = agreed(sealed, office.key, clocks)
    assert (found.verdict, found.intact, found.trusted, found.failed_parts) == (Verdict.SIGNED, True, True, ())
    assert found.sentence == "Intact as far as its seal covers it, and signed by Example Attorney"
    assert found.signed_at is not None
    assert detail(found, PAGES)[0] is CheckOutcome.PASS


def test_what_clerk_and_clock_added_is_named_and_is_no_fault(by_clerk: bytes, office: Any, clocks: list[Any]) -> None:
    found = agreed(by_clerk, office.key, clocks)
    assert found.verdict is Verdict.SIGNED
    outcome, words = detail(found, FOLLOWS)
    assert outcome is CheckOutcome.NOTE
    assert "a signature with the key of Example Attorney, over all before it" in words


@pytest.mark.parametrize("change", [page_stamped, annotated])
def test_a_page_changed_after_the_seal_is_found_though_no_sealed_byte_is(
    change: Callable[[bytes], bytes], by_clerk: bytes, office: Any, clocks: list[Any]
) -> None:
    """The one file cannot tell, and says that it is open."""
    changed = change(by_clerk)
    found = examine(changed, office.key.roots, clocks)
    assert (found.verdict, found.sentence) == (Verdict.DO_NOT_RELY, "Do not rely on this PDF")
    assert found.failed_parts == ("the PDF",)
    assert detail(found, PAGES)[0] is CheckOutcome.FAIL
    assert "bytes that no signature or time stamp covers" in detail(found, FOLLOWS)[1]
    assert "  open    whether what follows a seal changes what its pages show: not examined" in said(
        check_pdf(changed, office.key.roots, clocks)
    )


def test_every_changed_byte_of_a_paper_is_found(by_clerk: bytes, office: Any, clocks: list[Any]) -> None:
    for place in range(0, len(by_clerk), len(by_clerk) // 40):
        changed = by_clerk[:place] + bytes([by_clerk[place] ^ 0x01]) + by_clerk[place + 1 :]
        found = examine(changed, office.key.roots, clocks)
        assert found.verdict in {Verdict.DO_NOT_RELY, Verdict.NOT_A_BUNDLE}, place
        assert not found.claims


def test_what_was_put_behind_it_or_saved_anew_is_not_relied_on(sealed: bytes, office: Any, clocks: list[Any]) -> None:
    anew = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as document:
        document.save(anew)
    for wrong in (anew.getvalue(), sealed + b"x", sealed + b"/ByteRange [0 1 2 3]" * 1000 + b"%%EOF", sealed[:-400]):
        found = agreed(wrong, office.key, clocks)
        assert (found.verdict, found.failed_parts) == (Verdict.DO_NOT_RELY, ("the PDF",))


def test_a_stranger_is_not_known_and_what_he_sends_is_not_read_deeply(
    by_clerk: bytes, another_key: Any, clocks: list[Any]
) -> None:
    found = agreed(by_clerk, another_key(), clocks)
    assert (found.verdict, found.intact, found.trusted) == (Verdict.UNKNOWN_SIGNER, True, False)
    assert found.sentence == "Intact as far as its seal covers it, but we do not know this signer"
    assert detail(found, PAGES) == (CheckOutcome.NOTE, "Not examined, because we do not know the signer.")


def test_a_signature_that_limits_nothing_is_no_seal(
    pleading_pdf_with_fields: bytes, office: Any, clocks: list[Any]
) -> None:
    """Made with the key of the office, but by another program and without a certification."""
    found = examine(asyncio.run(signed(pleading_pdf_with_fields, office.key, "Sig-Clerk")), office.key.roots, clocks)
    assert found.verdict is Verdict.DO_NOT_RELY


def test_a_pdf_without_a_seal_is_not_examined(pleading_pdf: bytes, office: Any) -> None:
    found = examine(pleading_pdf, office.key.roots, ())
    assert (found.verdict, found.sentence) == (Verdict.NOT_A_BUNDLE, "Not a filing bundle")
    assert "carries no seal" in found.explanation
    assert said(check_pdf(pleading_pdf, office.key.roots))[0] == "Do not rely on this PDF"


def agreed(pdf: bytes, key: SigningKey, clocks: list[Any]) -> Verification:
    """What the service finds, where the one file finds the same."""
    found, other = examine(pdf, key.roots, clocks), check_pdf(pdf, key.roots, clocks)
    assert found.sentence == said(other)[0]
    assert found.failed_parts == tuple(dict.fromkeys(part for part, _ in other.faults))
    return found


def detail(found: Verification, name: str) -> tuple[CheckOutcome, str]:
    return next((check.outcome, check.detail) for check in found.checks if check.name == name)
