"""How much work the pages of an exhibit are to draw.

Runs inside the examining process (:mod:`service.assembling.exhibits.process`), never in the service itself.
"""

import re
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from service.assembling.exhibits.policy import ExhibitLimits

_SHOWN = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_MOST_FORMS = 20_000


def heavy_page(pdf: pikepdf.Pdf, limits: ExhibitLimits) -> int | None:
    """The first page, from 1, that is drawn with too much or shows forms too often; every stream unpacks by now."""
    forms = _Forms()
    for number, page in enumerate(pdf.pages, start=1):
        content = _content(page.obj)
        if len(content) > limits.max_drawing_bytes or forms.shown_by(page.obj, content) > _MOST_FORMS:
            return number
    return None


@dataclass
class _Forms:
    """How often forms are drawn, forms within forms included: two kilobytes can ask for a billion."""

    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    def shown_by(self, holder: pikepdf.Object, content: bytes) -> int:
        """Forms drawn by this content; a form that draws itself counts as too many."""
        drawn = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        shown = 0
        for name in _SHOWN.findall(content):
            form = drawn.get(f"/{name.decode('latin-1')}")
            if isinstance(form, pikepdf.Stream) and form.stream_dict.get("/Subtype") == Name.Form:
                shown += 1 + self._within(form)
                if shown > _MOST_FORMS:
                    break
        return shown

    def _within(self, form: pikepdf.Stream) -> int:
        if form.objgen not in self._known:
            self._known[form.objgen] = _MOST_FORMS
            self._known[form.objgen] = self.shown_by(form.stream_dict, form.read_bytes())
        return self._known[form.objgen]


def _content(page: pikepdf.Object) -> bytes:
    contents = page.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)
