"""A picture becomes a page: tagged, with the exhibit's title as its alternative text."""

import tempfile
from pathlib import Path

from service.assembling.typesetting import NotSettable, typeset_page
from service.errors import ExhibitRefused, Fault


def page_of(picture: bytes, ending: str, title: str, *, lying: bool) -> bytes:
    """One US Letter page that shows a clean picture as large as it goes, upright or ``lying`` as the picture is.

    Raises:
        ExhibitRefused: The picture or the title cannot be set.
    """
    name = f"picture.{ending}"
    with tempfile.TemporaryDirectory(prefix="exhibit-") as folder:
        Path(folder, name).write_bytes(picture)
        content = {"title": title, "file": name, "lying": lying}
        try:
            return typeset_page("picture_page.typ", "page", content, Path(folder))
        except NotSettable as refusal:
            message = "The picture cannot be put on a page. Save it anew, or print it to a PDF, and send that."
            fault = Fault(code="exhibit_picture", message=message, pointer="/exhibits")
            raise ExhibitRefused("Exhibits cannot be taken as they are; nothing was drawn up.", [fault]) from refusal
