"""Results out: each exactly in the contract's form, and within its own published schema."""

import json
from datetime import UTC, date, datetime

import pytest
from jsonschema import Draft202012Validator

from schemas.facts import load_facts
from schemas.json_schema import json_schema
from schemas.results import determination_json, verification_json
from service.facts.vocabulary import FilingKind
from service.law.determination import determine
from service.law.outcomes import (
    Advisory,
    Citation,
    Deadline,
    Determination,
    DocumentAudience,
    DocumentPlan,
    DocumentRole,
    GateFinding,
    KindDetermination,
    Outcome,
    Override,
    Source,
)
from service.signing.conclusions import nothing_signed
from service.signing.findings import Check, CheckOutcome, Verdict, Verification
from tests.builders import example

SOURCE = Source(title="Ark. Code Ann. § 9-14-232", quote="“healthcare coverage”", standing="V2")
DETERMINATION = Determination(
    filing_date=date(2026, 11, 23),
    filings=(
        KindDetermination(
            kind=FilingKind.MODIFICATION,
            outcome=Outcome.WARN,
            gates=(
                GateFinding(
                    id="G07",
                    outcome=Outcome.ALLOW,
                    statement="Neither has satisfactory coverage.",
                    source=SOURCE,
                    facts=("/custodial_party_coverage/status",),
                    remedy=None,
                    override=Override.ATTORNEY,
                    authorities=(
                        Citation(
                            id="law-1",
                            citation="Law 1",
                            says="So.",
                            standing="V2",
                            to_confirm=True,
                            confirmed=None,
                            check="Read it.",
                        ),
                    ),
                    conflict="Law governs.",
                ),
            ),
            advisories=(
                Advisory(
                    code="stale_wages",
                    outcome=Outcome.WARN,
                    statement="Old.",
                    source=SOURCE,
                    facts=("/",),
                    remedy="Ask.",
                    override=Override.NONE,
                ),
            ),
            documents=(
                DocumentPlan(
                    name="motion-to-modify",
                    title="Motion to Modify",
                    role=DocumentRole.PLEADING,
                    audience=DocumentAudience.PUBLIC,
                ),
            ),
            deadlines=(
                Deadline(what="Response", due=date(2026, 12, 11), rule="Ark. R. Civ. P. 6(c)", conditional_on=None),
                Deadline(what="Notice", due=None, rule="§ 9-14-516(b)", conditional_on="entry of the order"),
            ),
        ),
    ),
)
VERIFICATION = Verification(
    verdict=Verdict.SIGNED,
    sentence="Intact, and signed by A. N. Example",
    explanation="Every file is as it was signed.",
    intact=True,
    trusted=True,
    signer="A. N. Example",
    certificate_fingerprint="0" * 64,
    signed_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
    stamped_at=None,
    time_basis="no trusted time",
    trust_basis="the root that was given",
    checks=(Check(name="signature", outcome=CheckOutcome.PASS, detail="holds"),),
    files=(Check(name="public/01-motion.pdf", outcome=CheckOutcome.PASS, detail="as signed"),),
    failed_parts=(),
    claims={"kind": "modification"},
)


def fits(name: str, document: object) -> bool:
    """Whether the document, as it goes over the wire, fits the published schema."""
    return Draft202012Validator(json_schema(name)).is_valid(json.loads(json.dumps(document)))


def test_a_determination_has_the_contracts_form() -> None:
    source = {"title": "Ark. Code Ann. § 9-14-232", "quote": "“healthcare coverage”", "standing": "V2"}
    assert determination_json(DETERMINATION) == {
        "filing_date": "2026-11-23",
        "filings": [
            {
                "kind": "modification",
                "outcome": "warn",
                "gates": [
                    {
                        "id": "G07",
                        "outcome": "allow",
                        "statement": "Neither has satisfactory coverage.",
                        "source": source,
                        "facts": ["/custodial_party_coverage/status"],
                        "remedy": None,
                        "override": "attorney",
                        "authorities": [
                            {
                                "id": "law-1",
                                "citation": "Law 1",
                                "says": "So.",
                                "standing": "V2",
                                "to_confirm": True,
                                "confirmed": None,
                                "check": "Read it.",
                            }
                        ],
                        "conflict": "Law governs.",
                    }
                ],
                "warnings": [
                    {
                        "code": "stale_wages",
                        "outcome": "warn",
                        "statement": "Old.",
                        "source": source,
                        "facts": ["/"],
                        "remedy": "Ask.",
                        "override": "none",
                    }
                ],
                "documents": [
                    {
                        "name": "motion-to-modify",
                        "title": "Motion to Modify",
                        "role": "pleading",
                        "audience": "public",
                    }
                ],
                "deadlines": [
                    {
                        "what": "Response",
                        "due": "2026-12-11",
                        "rule": "Ark. R. Civ. P. 6(c)",
                        "conditional_on": None,
                    },
                    {"what": "Notice", "due": None, "rule": "§ 9-14-516(b)", "conditional_on": "entry of the order"},
                ],
            }
        ],
    }


def test_a_determination_fits_its_schema() -> None:
    assert fits("determination", determination_json(DETERMINATION))


@pytest.mark.parametrize("kind", list(FilingKind))
def test_every_examples_determination_fits_its_schema(kind: str) -> None:
    assert fits("determination", determination_json(determine(load_facts(example(kind)))))


def test_a_verification_says_who_signed_when_and_what_was_looked_at() -> None:
    answer = verification_json(VERIFICATION)
    assert answer["signer"] == {"name": "A. N. Example", "certificate_fingerprint": "0" * 64}
    assert answer["signed_at"] == "2026-11-23T15:00:00+00:00"
    assert answer["time"] == "no trusted time"
    assert answer["checks"] == [{"name": "signature", "outcome": "pass", "detail": "holds"}]
    assert answer["claims"] == {"kind": "modification"}
    assert fits("verification", answer)


def test_a_verification_without_a_signature_names_no_signer() -> None:
    unsigned = nothing_signed("Not a filing bundle", "Nothing in it is signed.", "It cannot be opened.")
    answer = verification_json(unsigned)
    assert (answer["signer"], answer["signed_at"], answer["verdict"]) == (None, None, "not_a_bundle")
    assert fits("verification", answer)
