"""Checking a bundle: is it what was signed, who signed it, and is that somebody we were told to trust?"""

import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence

from cryptography import x509

from service.signing.archive_stamps import ArchiveStamp, came_too_late, lasts_until, read_archive
from service.signing.asic import CONTAINER_MEDIA_TYPE, LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH, archive_paths
from service.signing.certificates import Standing, display_name, fingerprint
from service.signing.container_reading import BundleLimits, ContainerContents, read_container
from service.signing.findings import Check, CheckOutcome, Verdict, Verification, failed, note, passed, printable
from service.signing.levels import SealLevel
from service.signing.list_reading import ListedFile, ListFault, read_file_list
from service.signing.manifest import MANIFEST_PATH
from service.signing.manifest_reading import ManifestReading, read_manifest
from service.signing.seal_reading import SealFault, read_seal
from service.signing.signature_reading import GenuineSignature, SignatureFault, read_signature
from service.signing.time_reading import TimeStamp, TimeStampFault, read_time_stamp
from service.signing.trust_reading import NO_TRUSTED_TIME, Trust, read_trust

_FRAME = frozenset({MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH})
_SENTENCES = {
    Verdict.SIGNED: "Intact, and signed by {signer}",
    Verdict.UNKNOWN_SIGNER: "Intact, but we do not know this signer",
    Verdict.DO_NOT_RELY: "Do not rely on this bundle",
    Verdict.NOT_A_BUNDLE: "Not a filing bundle",
}
_ASK_AGAIN = "Ask the Office of Child Support Enforcement for a fresh copy."
_MOST_NAMED = 10
# What pyHanko would print of a faulty signature is a finding here, said in its place.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def verify(
    bundle: bytes,
    roots: Sequence[x509.Certificate],
    limits: BundleLimits | None = None,
    *,
    time_roots: Sequence[x509.Certificate] = (),
) -> Verification:
    """Check a bundle against the roots given; a certificate inside it is never an anchor.

    CPU-bound, about 15 ms a sealed document: call it off the event loop. Needs no network and no record of the service.

    Args:
        bundle: the container as received.
        roots: whom to trust as signers of bundles.
        limits: how large a bundle may be.
        time_roots: whom to trust as time-stamp authorities. Nothing but such a root vouches for the chain of a time
            stamp, so where some are given, a stamp that leads to none of them is a fault.

    Raises:
        BundleRefused: the bundle is too large to be examined, or says it holds more than it can.
    """
    contents = read_container(bundle, limits or BundleLimits())
    if contents is None or not _looks_like_a_bundle(contents):
        return _not_a_bundle()
    signature, signature_check = _signature(contents.entries)
    stamp, stamp_checks = _time_stamp(signature, time_roots)
    archive = read_archive(contents.entries, time_roots)
    files = _file_checks(contents)
    manifest = read_manifest(contents.entries.get(MANIFEST_PATH, b""), _payload_digests(contents.entries))
    integrity = (
        _layout_check(contents),
        signature_check,
        *stamp_checks,
        *_archive_checks(archive),
        _files_check(files),
        _manifest_check(manifest),
    )
    trust = read_trust(signature, signature.signed_at, stamp, roots) if signature and signature.signed_at else None
    integrity += (_seal_check(contents.entries, manifest, signature, trust),)
    intact = all(check.outcome is not CheckOutcome.FAIL for check in integrity)
    verdict = _verdict(intact=intact, trust=trust)
    checks = integrity + (trust.checks if trust else ()) + _lasting_checks(stamp, archive)
    signer = printable(display_name(signature.certificate)) if signature else None
    return Verification(
        verdict=verdict,
        sentence=_SENTENCES[verdict].format(signer=signer),
        explanation=_explanation(verdict, checks, files),
        intact=intact,
        trusted=trust is not None and trust.holds,
        signer=signer,
        certificate_fingerprint=fingerprint(signature.certificate) if signature else None,
        signed_at=signature.signed_at if signature else None,
        stamped_at=trust.stamped_at if trust else None,
        time_basis=trust.time_basis if trust else NO_TRUSTED_TIME,
        trust_basis=trust.basis if trust else "nothing",
        checks=checks,
        files=files,
        failed_parts=tuple(dict.fromkeys(part for check in (*files, *checks) for part in check.parts)),
        claims={name: printable(claim) for name, claim in manifest.claims.items()} if intact else {},
    )


def _looks_like_a_bundle(contents: ContainerContents) -> bool:
    media_type = contents.entries.get(MIMETYPE_PATH, b"")
    return media_type == CONTAINER_MEDIA_TYPE.encode() or LIST_PATH in {*contents.entries, *contents.damaged}


def _layout_check(contents: ContainerContents) -> Check:
    name = "Nothing hides around the files"
    if faults := contents.layout_faults:
        words = "; ".join(f"{fault.part} {fault.reason}" for fault in faults)
        return failed(name, f"{words}.", [fault.part for fault in faults])
    return passed(name, "The bundle is laid out exactly as this service writes it.")


def _signature(entries: Mapping[str, bytes]) -> tuple[GenuineSignature | None, Check]:
    name = "The signature is genuine"
    if missing := [path for path in (LIST_PATH, SIGNATURE_PATH) if path not in entries]:
        return None, failed(name, f"{' and '.join(missing)} cannot be found or read.", missing)
    try:
        signature = read_signature(entries[SIGNATURE_PATH], hashlib.sha256(entries[LIST_PATH]).digest())
    except SignatureFault as fault:
        words = f"{SIGNATURE_PATH} does not belong to {LIST_PATH}: {fault}."
        return None, failed(name, words, (LIST_PATH, SIGNATURE_PATH))
    if signature.signed_at is None:
        return None, failed(name, "It does not say when it was made.", [SIGNATURE_PATH])
    return signature, passed(name, f"It was made with the key of {display_name(signature.certificate)}.")


def _time_stamp(
    signature: GenuineSignature | None, time_roots: Sequence[x509.Certificate]
) -> tuple[TimeStamp | None, tuple[Check, ...]]:
    if signature is None or signature.time_stamp is None:
        return None, ()
    name = "The time stamp is genuine"
    try:
        stamp = read_time_stamp(signature.time_stamp, signature.signature, time_roots)
    except TimeStampFault as fault:
        return None, (failed(name, f"The time stamp in {SIGNATURE_PATH}: {fault}.", [SIGNATURE_PATH]),)
    if time_roots and stamp.root is None:
        words = f"It names {stamp.authority}, but leads to none of the time-stamp roots that were given."
        return None, (failed(name, words, [SIGNATURE_PATH]),)
    return stamp, (passed(name, f"{stamp.authority} put it on this very signature."),)


def _archive_checks(archive: Sequence[ArchiveStamp]) -> tuple[Check, ...]:
    """Whether each later stamping is over all that the bundle held then."""
    if not archive:
        return ()
    name = "It was stamped again later"
    if wrong := [one for one in archive if one.fault]:
        words = "; ".join(str(one.fault) for one in wrong)
        return (failed(name, f"{words}.", [part for one in wrong for part in (one.list_path, one.stamp_path)]),)
    said = [f"{one.stamp.at:%Y-%m-%d %H:%M:%S} UTC by {one.stamp.authority}" for one in archive if one.stamp]
    return (passed(name, f"Over everything before, each time: {'; '.join(said)}."),)


def _lasting_checks(stamp: TimeStamp | None, archive: Sequence[ArchiveStamp]) -> tuple[Check, ...]:
    """How long the newest time stamp proves itself: a note, for it lies with whoever keeps the bundle."""
    until = lasts_until(stamp, archive)
    if until is None:
        return ()
    name = "How long the time stamps prove themselves"
    words = f"The certificate behind the newest runs out on {until:%Y-%m-%d}. Stamp the bundle again before that day."
    if came_too_late(stamp, archive):
        words = f"A stamp had already run out when the next was made: it vouches for the time since then only. {words}"
    return (note(name, words),)


def _frame(paths: Collection[str]) -> frozenset[str]:
    """The parts that hold the container together: they are checked for themselves and are in no signed list."""
    return _FRAME.union(*archive_paths(paths))


def _payload_digests(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    frame = _frame(entries.keys())
    return {path: hashlib.sha256(content).digest() for path, content in entries.items() if path not in frame}


def _file_checks(contents: ContainerContents) -> tuple[Check, ...]:
    """One check for every file that is here or should be."""
    if LIST_PATH not in contents.entries:
        return (failed(LIST_PATH, "The list of files is missing, damaged or cut off.", [LIST_PATH]),)
    try:
        listed = {file.path: file for file in read_file_list(contents.entries[LIST_PATH])}
    except ListFault as fault:
        return (failed(LIST_PATH, f"The list of files cannot be read: {fault}.", [LIST_PATH]),)
    digests = _payload_digests(contents.entries)
    paths = sorted({*listed, *digests, *(contents.damaged.keys() - _frame(contents.entries.keys()))})
    return tuple(_file_check(path, listed.get(path), digests, contents.damaged) for path in paths)


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


def _files_check(files: Sequence[Check]) -> Check:
    name = "Nothing was changed"
    if wrong := [file.name for file in files if file.outcome is CheckOutcome.FAIL]:
        return failed(name, f"{_named(wrong)}: not as signed. {_ASK_AGAIN}")
    return passed(name, f"Each of the {len(files)} files matches the signed list.")


def _manifest_check(manifest: ManifestReading) -> Check:
    name = "The manifest describes the documents"
    if manifest.faults:
        return failed(name, f"{'; '.join(manifest.faults)}.", [MANIFEST_PATH])
    return passed(name, "Every document is in it, with its digest.")


def _seal_check(
    entries: Mapping[str, bytes], manifest: ManifestReading, signature: GenuineSignature | None, trust: Trust | None
) -> Check:
    """PDFs are only opened when somebody we know signed for them: what a stranger sends is not read that deeply."""
    name = "The documents are sealed one by one"
    if signature is None or trust is None:
        return note(name, "Not examined, because the signature of the bundle does not hold.")
    sealed = [path for path in manifest.sealed if path in entries]
    if not sealed:
        return note(name, "No document in this bundle carries a seal of its own.")
    if trust.path.standing is not Standing.TRUSTED:
        return note(name, "Not examined, because we do not know the signer.")
    faults: dict[str, str] = {}
    levels: set[SealLevel] = set()
    for path in sealed:
        try:
            levels.add(read_seal(entries[path], signature.certificate))
        except SealFault as fault:
            faults[path] = str(fault)
    if faults:
        return failed(name, "; ".join(f"{path}: {fault}" for path, fault in faults.items()) + ".", faults)
    words = f"{len(sealed)} of them, PAdES level {' and '.join(sorted(levels))}"
    return passed(name, f"{words}: later only form fields may be filled; anything else would show.")


def _not_a_bundle() -> Verification:
    return Verification(
        verdict=Verdict.NOT_A_BUNDLE,
        sentence=_SENTENCES[Verdict.NOT_A_BUNDLE],
        explanation="This file is not a signed container. Send the .asice file as it was received.",
        intact=False,
        trusted=False,
        signer=None,
        certificate_fingerprint=None,
        signed_at=None,
        stamped_at=None,
        time_basis=NO_TRUSTED_TIME,
        trust_basis="nothing",
        checks=(failed("It is a filing bundle", "The file is not an ASiC-E container."),),
        files=(),
        failed_parts=(),
        claims={},
    )


def _verdict(*, intact: bool, trust: Trust | None) -> Verdict:
    if not intact or trust is None:
        return Verdict.DO_NOT_RELY
    if trust.path.standing is Standing.UNKNOWN:
        return Verdict.UNKNOWN_SIGNER
    return Verdict.SIGNED if trust.holds else Verdict.DO_NOT_RELY


def _explanation(verdict: Verdict, checks: Sequence[Check], files: Sequence[Check]) -> str:
    if verdict is Verdict.SIGNED:
        return f"All {len(files)} files are exactly as they were when signed."
    wrong = [file for file in files if file.outcome is CheckOutcome.FAIL]
    if len(wrong) == 1:
        return f"{wrong[0].name}: {wrong[0].detail}"
    if wrong:
        return f"{len(wrong)} files are not as signed: {_named([file.name for file in wrong])}."
    return " ".join(check.detail for check in checks if check.outcome is CheckOutcome.FAIL)


def _named(paths: Sequence[str]) -> str:
    """The first ten, and how many more: an answer stays readable however much is wrong."""
    first, more = paths[:_MOST_NAMED], len(paths) - _MOST_NAMED
    return ", ".join(first) + (f" and {more} more" if more > 0 else "")
