"""Where things are found over HTTP is known at the border alone."""

from pathlib import Path

SERVICE = Path(__file__).parent.parent.parent / "service"
DOORS = {"web", "commands"}


def test_no_stage_and_no_desk_knows_an_address_of_the_api() -> None:
    inside = [path for path in SERVICE.rglob("*.py") if path.relative_to(SERVICE).parts[0] not in DOORS]
    assert len(inside) > 100
    assert [str(path) for path in inside if "/v1/" in path.read_text(encoding="utf-8")] == []
