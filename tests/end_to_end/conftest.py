import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from service import pipeline
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer
from service.pipeline import Workshop
from service.rendering.word.templates import WordTemplates
from service.signing.keys import load_or_make_dev_key
from templates import templates_root
from tests.builders import example_exhibits, submission_of

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
Files = dict[str, bytes]
Filer = Callable[..., dict[str, Files]]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filer]:
    """Files a case and opens the containers: audience to path to bytes. The same case is filed once."""
    templates = WordTemplates(templates_root() / "filings")
    key = load_or_make_dev_key(tmp_path_factory.mktemp("keys"), AT)
    done: dict[bytes, dict[str, Files]] = {}
    with ExhibitExaminer() as examiner:
        workshop = Workshop(templates=templates, examiner=examiner, limits=ExhibitLimits(), versions={"service": "0"})

        def filed(
            document: dict[str, Any],
            overrides: dict[str, str] | None = None,
            exhibits: dict[str, bytes] | None = None,
        ) -> dict[str, Files]:
            sent = exhibits or example_exhibits(document["kind"])
            known = json.dumps([document, overrides], sort_keys=True).encode() + b"".join(sent.values())
            if known not in done:
                submission = submission_of(document, sent, overrides)
                released = pipeline.release(
                    submission, workshop, key, filing_id="flg_test", at=AT, progress=lambda _stage: None
                )
                done[known] = {name: _opened(content) for name, content in released.bundle.containers.items()}
            return done[known]

        yield filed


def _opened(container: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(container)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}
