"""Typeset the fictional exhibits of the example cases: ``python examples/make_exhibits.py``.

The Typst sources in ``exhibits-source/`` read sums, dates and the words of orders from each case's ``facts.json``, so
an exhibit says what the facts say. The PDFs are PDF/A-2a and PDF/UA-1 and come out alike on every run.
"""
# ruff: noqa: INP001  # a script beside its sources, not a package

from datetime import UTC, datetime
from pathlib import Path

import typst

from templates import templates_root

EXAMPLES = Path(__file__).parent
TYPESET_AT = datetime(2026, 11, 23, tzinfo=UTC)

#: Exhibit, the source it is typeset from, and the claim it proves.
EXHIBITS = (
    ("modification/exhibits/decree.pdf", "decree.typ", {}),
    ("medical_support_notice/exhibits/order.pdf", "medical-support-order.typ", {}),
    ("uninsured_claim/exhibits/order.pdf", "support-order.typ", {}),
    ("uninsured_claim/exhibits/bill-1.pdf", "bill.typ", {"claim": "0"}),
    ("uninsured_claim/exhibits/bill-2.pdf", "bill.typ", {"claim": "1"}),
    ("uninsured_claim/exhibits/bill-3.pdf", "bill.typ", {"claim": "2"}),
)


def typeset_exhibit(source: str, inputs: dict[str, str]) -> bytes:
    """One exhibit as a tagged, archival PDF, set in the fonts that the project ships."""
    pdf: bytes = typst.compile(
        EXAMPLES / "exhibits-source" / source,
        root=EXAMPLES,
        font_paths=[templates_root() / "fonts"],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(TYPESET_AT.timestamp()),
    )
    return pdf


def main() -> None:
    """Write every exhibit to its place."""
    for target, source, inputs in EXHIBITS:
        exhibit = EXAMPLES / target
        exhibit.parent.mkdir(parents=True, exist_ok=True)
        exhibit.write_bytes(typeset_exhibit(source, inputs))


if __name__ == "__main__":
    main()
