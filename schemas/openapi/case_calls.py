"""Calls that keep no filing: determinations, previews, verifications."""

from schemas.facts.case import CaseFactsSchema
from schemas.openapi.calls import (
    ASICE,
    DOCX,
    PDF,
    Call,
    FilingRequestSchema,
    file_answer,
    filing_body,
    json_answer,
    json_body,
)
from schemas.results.determinations import DeterminationSchema
from schemas.results.filings import PreviewSchema
from schemas.results.verifications import VerificationSchema
from service.storage.credentials import Scope

_PREVIEW_OF_ONE_DAY = "Visible to its maker's office only, and gone when it expires."

CASE_CALLS = (
    Call(
        name="createDetermination",
        method="post",
        path="/v1/determinations",
        tag="Determinations",
        summary="Determine what the law allows to be filed on these facts",
        description="Every kind is listed, whatever kind the facts name; 200 also when something is blocked.",
        scopes=[Scope.DETERMINE],
        body=json_body(CaseFactsSchema),
        answers={"200": json_answer("Every kind with its gates, documents and deadlines.", DeterminationSchema)},
        problems=[400, 413, 415, 422],
    ),
    Call(
        name="createPreview",
        method="post",
        path="/v1/previews",
        tag="Previews",
        summary="Draw up the packet unsigned, every page marked DRAFT",
        description=(
            "Made whatever the gates say, which it carries; overrides, which need the scope sign, show what lifting a "
            f"gate adds. {_PREVIEW_OF_ONE_DAY}"
        ),
        scopes=[Scope.PREVIEW],
        parameters=["IdempotencyKey"],
        body=filing_body(FilingRequestSchema),
        answers={
            "200": {
                "description": (
                    "The preview, or under Accept: application/pdf the merged draft itself. Nothing of a notice to an "
                    "employer is merged, so its preview is always JSON."
                ),
                "content": {"application/json": {"schema": PreviewSchema}, PDF: {}},
            }
        },
        problems=[400, 409, 413, 415, 422, 429, 503],
    ),
    Call(
        name="getPreview",
        method="get",
        path="/v1/previews/{id}",
        tag="Previews",
        summary="A preview that has not expired",
        scopes=[Scope.PREVIEW],
        parameters=["PreviewId"],
        answers={"200": json_answer("The preview with links to each document.", PreviewSchema)},
        problems=[404],
    ),
    Call(
        name="getPreviewDocument",
        method="get",
        path="/v1/previews/{id}/documents/{name}",
        tag="Previews",
        summary="One draft document as Word or PDF, or packet.pdf",
        scopes=[Scope.PREVIEW],
        parameters=["PreviewId", "DocumentName", "IfNoneMatch"],
        answers={"200": file_answer("The draft.", PDF, DOCX), "304": {"description": "The caller has these bytes."}},
        problems=[404],
    ),
    Call(
        name="getPreviewPage",
        method="get",
        path="/v1/previews/{id}/documents/{name}/pages/{page}",
        tag="Previews",
        summary="One page of a draft document as a picture, 144 dots an inch",
        scopes=[Scope.PREVIEW],
        parameters=["PreviewId", "DocumentName", "Page", "IfNoneMatch"],
        answers={"200": file_answer("The page.", "image/png"), "304": {"description": "The caller has these bytes."}},
        problems=[404, 422, 429, 503],
    ),
    Call(
        name="createVerification",
        method="post",
        path="/v1/verifications",
        tag="Verifications",
        summary="Check a bundle, or a PDF out of one: what holds, which part fails, who signed, what trust rests on",
        description=(
            "Trust rests on this service's own root; a certificate inside a bundle is never an anchor. Of a PDF by "
            "itself its seal is checked, what clerk and judge added since is named, and that it changed no page."
        ),
        scopes=[Scope.VERIFY],
        body={"required": True, "content": {ASICE: {}, PDF: {}, "application/octet-stream": {}}},
        answers={"200": json_answer("What was found, also when the bundle fails.", VerificationSchema)},
        problems=[413, 422, 429, 503],
    ),
    Call(
        name="createConversion",
        method="post",
        path="/v1/conversions",
        tag="Conversions",
        summary="Turn an edited draft or another Word document into an archival PDF",
        description=(
            "Faithful, with every word compared, or refused with part, paragraph and remedy. Where an operator has "
            "configured LibreOffice it converts what is refused, and the headers say so. Nothing is kept."
        ),
        scopes=[Scope.PREVIEW],
        body={"required": True, "content": {DOCX: {}}},
        answers={
            "200": file_answer(
                "The PDF.", PDF, headers=["Conversion-Engine", "Conversion-Profile", "Conversion-Compared"]
            )
        },
        problems=[413, 422, 429, 503],
    ),
)
