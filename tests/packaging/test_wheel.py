import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


@pytest.mark.parametrize("pattern", ["templates/filings/*.docx", "templates/fonts/*.ttf", "templates/web/*.html",
                                     "service/law/tables/*.json", "service/storage/migrations/*.sql",
                                     "service/**/*.py", "schemas/**/*.py"])  # fmt: skip
def test_the_wheel_carries_everything_that_is_needed_at_run_time(wheel_names: set[str], pattern: str) -> None:
    needed = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)}
    assert needed
    assert needed <= wheel_names


def test_the_wheel_carries_no_tests_and_no_examples(wheel_names: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel_names if ".dist-info" not in name} == {
        "service", "schemas", "templates"
    }  # fmt: skip
