"""Markup within a line: bold, italic, underline, check boxes, tabs, breaks; template tags pass through untouched."""

import re

from templates.authoring.manuscript import Run

TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_TOKEN = re.compile(
    r"(?P<tag>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})"
    r"|\\(?P<escaped>.|$)"
    r"|(?P<box>\[\[[x ]\]\])"
    r"|<<(?P<word>[a-z]+)>>"
    r"|(?P<toggle>(?<!\*)\*\*(?!\*)|(?<![:/])//(?!/)|(?<!_)__(?!_))"
)
_STRING_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_CURLY_QUOTES = re.compile("[‘’“”]")
_STYLE_OF_TOGGLE = {"**": "bold", "//": "italic", "__": "underline"}
_CHARACTER_OF_WORD = {"tab": "\t", "br": "\n"}
_MARKUP_SIGNS = "\\|*/_[]<>#=^+%{:"
_BOXES = {"[[x]]": "☒", "[[ ]]": "☐"}
_UNBROKEN = {"~": "\u00a0", "-": "\u2011"}


class MarkupFault(ValueError):
    """Markup within a line that cannot be read; the message says what to mend."""


def read_runs(text: str) -> tuple[Run, ...]:
    """The runs of one line of text.

    Raises:
        MarkupFault: A mark that is opened and not closed, or a ``<<word>>`` that means nothing.
    """
    runs: list[Run] = []
    open_styles: dict[str, bool] = {"bold": False, "italic": False, "underline": False}
    buffer = ""
    at = 0
    for match in _TOKEN.finditer(text):
        buffer += text[at : match.start()]
        at = match.end()
        if match["toggle"]:
            if buffer:
                runs.append(Run(text=buffer, **open_styles))
            buffer = ""
            style = _STYLE_OF_TOGGLE[match["toggle"]]
            open_styles[style] = not open_styles[style]
        else:
            buffer += _characters(match)
    buffer += text[at:]
    if buffer:
        runs.append(Run(text=buffer, **open_styles))
    for mark, style in _STYLE_OF_TOGGLE.items():
        if open_styles[style]:
            raise MarkupFault(
                f"{mark} is opened and not closed; close it, or write \\{mark[0]}\\{mark[0]} for the signs."
            )
    return tuple(runs)


def _characters(match: re.Match[str]) -> str:
    if match["tag"]:
        return _keep_literals(match["tag"])
    if match["escaped"] is not None:
        return _escaped(match["escaped"])
    if match["box"]:
        return _BOXES[match["box"]]
    if match["word"] not in _CHARACTER_OF_WORD:
        raise MarkupFault(f"<<{match['word']}>> means nothing here; known are <<tab>> and <<br>>.")
    return _CHARACTER_OF_WORD[match["word"]]


def _escaped(character: str) -> str:
    if character in _UNBROKEN:
        return _UNBROKEN[character]
    if character not in _MARKUP_SIGNS:
        raise MarkupFault(f"a backslash stands before {character or 'the end'}; write \\\\ for a backslash itself.")
    return character


def _keep_literals(tag: str) -> str:
    """Word templates may not tell curly from straight quotes inside tags, so literals carry curly ones as escapes."""
    return _STRING_LITERAL.sub(
        lambda literal: _CURLY_QUOTES.sub(lambda quote: f"\\u{ord(quote[0]):04x}", literal[0]),
        tag,
    )


def split_cells(line: str) -> list[str]:
    """The cells of a table row: split at bars that stand neither in a template tag nor behind a backslash."""
    cells = [""]
    at = 0
    for match in re.finditer(TEMPLATE_TAG.pattern + r"|\\.|\|", line):
        cells[-1] += line[at : match.start()]
        at = match.end()
        if match[0] == "|":
            cells.append("")
        else:
            cells[-1] += match[0]
    cells[-1] += line[at:]
    return [cell.strip() for cell in cells]
