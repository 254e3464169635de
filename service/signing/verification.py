"""Checking a bundle: is it what was signed, who signed it, and is that somebody we were told to trust?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from service.signing.asic import CONTAINER_MEDIA_TYPE, LIST_PATH, MIMETYPE_PATH, SIGNATURE_PATH
from service.signing.certificates import (
    TEST_ONLY_MARK,
    PathFinding,
    Standing,
    display_name,
    fingerprint,
    trace_path,
    usage_faults,
    validity_fault,
)
from service.signing.container_reading import BundleLimits, ContainerContents, read_container
from service.signing.findings import Check, CheckOutcome, Verdict, Verification, failed, note, passed
from service.signing.list_reading import ListedFile, ListFault, read_file_list
from service.signing.manifest import MANIFEST_PATH
from service.signing.manifest_reading import ManifestReading, read_manifest
from service.signing.seal_reading import seal_fault
from service.signing.signature_reading import GenuineSignature, SignatureFault, read_signature

_FRAME = frozenset({MIMETYPE_PATH, LIST_PATH, SIGNATURE_PATH})
_SENTENCES = {
    Verdict.SIGNED: "Intact, and signed by {signer}",
    Verdict.UNKNOWN_SIGNER: "Intact, but we do not know this signer",
    Verdict.DO_NOT_RELY: "Do not rely on this bundle",
    Verdict.NOT_A_BUNDLE: "Not a filing bundle",
}
_ASK_AGAIN = "Ask the Office of Child Support Enforcement for a fresh copy."


def verify(bundle: bytes, roots: Sequence[x509.Certificate], limits: BundleLimits | None = None) -> Verification:
    """Check a bundle against the roots given; a certificate inside it is never an anchor.

    CPU-bound, about 15 ms a sealed document: call it off the event loop.

    Raises:
        BundleRefused: the bundle is too large to be examined, or says it holds more than it can.
    """
    contents = read_container(bundle, limits or BundleLimits())
    if contents is None or not _looks_like_a_bundle(contents):
        return _not_a_bundle()
    layout = _layout_check(contents)
    signature, signature_check = _signature(contents.entries)
    files = _file_checks(contents)
    manifest = read_manifest(contents.entries.get(MANIFEST_PATH, b""), _payload_digests(contents.entries))
    seals = _seal_check(contents.entries, manifest, signature)
    integrity = (layout, signature_check, _files_check(files), _manifest_check(manifest), seals)
    intact = all(check.outcome is not CheckOutcome.FAIL for check in integrity)
    claimed = signature.signed_at if signature else None
    trust = _trust(signature, claimed, roots) if signature and claimed else None
    verdict = _verdict(intact=intact, trust=trust)
    checks = integrity + (trust.checks if trust else ())
    signer = display_name(signature.certificate) if signature else None
    return Verification(
        verdict=verdict,
        sentence=_SENTENCES[verdict].format(signer=signer),
        explanation=_explanation(verdict, checks, files),
        intact=intact,
        trusted=trust is not None and trust.holds,
        signer=signer,
        certificate_fingerprint=fingerprint(signature.certificate) if signature else None,
        signed_at=claimed,
        trust_basis=_trust_basis(trust),
        checks=checks,
        files=files,
        claims=manifest.claims if intact else {},
    )


@dataclass(frozen=True, slots=True)
class _Trust:
    path: PathFinding
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return all(check.outcome is not CheckOutcome.FAIL for check in self.checks)


def _looks_like_a_bundle(contents: ContainerContents) -> bool:
    media_type = contents.entries.get(MIMETYPE_PATH, b"")
    return media_type == CONTAINER_MEDIA_TYPE.encode() or LIST_PATH in {*contents.entries, *contents.damaged}


def _layout_check(contents: ContainerContents) -> Check:
    name = "Nothing hides around the files"
    if contents.layout_faults:
        return failed(name, "; ".join(contents.layout_faults) + ".")
    return passed(name, "The bundle is laid out exactly as this service writes it.")


def _signature(entries: Mapping[str, bytes]) -> tuple[GenuineSignature | None, Check]:
    name = "The signature is genuine"
    if missing := [path for path in (LIST_PATH, SIGNATURE_PATH) if path not in entries]:
        return None, failed(name, f"{' and '.join(missing)} cannot be found or read.")
    try:
        signature = read_signature(entries[SIGNATURE_PATH], hashlib.sha256(entries[LIST_PATH]).digest())
    except SignatureFault as fault:
        return None, failed(name, f"Of the list of files: {fault}.")
    if signature.signed_at is None:
        return None, failed(name, "It does not say when it was made.")
    return signature, passed(name, f"It was made with the key of {display_name(signature.certificate)}.")


def _payload_digests(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: hashlib.sha256(content).digest() for path, content in entries.items() if path not in _FRAME}


def _file_checks(contents: ContainerContents) -> tuple[Check, ...]:
    """One check for every file that is here or should be."""
    try:
        listed = {file.path: file for file in read_file_list(contents.entries.get(LIST_PATH, b""))}
    except ListFault as fault:
        return (failed(LIST_PATH, f"The list of files cannot be read: {fault}."),)
    digests = _payload_digests(contents.entries)
    paths = sorted({*listed, *digests, *(contents.damaged.keys() - _FRAME)})
    return tuple(_file_check(path, listed.get(path), digests, contents.damaged) for path in paths)


def _file_check(
    path: str, listed: ListedFile | None, digests: Mapping[str, bytes], damaged: Mapping[str, str]
) -> Check:
    if listed is None:
        return failed(path, "Added: it is not in the signed list.")
    if path in damaged:
        return failed(path, f"Changed or damaged: {damaged[path]}.")
    if path not in digests:
        return failed(path, "Missing: it is in the signed list, but not here.")
    if digests[path] != listed.sha256:
        return failed(path, "Changed after signing.")
    return passed(path, "Unchanged.")


def _files_check(files: Sequence[Check]) -> Check:
    name = "Nothing was changed"
    if wrong := [file.name for file in files if file.outcome is CheckOutcome.FAIL]:
        return failed(name, f"{', '.join(wrong)}: not as signed. {_ASK_AGAIN}")
    return passed(name, f"Each of the {len(files)} files matches the signed list.")


def _manifest_check(manifest: ManifestReading) -> Check:
    name = "The manifest describes the documents"
    if manifest.faults:
        return failed(name, "; ".join(manifest.faults) + ".")
    return passed(name, "Every document is in it, with its digest.")


def _seal_check(entries: Mapping[str, bytes], manifest: ManifestReading, signature: GenuineSignature | None) -> Check:
    name = "The documents are sealed one by one"
    if signature is None:
        return note(name, "Not examined, because the signature of the bundle does not hold.")
    sealed = [path for path in manifest.sealed if path in entries]
    if not sealed:
        return note(name, "No document in this bundle carries a seal of its own.")
    faults = {path: seal_fault(entries[path], signature.certificate) for path in sealed}
    if broken := [f"{path}: {fault}" for path, fault in faults.items() if fault]:
        return failed(name, "; ".join(broken) + ".")
    return passed(name, f"{len(sealed)} of them: later only form fields may be filled; anything else would show.")


def _trust(signature: GenuineSignature, at: datetime, roots: Sequence[x509.Certificate]) -> _Trust:
    certificate = signature.certificate
    path = trace_path(certificate, signature.intermediates, roots, at)
    checks = [_signer_check(path, signature), _certificate_check(certificate, at)]
    checks.append(
        note("The time is claimed", f"{at:%Y-%m-%d %H:%M:%S} UTC by the signer's clock; no trusted time confirms it.")
    )
    checks.append(note("Revocation was not asked", "Whether the certificate was withdrawn is not part of this check."))
    if TEST_ONLY_MARK in display_name(certificate):
        checks.append(note("This is a test signature", "The certificate says TEST ONLY; no court can rely on it."))
    return _Trust(path, tuple(checks))


def _signer_check(path: PathFinding, signature: GenuineSignature) -> Check:
    name = "We know the signer"
    if path.standing is not Standing.TRUSTED:
        return failed(name, f"The certificate of the signer: {path.reason}.")
    if set(signature.intermediates) - path.used:
        return failed(name, "The signature carries certificates that do not belong to its chain.")
    return passed(name, f"The certificate of the signer: {path.reason}.")


def _certificate_check(certificate: x509.Certificate, at: datetime) -> Check:
    name = "The certificate was fit to sign"
    faults = [*usage_faults(certificate), *filter(None, [validity_fault(certificate, at)])]
    if faults:
        return failed(name, "The certificate of the signer: " + "; ".join(faults) + ".")
    return passed(name, "It was in force at the claimed time and may sign documents.")


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
        trust_basis="nothing",
        checks=(failed("It is a filing bundle", "The file is not an ASiC-E container."),),
        files=(),
        claims={},
    )


def _verdict(*, intact: bool, trust: _Trust | None) -> Verdict:
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
        return f"{len(wrong)} files are not as signed: {', '.join(file.name for file in wrong)}."
    return " ".join(check.detail for check in checks if check.outcome is CheckOutcome.FAIL)


def _trust_basis(trust: _Trust | None) -> str:
    if trust is None or trust.path.root is None:
        return "nothing"
    return f"root certificate {display_name(trust.path.root)}, SHA-256 {fingerprint(trust.path.root)}"
