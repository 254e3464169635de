"""Calls about the service itself: what may be filed and where, whom to trust, how it is."""

from schemas.openapi.calls import JSON, Call, json_answer
from schemas.results.catalogue import (
    CountyCourtSchema,
    CourtListSchema,
    KindListSchema,
    LivenessSchema,
    ReadinessSchema,
    VersionSchema,
)

_ANY_OBJECT = {"type": "object"}

SERVICE_CALLS = (
    Call(
        name="listKinds",
        method="get",
        path="/v1/kinds",
        tag="Catalogue",
        summary="The kinds of filing and the documents each consists of",
        answers={"200": json_answer("Every kind.", KindListSchema)},
    ),
    Call(
        name="getSchema",
        method="get",
        path="/v1/schemas/{name}",
        tag="Catalogue",
        summary="One JSON Schema (2020-12) of what is taken or answered",
        parameters=["SchemaName"],
        answers={"200": {"description": "The schema.", "content": {JSON: {"schema": _ANY_OBJECT}}}},
        problems=[404],
    ),
    Call(
        name="listCourts",
        method="get",
        path="/v1/courts",
        tag="Catalogue",
        summary="The 75 circuit courts",
        answers={"200": json_answer("Every court.", CourtListSchema)},
    ),
    Call(
        name="getCourt",
        method="get",
        path="/v1/courts/{county}",
        tag="Catalogue",
        summary="One court and the profile that its filings follow",
        parameters=["CountyName"],
        answers={"200": json_answer("The court.", CountyCourtSchema)},
        problems=[404],
    ),
    Call(
        name="getTrust",
        method="get",
        path="/v1/trust",
        tag="Catalogue",
        summary="The root certificate, for whoever verifies bundles",
        description="Open to everybody: whoever verifies a bundle needs no key for it.",
        scopes=None,
        answers={
            "200": {
                "description": "The certificate in PEM form.",
                "headers": {"Content-Disposition": "Content-Disposition"},
                "content": {"application/x-pem-file": {"schema": {"type": "string"}}},
            }
        },
    ),
    Call(
        name="getVerifier",
        method="get",
        path="/v1/trust/verifier",
        tag="Catalogue",
        summary="A program in one file that checks a bundle without this service",
        description="Open to everybody: whoever verifies a bundle needs no key for it.",
        scopes=None,
        answers={
            "200": {
                "description": "Python 3.11 with the package cryptography runs it; it says how.",
                "headers": {"Content-Disposition": "Content-Disposition"},
                "content": {"text/x-python": {"schema": {"type": "string"}}},
            }
        },
    ),
    Call(
        name="getLiveness",
        method="get",
        path="/livez",
        tag="Operation",
        summary="Whether the service runs; touches no engine",
        scopes=None,
        answers={"200": json_answer("It runs.", LivenessSchema)},
    ),
    Call(
        name="getReadiness",
        method="get",
        path="/readyz",
        tag="Operation",
        summary="Whether a filing sent now would find a place",
        scopes=None,
        answers={
            "200": json_answer("Places are free.", ReadinessSchema),
            "503": json_answer("All places are taken.", ReadinessSchema),
        },
    ),
    Call(
        name="getVersion",
        method="get",
        path="/version",
        tag="Operation",
        summary="Versions of service, rules, templates, fonts and engines",
        scopes=None,
        answers={"200": json_answer("The versions.", VersionSchema)},
    ),
    Call(
        name="getMetrics",
        method="get",
        path="/metrics",
        tag="Operation",
        summary="Counters in the Prometheus text format",
        answers={"200": {"description": "The counters.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
    ),
    Call(
        name="getOpenApi",
        method="get",
        path="/openapi.json",
        tag="Operation",
        summary="This document",
        scopes=None,
        answers={"200": {"description": "OpenAPI 3.1.", "content": {JSON: {"schema": _ANY_OBJECT}}}},
    ),
    Call(
        name="getDocs",
        method="get",
        path="/docs",
        tag="Operation",
        summary="The calls as a readable page that loads nothing from the network",
        scopes=None,
        answers={"200": {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}}},
    ),
)
