"""The files of a bundle, one by one, held against the signed list and the manifest."""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from service.signing.asic import LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH, archive_paths
from service.signing.conclusions import named
from service.signing.container_reading import ContainerContents
from service.signing.findings import Check, CheckOutcome, failed, passed
from service.signing.list_reading import ListedFile, ListFault, read_file_list
from service.signing.manifest import MANIFEST_PATH
from service.signing.manifest_reading import ManifestReading

_FRAME = frozenset({MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH})
_ASK_AGAIN = "Ask the Office of Child Support Enforcement for a fresh copy."


def payload_digests(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """The raw SHA-256 of every file that the bundle is there for, by path."""
    frame = _frame(entries.keys())
    return {path: hashlib.sha256(content).digest() for path, content in entries.items() if path not in frame}


def file_checks(contents: ContainerContents) -> tuple[Check, ...]:
    """One check for every file that is here or should be."""
    if LIST_PATH not in contents.entries:
        return (failed(LIST_PATH, "The list of files is missing, damaged or cut off.", [LIST_PATH]),)
    try:
        listed = {file.path: file for file in read_file_list(contents.entries[LIST_PATH])}
    except ListFault as fault:
        return (failed(LIST_PATH, f"The list of files cannot be read: {fault}.", [LIST_PATH]),)
    digests = payload_digests(contents.entries)
    paths = sorted({*listed, *digests, *(contents.damaged.keys() - _frame(contents.entries.keys()))})
    return tuple(_file_check(path, listed.get(path), digests, contents.damaged) for path in paths)


def all_files_check(files: Sequence[Check]) -> Check:
    """All of them together."""
    name = "Nothing was changed"
    if wrong := [file.name for file in files if file.outcome is CheckOutcome.FAIL]:
        return failed(name, f"{named(wrong)}: not as signed. {_ASK_AGAIN}")
    return passed(name, f"Each of the {len(files)} files matches the signed list.")


def manifest_check(manifest: ManifestReading, files: Sequence[Check]) -> Check:
    """What the manifest says, held against the files that are as they were signed.

    What is wrong with the others is said of them already, and it is they that fail, not the manifest.
    """
    name = "The manifest describes the documents"
    wrong = {part for file in files for part in file.parts}
    if MANIFEST_PATH in wrong:
        return failed(name, f"{MANIFEST_PATH} is not as signed, so what it says counts for nothing.", [MANIFEST_PATH])
    faults = [fault for fault in manifest.faults if fault.part not in wrong]
    if faults:
        words = "; ".join(f"{fault.part} {fault.reason}" for fault in faults)
        return failed(name, f"{words}.", [fault.part for fault in faults])
    if manifest.faults:
        return passed(name, "Every document is in it, with the digest that it had when it was signed.")
    return passed(name, "Every document is in it, with its digest.")


def _frame(paths: Collection[str]) -> frozenset[str]:
    """The parts that hold the container together: they are checked for themselves and are in no signed list."""
    return _FRAME.union(*archive_paths(paths))


def _file_check(
    path: str, listed: ListedFile | None, digests: Mapping[str, bytes], damaged: Mapping[str, str]
) -> Check:
    if listed is None:
        return failed(path, "Added: it is not in the signed list.", [path])
    if path in damaged:
        return failed(path, f"Changed or damaged: {damaged[path]}.", [path])
    if path not in digests:
        return failed(path, "Missing: it is in the signed list, but not here.", [path])
    if digests[path] != listed.sha256:
        return failed(path, "Changed after signing.", [path])
    return passed(path, "Unchanged.")
