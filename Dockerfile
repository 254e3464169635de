# The wheel is built in one image and installed in another, so that the service's holds what is installed and no more.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md ./
COPY service service
COPY schemas schemas
COPY templates templates
RUN python -m venv /opt/ocse-filings \
 && /opt/ocse-filings/bin/pip install --no-cache-dir .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/ocse-filings --create-home ocse \
 && chmod 700 /var/lib/ocse-filings
COPY --from=build /opt/ocse-filings /opt/ocse-filings
ENV PATH=/opt/ocse-filings/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    OCSE_HOST=0.0.0.0 \
    OCSE_STATE_DIR=/var/lib/ocse-filings
USER ocse
VOLUME /var/lib/ocse-filings
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/livez' % os.environ.get('OCSE_PORT', '8080'), timeout=2)"]
ENTRYPOINT ["ocse-filings"]
CMD ["serve"]
