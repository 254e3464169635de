"""The lines that a text is reckoned to fill are the lines that the compiler sets."""

import json

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from service.rendering.typesetting.fonts import text_width
from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.markup import literal, points
from service.rendering.typesetting.prelude import prelude
from service.rendering.typesetting.runs import text_settings
from service.rendering.typesetting.wrapping import lines_within
from templates import templates_root

_WORDS = st.from_regex(r"\A(?:[$(]?[A-Za-zé]{1,9}|[0-9]{1,3},[0-9]{3}\.[0-9]{2}|Smith’s)%?[.,;:)]{0,2}\Z")
_TEXTS = st.lists(_WORDS, min_size=1, max_size=14).map(" ".join)
_SAMPLES = st.lists(st.tuples(_TEXTS, st.floats(40, 260), st.booleans()), min_size=40, max_size=40)


@settings(max_examples=12, deadline=None)
@given(samples=_SAMPLES)
def test_a_text_fills_as_many_lines_as_reckoned(samples: list[tuple[str, float, bool]]) -> None:
    looks = [RunLook(size=10.0, bold=bold) for _, _, bold in samples]
    reckoned = [lines_within(text, look, width) for (text, width, _), look in zip(samples, looks, strict=True)]

    assert [each for each in reckoned if each is not None] == [
        lines for lines, known in zip(_compiled(samples, looks), reckoned, strict=True) if known is not None
    ]


@pytest.mark.parametrize(
    "text", ["more,% of", "self-employed", "and/or", "“quoted” words", "two  spaces", "a\u00a0b", "§ 9-14", ""]
)
def test_a_text_that_may_break_elsewhere_is_left_to_the_compiler(text: str) -> None:
    assert lines_within(text, RunLook(), 30.0) is None


def test_a_line_that_only_just_fits_is_left_to_the_compiler() -> None:
    width = text_width("two words", RunLook())

    assert lines_within("two words", RunLook(), width) is None
    assert lines_within("two words", RunLook(), width + 1) == 1
    assert lines_within("two words", RunLook(), width - 1) == 2


def _compiled(samples: list[tuple[str, float, bool]], looks: list[RunLook]) -> list[int]:
    blocks = [
        f"measure(block(width:{points(width)},{{set text({text_settings(look)});{literal(text)}}})).height.pt()"
        for (text, width, _), look in zip(samples, looks, strict=True)
    ]
    source = f"{prelude('')}#set text(top-edge:8pt,bottom-edge:-2pt)\n#context [#metadata(({','.join(blocks)},)) <m>]"
    folder = templates_root() / "fonts"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    compiler = typst.Compiler(source.encode(), font_paths=fonts, ignore_system_fonts=True)
    (heights,) = json.loads(compiler.query("<m>", field="value"))
    return [round(height / 10) for height in heights]
