"""What an attorney lifts is drawn up as asked, and recorded wherever the filing is recorded."""

import hashlib
import json
from datetime import date

from service.law.editions import rule_set
from tests.builders import changed, example
from tests.end_to_end.conftest import Filer
from tests.end_to_end.reading import pdf_text, unspaced

COVERED = {"status": "satisfactory", "source": "custodial_party", "description": "A plan that ends this year"}
REASON = "The plan ends on 31 December 2026, by letter of the insurer."
SECURED = "secure and maintain"


def test_new_coverage_is_asked_for_only_where_an_attorney_insists(file: Filer) -> None:
    case = changed(example("modification"), "/custodial_party_coverage", COVERED)
    plain, insisted = file(case)["record"], file(case, {"G07": REASON})["record"]
    motion = next(name for name in plain if name.endswith("-motion-to-modify.pdf"))
    count = "COUNT II"
    assert unspaced(count) not in unspaced(pdf_text(plain[motion]))
    assert unspaced(count) in unspaced(pdf_text(insisted[motion]))
    assert unspaced(SECURED) in unspaced(pdf_text(insisted[motion]))


def test_the_reason_stays_in_the_record_and_its_digest_goes_into_every_manifest(file: Filer) -> None:
    case = changed(example("modification"), "/custodial_party_coverage", COVERED)
    containers = file(case, {"G07": REASON})
    assert json.loads(containers["record"]["overrides.json"]) == {"G07": REASON}
    for files in containers.values():
        manifest = json.loads(files["manifest.json"])
        assert manifest["overrides"] == {"G07": hashlib.sha256(REASON.encode()).hexdigest()}
    assert not any(b"by letter of the insurer" in content for content in containers["court"].values())


def test_the_manifest_names_the_rules_in_force_on_the_filing_date(file: Filer) -> None:
    versions = json.loads(file(example("uninsured_claim"))["court"]["manifest.json"])["versions"]
    in_force = rule_set(date(2026, 11, 23))
    assert (versions["rule_set"], versions["rule_set_digest"]) == (in_force.id, in_force.digest)
