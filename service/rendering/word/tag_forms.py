"""What is wrong with a template tag taken by itself, in words that say what to write instead."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from service.rendering.word.language import (
    CELL_STATEMENTS,
    FILTERS_ALLOWED,
    STATEMENTS_ALLOWED,
    TESTS_ALLOWED,
    TemplateLanguage,
)

PREFIXED: Final = re.compile(r"\{[%{#](p|tr|tc|r)\s")
STATEMENT: Final = re.compile(r"\{%(?:(?:p|tr|tc)\s)?\s*(\w+)")
TYPOGRAPHIC_QUOTES: Final = "“”‘’"

_SPACED_PREFIX: Final = re.compile(r"\{[%{]\s+(p|tr|tc|r)\s+\w")
_JOINED_PREFIX: Final = re.compile(r"\{%(p|tr|tc)(if|elif|else|endif|for|endfor|set)\b")
_WHITESPACE_CONTROL: Final = re.compile(r"\{[%{#][-+]|[-+][%}#]\}$")
_STRING: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_CURLY_TO_STRAIGHT: Final = str.maketrans(TYPOGRAPHIC_QUOTES, "\"\"''")
_LOOP_METHODS: Final = frozenset({"cycle", "changed"})


class TagFault(NamedTuple):
    """A fault before its paragraph is known."""

    code: str
    message: str


def tag_faults(tag: str, language: TemplateLanguage) -> list[TagFault]:
    """Everything wrong with the tag; what it means is only judged where its form can stand."""
    faults = [*_form_faults(tag), *_sign_faults(tag)]
    return faults or list(_meaning_faults(tag, language))


def straight(tag: str) -> str:
    """The tag with the typographic quotation marks that Word makes turned into those the language reads."""
    return tag.translate(_CURLY_TO_STRAIGHT)


def unprefixed(tag: str) -> str:
    """The tag as Jinja reads it: without the letter that says what it takes away."""
    return PREFIXED.sub(lambda match: f"{match[0][:2]} ", straight(tag))


def completed(tag: str) -> str:
    """A statement with what it needs around it to be read alone."""
    statement = STATEMENT.match(tag)
    before, after = {
        "if": ("", "{% endif %}"),
        "elif": ("{% if true %}", "{% endif %}"),
        "else": ("{% if true %}", "{% endif %}"),
        "endif": ("{% if true %}", ""),
        "for": ("", "{% endfor %}"),
        "endfor": ("{% for each in [] %}", ""),
        "set": ("", "" if "=" in tag else "{% endset %}"),
    }.get(statement[1] if statement else "", ("", ""))
    return before + tag + after


def sign_name(sign: str) -> str:
    """A character and its name and code point, for one that looks like another."""
    return f"“{sign}” ({unicodedata.name(sign, 'unnamed')}, U+{ord(sign):04X})"


def _form_faults(tag: str) -> Iterator[TagFault]:
    prefixed = PREFIXED.match(tag)
    if _WHITESPACE_CONTROL.search(tag):
        yield TagFault("whitespace_control", "Write the tag without - and + at its ends: they would join paragraphs.")
    if spaced := _SPACED_PREFIX.match(tag):
        opening, letter, closing = tag[:2], spaced[1], "%}" if tag[1] == "%" else "}}"
        message = f"Write {opening}{letter} … {closing} without a space before the {letter}."
        yield TagFault("spaced_prefix", message)
    if joined := _JOINED_PREFIX.match(tag):
        yield TagFault("joined_prefix", f"Write {{%{joined[1]} {joined[2]} … %}} with a space after the {joined[1]}.")
    if prefixed and (tag.startswith("{{") != (prefixed[1] == "r")):
        message = "Subdocuments are not supported: write {{ name }}, or {{r name }} for rich text and pictures."
        yield TagFault("subdocument", message)
    elif prefixed and re.search("[%}]", tag[2:-2]):
        yield TagFault("tag_unreadable", "A tag that takes a paragraph, row or cell away may hold neither % nor }.")


def _sign_faults(tag: str) -> Iterator[TagFault]:
    if tag.startswith("{#"):
        return
    bare = _STRING.sub("", straight(tag))
    for odd in dict.fromkeys(sign for sign in bare if not sign.isascii() and not sign.isspace()):
        message = f"The sign {sign_name(odd)} cannot stand in a tag outside quotation marks."
        yield TagFault("sign_refused", message)


def _meaning_faults(tag: str, language: TemplateLanguage) -> Iterator[TagFault]:
    statement = STATEMENT.match(tag)
    if statement and statement[1] in CELL_STATEMENTS:
        return
    if statement and statement[1] not in STATEMENTS_ALLOWED:
        message = _unknown("statement", statement[1], STATEMENTS_ALLOWED)
        yield TagFault("statement_unknown", message)
        return
    yield from _expression_faults(unprefixed(tag), language)


@lru_cache(maxsize=2048)
def _expression_faults(tag: str, language: TemplateLanguage) -> tuple[TagFault, ...]:
    try:
        tree = language.parse(completed(tag))
        faults = tuple(_refused_uses(tree))
        if not faults:
            language.compile(tree, raw=True)
    except TemplateSyntaxError as error:
        return (TagFault("tag_unreadable", f"The tag cannot be read: {error.message}"),)
    except (RecursionError, MemoryError, SyntaxError):
        # Jinja descends into every bracket, and Python compiles what it makes of them.
        return (TagFault("tag_unreadable", "The tag cannot be read: it nests too deeply."),)
    return faults


def _refused_uses(tree: nodes.Template) -> Iterator[TagFault]:
    for used in tree.find_all(nodes.Filter):
        if used.name not in FILTERS_ALLOWED:
            yield TagFault("filter_unknown", _unknown("filter", used.name, FILTERS_ALLOWED))
    for test in tree.find_all(nodes.Test):
        if test.name not in TESTS_ALLOWED:
            yield TagFault("test_unknown", _unknown("test", test.name, TESTS_ALLOWED))
    for call in tree.find_all(nodes.Call):
        if not _may_be_called(call.node):
            yield TagFault(
                "call_refused", "Templates call nothing but range(…) and loop.cycle(…): print a name instead."
            )
    for member in tree.find_all(nodes.Getattr):
        if member.attr.startswith("_"):
            yield TagFault("call_refused", f"The member “{member.attr}” is no fact: print a name that the draft gives.")


def _may_be_called(called: nodes.Expr) -> bool:
    if isinstance(called, nodes.Getattr):
        owner = called.node
        return isinstance(owner, nodes.Name) and owner.name == "loop" and called.attr in _LOOP_METHODS
    return isinstance(called, nodes.Name) and called.name == "range"


def _unknown(kind: str, name: str, known: frozenset[str] | tuple[str, ...]) -> str:
    nearest = get_close_matches(name, sorted(known), n=1)
    hint = f"the nearest known one is “{nearest[0]}”" if nearest else f"known are {', '.join(sorted(known))}"
    return f"The {kind} “{name}” is not supported; {hint}."
