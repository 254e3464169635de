"""Checking a bundle: is it what was signed, who signed it, and is that somebody we were told to trust?"""

import hashlib
from collections.abc import Mapping, Sequence

from cryptography import x509

from service.signing.archive_stamps import ArchiveStamp, read_archive
from service.signing.asic import CONTAINER_MEDIA_TYPE, LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH
from service.signing.certificates import Standing, display_name
from service.signing.conclusions import Examined, conclude, nothing_signed
from service.signing.container_reading import BundleLimits, ContainerContents, read_container
from service.signing.file_checks import all_files_check, file_checks, manifest_check, payload_digests
from service.signing.findings import Check, Verdict, Verification, failed, note, passed
from service.signing.levels import SealLevel
from service.signing.manifest import MANIFEST_PATH
from service.signing.manifest_reading import ManifestReading, read_manifest
from service.signing.seal_reading import SealFault, read_seal
from service.signing.signature_reading import GenuineSignature, SignatureFault, read_signature
from service.signing.stamp_checks import lasting, stamp_on
from service.signing.trust_reading import Trust, read_trust

_SENTENCES = {
    Verdict.SIGNED: "Intact, and signed by {signer}",
    Verdict.UNKNOWN_SIGNER: "Intact, but we do not know this signer",
    Verdict.DO_NOT_RELY: "Do not rely on this bundle",
}


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
        return nothing_signed(
            "Not a filing bundle",
            "This file is not a signed container. Send the .asice file as it was received.",
            "The file is not an ASiC-E container.",
        )
    found = _examined(contents, roots, time_roots)
    return conclude(found, _SENTENCES, f"All {len(found.files)} files are exactly as they were when signed.")


def _examined(
    contents: ContainerContents, roots: Sequence[x509.Certificate], time_roots: Sequence[x509.Certificate]
) -> Examined:
    entries = contents.entries
    signature, signature_check = _signature(entries)
    stamp, stamp_checks = stamp_on(signature, SIGNATURE_PATH, time_roots)
    archive = read_archive(entries, time_roots)
    files = file_checks(contents)
    manifest = read_manifest(entries.get(MANIFEST_PATH, b""), payload_digests(entries))
    trust = read_trust(signature, signature.signed_at, stamp, roots) if signature and signature.signed_at else None
    return Examined(
        integrity=(
            _layout_check(contents),
            signature_check,
            *stamp_checks,
            *_archive_checks(archive),
            all_files_check(files),
            manifest_check(manifest, files),
            _seal_check(entries, manifest, signature, trust),
        ),
        signature=signature,
        trust=trust,
        files=files,
        notes=lasting([one for one in (stamp, *(later.stamp for later in archive)) if one]),
        claims=manifest.claims,
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
