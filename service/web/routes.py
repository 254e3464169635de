"""Every address the service answers."""

from aiohttp import web

from service.web import (
    catalogue,
    conversions,
    determinations,
    filings,
    health,
    previews,
    reference,
    templates,
    verifications,
)

ROUTES = (
    web.post("/v1/determinations", determinations.create_determination),
    web.post("/v1/previews", previews.create_preview),
    web.get("/v1/previews/{id}", previews.get_preview),
    web.get("/v1/previews/{id}/documents/{name}", previews.get_preview_document),
    web.get(r"/v1/previews/{id}/documents/{name}/pages/{page:\d{1,4}}", previews.get_preview_page),
    web.post("/v1/filings", filings.create_filing),
    web.get("/v1/filings", filings.list_filings),
    web.get("/v1/filings/{id}", filings.get_filing),
    web.post("/v1/filings/{id}/release", filings.release_filing),
    web.post("/v1/filings/{id}/void", filings.void_filing),
    web.get("/v1/filings/{id}/bundles/{audience}", filings.get_container),
    web.get("/v1/filings/{id}/documents/{name}", filings.get_document),
    web.get("/v1/filings/{id}/receipt", filings.get_receipt),
    web.post("/v1/bundles", filings.create_bundle),
    web.post("/v1/verifications", verifications.create_verification),
    web.post("/v1/conversions", conversions.create_conversion),
    web.post("/v1/templates/lint", templates.lint_template),
    web.get("/v1/kinds", catalogue.kinds),
    web.get("/v1/schemas/{name}", catalogue.schema),
    web.get("/v1/courts", catalogue.courts),
    web.get("/v1/courts/{county}", catalogue.court),
    web.get("/v1/trust", catalogue.trust),
    web.get("/v1/trust/verifier", catalogue.verifier),
    web.get("/livez", health.livez),
    web.get("/readyz", health.readyz),
    web.get("/version", health.version),
    web.get("/metrics", health.metrics),
    web.get("/openapi.json", reference.openapi),
    web.get("/docs", reference.docs),
    web.get("/", reference.index),
)
