"""Rectangles on a page, in points from its lower left corner."""

from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True, slots=True)
class PageBox:
    """Left, bottom, right and top edge in points (1/72 in.)."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, page: pikepdf.Page) -> "PageBox":
        """The part of a page that is shown, corners in order."""
        return cls.around(page.cropbox)

    @classmethod
    def around(cls, edges: Iterable[object]) -> "PageBox":
        """A PDF rectangle, corners in order."""
        x1, y1, x2, y2 = (float(str(edge)) for edge in edges)
        return cls(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def as_array(self) -> pikepdf.Array:
        """A PDF rectangle, rounded to hundredths of a point."""
        return pikepdf.Array([round(edge, 2) for edge in (self.left, self.bottom, self.right, self.top)])
