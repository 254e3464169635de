"""``ocse-filings``: the local operator's commands.

Exit status: 0 done, also when a determination blocks; 1 the input or a setting was refused; 2 usage; 3 the service's
own fault.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from service import __version__
from service.commands.faults import note_fault
from service.commands.speaking import Spoken, speak_error
from service.errors import Audience, FilingError, KeyRefused
from service.settings import Settings
from service.work.libraries import settle_libraries

DONE, REFUSED, OWN_FAULT = 0, 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    settle_libraries()
    try:
        settings = Settings.from_environment(os.environ)
        spoken = _command(options.command)(options, settings)
    except FilingError as error:
        speak_error(error, as_json=options.json)
        return _status_of(error)
    except KeyboardInterrupt:
        return OWN_FAULT
    except Exception as error:  # noqa: BLE001 -- the border: people get a reference, never a traceback
        return _own_fault(error, as_json=options.json)
    try:
        _say(spoken, as_json=options.json)
    except BrokenPipeError:
        return _reader_gone()
    return spoken.status


def _status_of(error: FilingError) -> int:
    """Whoever runs a command also names its files, its templates and its key; a fault in those is theirs to mend."""
    own = error.audience is Audience.OPERATOR and not isinstance(error, KeyRefused)
    return OWN_FAULT if own else REFUSED


def _say(spoken: Spoken, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(spoken.answer, ensure_ascii=False))
    elif spoken.words:
        print(spoken.words)
    sys.stdout.flush()


def _reader_gone() -> int:
    """Whoever read our output stopped, as ``| head`` does; Python would complain again when it closes the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _command(name: str) -> Callable[[argparse.Namespace, Settings], Spoken]:
    """A command by module and function; only the one that runs is imported, for most need no engine."""
    module, function = name.split(".")
    command: Callable[[argparse.Namespace, Settings], Spoken] = getattr(
        import_module(f"service.commands.{module}"), function
    )
    return command


def _own_fault(error: Exception, *, as_json: bool) -> int:
    reference = secrets.token_hex(8)
    noted = _note_fault(reference, error)
    message = f"The service itself failed before it was done. Reference {reference}{noted}."
    if as_json:
        print(json.dumps({"code": "internal", "errors": [{"code": "internal", "message": message}]}))
    else:
        print(message, file=sys.stderr)
    return OWN_FAULT


def _note_fault(reference: str, error: Exception) -> str:
    try:
        path = note_fault(Settings.from_environment(os.environ).state_dir, reference, error)
    except (OSError, FilingError):
        return ""
    return f", noted in {path}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ocse-filings", description="Case facts in, signed Arkansas child-support court filings out."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_operator_commands, _add_case_commands, _add_bundle_commands, _add_word_commands):
        add(commands)
    return parser


def _add_case_commands(commands: Any) -> None:
    _add(commands, "determine", "determining.determine", "say what the law allows on these facts", _FACTS)
    _add(commands, "preview", "filing.preview", "draw up the drafts, unsigned", _FACTS, _EXHIBITS, _OUT, _OVERRIDE)
    _add(commands, "file", "filing.file", "prepare, release and sign", _FACTS, _EXHIBITS, _OUT, _OVERRIDE, _REPLACE)


def _add_bundle_commands(commands: Any) -> None:
    _add(
        commands,
        "verify",
        "trusting.verify",
        "check a bundle",
        ("bundle", {"type": Path, "metavar": "BUNDLE.asice"}),
        ("--trust", {"type": Path, "metavar": "ROOT.pem", "help": "trust this root instead of the service's own"}),
        ("--trust-time", {"type": Path, "metavar": "AUTHORITY.pem", "help": "trust this time-stamp authority's root"}),
    )
    _add(
        commands,
        "replay",
        "replaying.replay",
        "prove that the same facts give the same documents",
        ("bundle", {"type": Path, "metavar": "BUNDLE.asice"}),
        _FACTS,
        _EXHIBITS,
    )
    _add(
        commands,
        "restamp",
        "restamping.restamp",
        "give a bundle or sealed PDF a fresh time stamp",
        ("file", {"type": Path, "metavar": "BUNDLE.asice"}),
        ("--out", {"type": Path, "metavar": "FILE", "help": "write here instead of in its place"}),
    )
    _add(
        commands,
        "trust",
        "trusting.trust",
        "write the service's root certificate",
        ("--out", {"type": Path, "required": True, "metavar": "ROOT.pem"}),
    )


def _add_word_commands(commands: Any) -> None:
    _add(
        commands,
        "convert",
        "converting.convert",
        "turn a Word document into an archival PDF",
        ("document", {"type": Path, "metavar": "DOCUMENT.docx"}),
        ("--out", {"type": Path, "required": True, "metavar": "DOCUMENT.pdf"}),
    )
    _add(
        commands,
        "lint",
        "linting.lint_files",
        "say everything that is wrong with Word templates",
        ("documents", {"type": Path, "nargs": "+", "metavar": "TEMPLATE.docx"}),
        ("--template", {"metavar": "NAME", "help": "the template they are meant for, where file names do not say so"}),
        ("--annotated", {"type": Path, "metavar": "DIR", "help": "write copies with a comment at each fault"}),
    )


def _add_operator_commands(commands: Any) -> None:
    _add(
        commands,
        "serve",
        "serving.serve",
        "answer over HTTP",
        ("--host", {"help": "address to listen on"}),
        ("--port", {"type": int, "help": "port to listen on"}),
    )
    _add(
        commands,
        "keys",
        "access_keys.keys",
        "issue, list and revoke API keys",
        ("action", {"choices": ("issue", "list", "revoke")}),
        ("--label", {"default": "", "help": "who will use the key"}),
        ("--scope", {"action": "append", "default": [], "metavar": "SCOPE", "help": "what it may do; repeat for more"}),
        ("--office", {"help": "its field office; left out for central office"}),
        ("--signatory", {"nargs": 2, "metavar": ("NAME", "BAR_NUMBER"), "help": "the attorney it may release for"}),
        ("--key", {"help": "the id of the key to revoke"}),
    )
    _add(
        commands,
        "audit",
        "auditing.audit",
        "check or show the record of who did what",
        ("action", {"choices": ("check", "show")}),
        ("--head", {"metavar": "ENTRIES:DIGEST", "help": "check that the record continues this head, noted earlier"}),
        ("--filing", {"metavar": "ID", "help": "show the entries of one filing"}),
    )


def _add(commands: Any, name: str, command: str, summary: str, *arguments: tuple[str, dict[str, Any]]) -> None:
    parser = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object")
    parser.set_defaults(command=command)
    for argument, options in arguments:
        parser.add_argument(argument, **options)


_FACTS = ("facts", {"type": Path, "metavar": "FACTS.json"})
_EXHIBITS = ("--exhibits", {"type": Path, "metavar": "DIR", "help": "folder that holds the exhibits by file name"})
_OUT = ("--out", {"type": Path, "required": True, "metavar": "DIR", "help": "folder to write into"})
_REPLACE = ("--replace", {"action": "store_true", "help": "write over the bundles of an earlier filing"})
_OVERRIDE = (
    "--override",
    {"action": "append", "default": [], "metavar": 'G07="reason"', "help": "an attorney's reason for lifting a gate"},
)
