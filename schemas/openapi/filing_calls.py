"""Calls on filings: prepare, release, read, end."""

from schemas.openapi.calls import (
    ASICE,
    DOCX,
    JSON,
    PDF,
    Call,
    FilingRequestSchema,
    file_answer,
    filing_body,
    json_answer,
    json_body,
)
from schemas.requests import ReleaseOrderSchema, VoidOrderSchema
from schemas.results.filings import FilingListSchema, FilingSchema, ReceiptSchema
from service.storage.credentials import Scope

_UNCHANGED = {"description": "The caller has these bytes."}
_RELEASED = {
    ASICE: {},
    JSON: {"schema": ReceiptSchema},
}
_READERS = "Needs the scope prepare or sign."

FILING_CALLS = (
    Call(
        name="createFiling",
        method="post",
        path="/v1/filings",
        tag="Filings",
        summary="Prepare a filing for an attorney to release",
        description="Where gates hold or block, 422 names them; overrides, which need the scope sign, may lift some.",
        scopes=[Scope.PREPARE],
        parameters=["IdempotencyKey", "Prefer"],
        body=filing_body(FilingRequestSchema),
        answers={
            "201": json_answer("The filing, prepared.", FilingSchema, ["Location"]),
            "202": json_answer("The filing, a draft until its pages exist.", FilingSchema, ["Location"]),
        },
        problems=[400, 409, 413, 415, 422, 429, 503],
    ),
    Call(
        name="listFilings",
        method="get",
        path="/v1/filings",
        tag="Filings",
        summary="The filings of the caller's office, newest first",
        description=_READERS,
        parameters=["State", "Kind", "County", "Since", "Until", "Limit", "Cursor"],
        answers={"200": json_answer("One page of the list.", FilingListSchema)},
        problems=[404, 422],
    ),
    Call(
        name="getFiling",
        method="get",
        path="/v1/filings/{id}",
        tag="Filings",
        summary="One filing with its documents, determination and links",
        description=_READERS,
        parameters=["FilingId"],
        answers={"200": json_answer("The filing.", FilingSchema)},
        problems=[404],
    ),
    Call(
        name="releaseFiling",
        method="post",
        path="/v1/filings/{id}/release",
        tag="Filings",
        summary="Release a prepared filing: sign and seal exactly what its digests name",
        scopes=[Scope.SIGN],
        parameters=["FilingId", "IdempotencyKey"],
        body=json_body(ReleaseOrderSchema),
        answers={
            "200": {
                "description": "The signed bundle, or its receipt under Accept: application/json.",
                "headers": {"Location": "Location", "Repr-Digest": "Repr-Digest"},
                "content": _RELEASED,
            }
        },
        problems=[400, 404, 409, 413, 415, 422, 429, 503],
    ),
    Call(
        name="createBundle",
        method="post",
        path="/v1/bundles",
        tag="Filings",
        summary="Prepare and release in one call",
        scopes=[Scope.PREPARE, Scope.SIGN],
        parameters=["IdempotencyKey"],
        body=filing_body(FilingRequestSchema),
        answers={
            "201": {
                "description": "The signed bundle, or its receipt under Accept: application/json.",
                "headers": {"Location": "Location", "Repr-Digest": "Repr-Digest"},
                "content": _RELEASED,
            }
        },
        problems=[400, 409, 413, 415, 422, 429, 503],
    ),
    Call(
        name="voidFiling",
        method="post",
        path="/v1/filings/{id}/void",
        tag="Filings",
        summary="End a filing before delivery",
        description=(
            "A released filing needs the scope sign besides. Its receipt and bundles stay and can still be had, for "
            "what was signed is evidence; the answer says so in notice."
        ),
        scopes=[Scope.PREPARE],
        parameters=["FilingId"],
        body=json_body(VoidOrderSchema),
        answers={"200": json_answer("The filing, void.", FilingSchema)},
        problems=[400, 404, 409, 413, 415, 422],
    ),
    Call(
        name="getContainer",
        method="get",
        path="/v1/filings/{id}/bundles/{audience}",
        tag="Filings",
        summary="A signed container as it was released",
        description=f"{_READERS} Also had after the filing was voided.",
        parameters=["FilingId", "Audience", "IfNoneMatch"],
        answers={"200": file_answer("The container.", ASICE), "304": _UNCHANGED},
        problems=[404],
    ),
    Call(
        name="getDocument",
        method="get",
        path="/v1/filings/{id}/documents/{name}",
        tag="Filings",
        summary="One document: the draft until release, the sealed one after",
        description=_READERS,
        parameters=["FilingId", "DocumentName", "IfNoneMatch"],
        answers={"200": file_answer("The document.", PDF, DOCX), "304": _UNCHANGED},
        problems=[404],
    ),
    Call(
        name="getReceipt",
        method="get",
        path="/v1/filings/{id}/receipt",
        tag="Filings",
        summary="What was released, by whom, on what grounds, and how to check it",
        description=_READERS,
        parameters=["FilingId"],
        answers={"200": json_answer("The receipt.", ReceiptSchema)},
        problems=[404],
    ),
)
