"""What each paper must carry, element by element; a failing test names the one that is missing."""

from typing import Any

import pytest

from service.facts.vocabulary import FilingKind
from service.law.documents import DOCUMENTS_OF_KIND
from tests.builders import FAMILIES, VARIANTS, example, variant
from tests.drafting.conftest import Reader

EVERY_PAPER = {
    "court": "CIRCUIT COURT OF",
    "agency as a party": "STATE OF ARKANSAS, OFFICE OF CHILD SUPPORT ENFORCEMENT",
    "agency case number": r"OCSE N",
}
EVERY_PLEADING = {
    **EVERY_PAPER,
    "division of government": "Revenue Division",
    "signer's bar number": "Ark. Bar No.",
    "signer's telephone": "Telephone",
    "signer's e-mail": "@example.gov",
    "capacity": "Attorney for State of Arkansas, Office of Child Support Enforcement",
    "whom the agency represents": "It does not represent the custodial party or the noncustodial parent.",
    "prayer": "PRAYER FOR RELIEF",
    "clearinghouse": "Arkansas Child Support Clearinghouse",
    "costs": "costs",
}
MEDICAL_PRAYER = {
    "coverage": "order the Noncustodial Parent to secure and maintain medical",
    "employer deduction": "§ 9-14-502(a), to deduct from the Noncustodial Parent’s earnings",
    "notice to employer": "National Medical Support Notice under Ark. Code Ann. § 9-14-516",
    "proof and change": "proof of the coverage within thirty (30) days",
    "cash in the alternative": "in the alternative, until such coverage is available",
    "allocation of cost": "allocate between the parents the cost of the coverage",
    "proof of income": "furnish proof of income",
}
MEDICAL_ORDER = {
    "employer deduction": "directed to deduct from money, income, or periodic earnings due the Noncustodial Parent",
    "deduction statute": "§ 9-14-502(a)",
    "participant": "the participant is",
    "participant's address": "whose last known mailing address is",
    "alternate recipients": "alternate recipient",
    "redaction notation": "[Information Redacted]",
    "type of coverage": "the coverage to be provided is",
    "period": "applies to each plan for which the participant is or becomes eligible",
    "no new benefit": "No plan is required to provide",
    "support first": "Current support is withheld before premiums",
    "no offset": "no direct offset to child support",
    "allocation": "percent to the Noncustodial Parent and",
}
EVERY_ORDER = {
    **EVERY_PAPER,
    "findings": "FINDINGS",
    "whom the agency represents": "represents the State of Arkansas and neither",
    "so ordered": "IT IS SO ORDERED.",
    "judge's line": "______________________________\nCIRCUIT JUDGE",
    "date left blank": "Date: ________________________",
    "prepared by": "Prepared and submitted by:",
    "approval as to form": "Approved as to form:",
    "clearinghouse": "paid through the Arkansas Child Support Clearinghouse",
}
INCOME_FINDINGS = {"payor parent": "the payor parent", "payee parent": "the payee parent"}
CERTIFICATE = {
    "certificate": "CERTIFICATE OF SERVICE",
    "rule": "Ark. R. Civ. P. 5(e)",
    "date and method": "On November 23, 2026, by certified mail, return receipt requested, with delivery restricted",
}

SEALED = {"who may read it": "CONFIDENTIAL — FILED UNDER SEAL"}
COVER_SHEET = {
    "county": "County; its district |",
    "judicial circuit": "Judicial Circuit",
    "docket number": "Docket No.",
    "division": "Judge or division |",
    "filing date": "Filing date | November 23, 2026",
    "sides": "Plaintiff |",
    "attorney": "Ark. Bar No.",
    "whom the attorney represents": "State of Arkansas, Office of Child Support Enforcement; neither parent",
    "interpreter": "Interpreter needed | ☐ No",
    "related cases": "Related cases | None",
    "IV-D case": "☒ IV-D case",
    "disposition": "FOR THE FINAL DISPOSITION",
}
CONFIDENTIAL_SHEET = {
    **SEALED,
    "authority": "Ark. Code Ann. § 9-14-205",
    "number": "Social Security number |",
    "birth date": "Date of birth |",
    "license": "Driver’s license |",
    "employer": "Employer or union |",
    "children": "Full name | Sex | Date of birth | SSN | Lives with",
}
HEARING_NOTICE = {
    **EVERY_PAPER,
    "date": "Date | January 12, 2027",
    "time": "Time |",
    "place": "Place | ",
    "response": "serve a response within ten (10) days after service of the motion. Ark. R. Civ. P. 6(c)",
    "last day to serve": "not later than December 23, 2026, which is twenty (20) days before the hearing",
    "whom the agency represents": "OCSE represents the State of Arkansas. It does not represent",
}
NOT_IN_A_SHOW_CAUSE_ORDER = {"findings", "approval as to form", "clearinghouse"}

PAPERS = {
    ("medical_support", "complaint-for-medical-support"): {
        **EVERY_PLEADING,
        **MEDICAL_PRAYER,
        "number left to the clerk": "(to be assigned by the clerk)",
        "jurisdiction": "§ 9-14-105(a)",
        "venue": "Venue is proper because the Noncustodial Parent resides in this county.",
        "standing": "(b)(4)(B), as amended: the Custodial Party applied for child support services on August 3, 2026",
        "children by initials": "J.N. (born 2016) and Z.A.N. (born 2019)",
        "parentage": "Parentage is established by the marriage of the parents on May 17, 2014.",
        "custody": "The children have lived with the Custodial Party since September 1, 2023.",
        "need expressed": "asked for medical support",
        "no coverage of the custodial party": "The Custodial Party has no health coverage.",
        "coverage that does not serve": "“Short-term policy that excludes asthma care.”",
        "employer": "is employed by Smith & Sons <Freight> LLC.",
        "plan": "under Ozark Mutual PPO",
        "cost": "costs $192.00 a month. That is 4.47 percent",
        "reasonable limit": "within the limit of 5 percent ($215.00 a month)",
        "accessibility": "Care under that plan is accessible where the children live.",
        "second count": "COUNT II: CASH MEDICAL SUPPORT IN THE ALTERNATIVE",
        "duty to provide": "42 U.S.C. § 666(a)(19)(A)",
    },
    ("medical_support", "summons"): {
        **EVERY_PAPER,
        "directed from the State": "THE STATE OF ARKANSAS TO DEFENDANT:",
        "defendant's address": "4400 Sawmill Avenue",
        "time to answer": "Within 30 days after service of this summons on you",
        "time in custody": "60 days if you are incarcerated",
        "attorney's address": "P.O. Box 900",
        "default": "judgment by default may be entered against you",
        "clerk": "[Signature of Clerk or Deputy Clerk]",
        "seal": "[SEAL]",
        "return": "PROOF OF SERVICE",
    },
    ("medical_support", "proposed-order"): {
        **EVERY_ORDER,
        **MEDICAL_ORDER,
        **INCOME_FINDINGS,
        "incomes": "Noncustodial Parent is $4,300.00 a month and that of the Custodial Party is $2,150.00",
        "shares": "66.67 percent to the Noncustodial Parent and 33.33 percent to the Custodial Party",
    },
    ("modification", "motion-to-modify"): {
        **EVERY_PLEADING,
        **MEDICAL_PRAYER,
        **CERTIFICATE,
        "intervenor in the caption": "INTERVENOR",
        "admission": "admitted as intervenor in this case on March 20, 2025",
        "standing by assistance": "(b)(4)(A), as amended: the Custodial Party and the child have received Medicaid",
        "order": "On June 5, 2019, this Court entered its Decree of Divorce in this case",
        "copy of the order": "A file-marked copy is attached as Exhibit A.",
        "terms": "child support of $412.00 a month",
        "silence": "The Order is silent on the child’s health care.",
        "first count": "COUNT I: NEED TO PROVIDE FOR HEALTH CARE",
        "need suffices": "45 C.F.R. § 303.8(d)",
        "second count": "COUNT II: CHANGE IN INCOME",
        "change": "was $3,900.00 when the Order was entered. It is now $5,200.00, an increase of 33.33 percent.",
        "guideline amount": "child support of $668.00 a month",
        "presumption": "§ 9-12-312(a)(3)",
        "effective date": "from the date on which this Motion is filed and served on the other parties, and no earlier",
        "hearing": "January 12, 2027, at 9:30 a.m., at Benton County Circuit Court, Courtroom 3",
        "other terms": "leave all other terms of the Order in force",
        "prayed amount": "set child support at $668.00 a month",
        "address withheld": "[address withheld; on file with the Office of Child Support Enforcement]",
        "belief": "On information and belief, the Noncustodial Parent is a member of Freight Workers Union, Local 9.",
    },
    ("modification", "brief-supporting-statement"): {
        **EVERY_PAPER,
        **CERTIFICATE,
        "rule": "Ark. R. Civ. P. 7(b)(2)",
        "facts": "FACTS",
        "argument": "ARGUMENT",
        "need suffices": "45 C.F.R. § 303.8(d)",
        "duty": "42 U.S.C. § 666(a)(19)(A)",
        "worksheet": "5 | Each parent’s share of the basic obligation | $668.68 | $244.32 | $913.00",
        "shares": "3 | Share of combined income | 73.24% | 26.76% | 100%",
        "no retroactive change": "42 U.S.C. § 666(a)(9)(C)",
    },
    ("modification", "proposed-order"): {
        **EVERY_ORDER,
        **MEDICAL_ORDER,
        **INCOME_FINDINGS,
        "incomes": "Noncustodial Parent is $5,200.00 a month and that of the Custodial Party is $1,900.00 a month",
        "premiums": "health insurance premiums, $0.00",
        "extraordinary medical": "extraordinary medical expenses, $0.00",
        "child care": "child care expenses, $0.00",
        "amount": "shall pay child support of $668.00 a month, effective",
        "filed": "not earlier than the filing of the motion on November 23, 2026",
        "substituted official": "c/o State of Arkansas, Office of Child Support Enforcement, Benton County",
        "other terms": "All other terms of the Order remain in force.",
    },
    ("uninsured_claim", "motion-uninsured-expenses"): {
        **EVERY_PLEADING,
        **CERTIFICATE,
        "order": "On March 12, 2018, this Court entered its Order of Support",
        "dividing clause": "Defendant shall pay sixty percent (60%) of all medical, dental and optical expenses",
        "its paragraph": "Paragraph 7 of the Order divides",
        "directing clause": "The Office of Child Support Enforcement is directed to enforce paragraph 7 of this Order.",
        "its paragraph number": "Paragraph 8 of the Order directs OCSE",
        "demand dates": "02/03/2026 | 03/02/2026 | $138.00 | $138.00",
        "time passed": "thirty (30) days to pay after demand with proof. That time has passed for every expense",
        "payment": "has paid $50.00 toward it ($50.00 on July 30, 2026)",
        "sum in the body": "The sum of $447.39 remains unpaid.",
        "sum in the prayer": "enter judgment against the Noncustodial Parent for the sum of $447.39",
        "notice of ability to pay": "your ability to pay is the critical question",
        "its authority": "45 C.F.R. § 303.6(c)(4); Stehle v. Zimmerebner, 2016 Ark. 290",
        "supporting statement": "BRIEF SUPPORTING STATEMENT",
    },
    ("uninsured_claim", "itemized-statement"): {
        **EVERY_PAPER,
        "columns": "Line | Child | Provider and service | Date | Billed | Insurance paid | Adjusted",
        "second line": "2 | A.B. | Highlands Emergency & Associates / Emergency department visit | 05/17/2026 |",
        "second balance": "60 | $240.00 | $50.00 | $190.00",
        "total": "$828.99 |  | $497.39 | $50.00 | $447.39",
        "how computed": "multiplied by 60 percent and rounded to the cent",
        "sum certain": "The balance due is $447.39.",
    },
    ("uninsured_claim", "proposed-order"): {
        **EVERY_ORDER,
        "clause": "Defendant shall pay sixty percent (60%)",
        "judgment": "Judgment is entered against Douglas Brandt for the sum of $447.39.",
        "ability to pay left open": "☐ is able to pay the sum due",
        "enforcement": "remains directed to enforce this judgment",
    },
    ("medical_support", "proposed-order-unredacted"): {
        **EVERY_ORDER,
        **SEALED,
        "participant": "the participant is",
        "names of the children": "José-Luís Núñez Lefèvre (born April 9, 2016)",
        "why it is sealed": "states the names and birth dates that the public Order leaves out",
    },
    ("medical_support", "domestic-relations-cover-sheet"): {**COVER_SHEET, "new case": "☒ Original"},
    ("medical_support", "confidential-information-sheet"): {
        **CONFIDENTIAL_SHEET,
        "numbers": "900-77-8801",
        "address": "1127 Quarry Street",
        "employer": "Smith & Sons <Freight> LLC, 9000 Depot Road",
        "telephone": "501-555-0142",
    },
    ("modification", "proposed-order-unredacted"): {
        **EVERY_ORDER,
        **SEALED,
        "name": "Eli Whitfield (born August 30, 2015)",
    },
    ("modification", "domestic-relations-cover-sheet"): {**COVER_SHEET, "old case": "☒ Reopened"},
    ("modification", "confidential-information-sheet"): {
        **CONFIDENTIAL_SHEET,
        "numbers": "900-12-0003",
        "protected address": "Protected address; mail goes to: / c/o State of Arkansas",
        "what would lead there": "Telephone | Withheld; on file with the Office of Child Support Enforcement",
    },
    ("modification", "child-support-worksheet"): {
        **EVERY_PAPER,
        "edition": "2022 Ark. 185",
        **{f"line {number}": f"\n{number} | " for number in ("1", "1a", *range(2, 14))},
        "shares": "3 | $5,200.00 ÷ $7,100.00 = 73.24% | $1,900.00 ÷ $7,100.00 = 26.76%",
        "share of the basic obligation": "5 | 73.24% × $913.00 = $668.68 | 26.76% × $913.00 = $244.32",
        "payor and payee": "The Noncustodial Parent is the payor parent and the Custodial Party is the payee parent.",
        "rounding": "Line 13 is $668.68. Rounded down to the whole dollar, child support is $668.00 a month",
    },
    ("modification", "notice-of-hearing"): {**HEARING_NOTICE, **CERTIFICATE, "what is heard": "Motion to Modify"},
    ("modification", "affidavit-of-means-request"): {
        **EVERY_PAPER,
        **CERTIFICATE,
        "affidavit": "complete the Affidavit of Financial Means",
        "proof": "proof of present gross income from every source",
        "health plans": "its monthly premium without and with the child",
        "why": "Administrative Order No. 10, § V",
        "redaction": "Social Security numbers and account numbers must be left out",
        "whom the agency represents": "OCSE represents the State of Arkansas.",
    },
    ("uninsured_claim", "domestic-relations-cover-sheet"): {**COVER_SHEET, "contempt": "☒ Contempt"},
    ("uninsured_claim", "affidavit-of-account"): {
        **EVERY_PAPER,
        "venue of the oath": "COUNTY OF ____",
        "affiant": "I, Tamika L. Okafor, state under oath:",
        "expense": "2 | Highlands Emergency & Associates / Emergency department visit | 05/17/2026 | $2,185.45",
        "demand": "$400.00 | 06/18/2026 | C",
        "payment": "has paid $50.00 toward these expenses ($50.00 on July 30, 2026), and nothing else.",
        "proofs": "attached to the motion as Exhibits B, C, and D are true copies",
        "whom the agency represents": "represents the State of Arkansas and does not represent me",
        "affiant's line": "______________________________\nTamika L. Okafor, Affiant",
        "jurat": "Subscribed and sworn to before me on ____",
        "notary": "Notary Public\nMy commission expires: ____",
    },
    ("uninsured_claim", "order-to-show-cause"): {
        **{element: text for element, text in EVERY_ORDER.items() if element not in NOT_IN_A_SHOW_CAUSE_ORDER},
        "appearance": "shall appear before this Court on ____",
        "charge": "for failing to obey paragraph 7 of the Order of Support entered on March 12, 2018",
        "clause": "Defendant shall pay sixty percent (60%)",
        "sum": "owes $447.39 under that order",
        "notice of ability to pay": "your ability to pay is the critical question",
        "finding needed": "will not hold you in contempt for failing to pay unless it finds that you are able to pay",
        "its authority": "45 C.F.R. § 303.6(c)(4); Stehle v. Zimmerebner, 2016 Ark. 290",
    },
    ("claim set for hearing", "notice-of-hearing"): {
        **HEARING_NOTICE,
        **CERTIFICATE,
        "notice of ability to pay": "Your ability to pay is the critical question.",
    },
    ("modification before joining", "motion-to-intervene"): {
        **{element: text for element, text in EVERY_PLEADING.items() if element not in {"clearinghouse", "costs"}},
        **CERTIFICATE,
        "role": "PROPOSED INTERVENOR",
        "rule": "Ark. R. Civ. P. 24(b)(2)",
        "pleading with it": "accompanies this motion as Ark. R. Civ. P. 24(c) requires",
        "no delay": "will not unduly delay or prejudice",
        "interest of the State": "are owed to the State. Ark. Code Ann. § 9-14-211",
        "supporting statement": "Ark. R. Civ. P. 7(b)(2)",
    },
    ("modification before joining", "order-granting-intervention"): {
        **{element: text for element, text in EVERY_ORDER.items() if element != "clearinghouse"},
        "leave": "OCSE is granted leave to intervene",
        "nothing more": "Nothing is decided on the claim",
    },
}


def case(label: str) -> dict[str, Any]:
    """The example of a kind, or a variant by its label."""
    return example(label) if label in FAMILIES else variant(label)


@pytest.mark.parametrize(
    ("label", "name", "element"),
    [(label, name, element) for (label, name), elements in PAPERS.items() for element in elements],
)
def test_a_paper_carries_its_element(read: Reader, label: str, name: str, element: str) -> None:
    text = read(case(label))[name]
    assert PAPERS[label, name][element] in text, f"{name} lacks: {element}"


@pytest.mark.parametrize("kind", FAMILIES)
def test_every_document_there_is_has_its_elements_checked(kind: str) -> None:
    checked = {name for label, name in PAPERS if label == kind or label in VARIANTS}
    assert {plan.name for plan in DOCUMENTS_OF_KIND[FilingKind(kind)]} <= checked


@pytest.mark.parametrize("label", [*FAMILIES, *sorted(VARIANTS.keys() - {"claim in odd signs"})])
def test_no_blank_value_or_double_punctuation_is_printed(read: Reader, label: str) -> None:
    for name, text in read(case(label)).items():
        prose = [line for line in text.splitlines() if "|" not in line and "Notices Included" not in line]
        for ugly in ("None", "..", " ,", " .", ",,", "  ", "{{", "{%", "( ", "()"):
            assert not [line for line in prose if ugly in line], f"{name}: {ugly!r}"
