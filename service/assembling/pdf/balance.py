"""Graphics states that a page's content opens and does not close, or closes and did not open."""

import pikepdf


def unbalanced(page: pikepdf.Page) -> tuple[int, int]:
    """How many graphics states the content restores without saving, and how many it leaves saved."""
    depth = lowest = 0
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        depth += 1 if str(instruction.operator) == "q" else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest
