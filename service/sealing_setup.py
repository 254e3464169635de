"""From settings to what signs, how well it seals, and whom verification trusts."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from service.errors import KeyRefused
from service.settings import Settings, SettingsRefused
from service.signing.former_roots import former_roots, keep_roots
from service.signing.keys import SigningKey, load_hooked_key, load_or_make_dev_key, load_pem_key, load_pkcs12
from service.signing.levels import SealLevel
from service.signing.pkcs11_key import TokenKey, load_pkcs11_key
from service.signing.sealer import SealingPolicy, revocation_notice
from service.signing.timestamping import TimeStampAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedRoots:
    """Whom verification trusts: as signers, now and formerly, and as time-stamp authorities."""

    current: tuple[x509.Certificate, ...]
    former: tuple[x509.Certificate, ...]
    time: tuple[x509.Certificate, ...]

    @property
    def signers(self) -> tuple[x509.Certificate, ...]:
        """The roots of this key and of keys before it."""
        return (*self.current, *self.former)


def load_signing_key(settings: Settings, now: datetime) -> SigningKey:
    """The configured key, or the development key where that is allowed.

    Raises:
        KeyRefused: the key cannot sign now, more than one is named, or production has no key of its own.
        KeyUnavailable: the device or service that keeps the key does not sign.
        SettingsRefused: a setting that the key needs is missing.
    """
    named = [
        name for name in ("signing_p12", "signing_key", "signing_hook", "pkcs11_module") if getattr(settings, name)
    ]
    if len(named) > 1:
        raise KeyRefused(f"One signing key, please: {' and '.join(map(_variable, named))} each name one.")
    if not named:
        if settings.production:
            raise KeyRefused("Production never signs with the development key; set OCSE_SIGNING_P12 or another key.")
        return load_or_make_dev_key(settings.state_dir / "keys", now)
    key = _named_key(settings, now)
    if settings.production and key.test_only:
        raise KeyRefused("This key is marked TEST ONLY; production needs a key that a court can rely on.")
    return key


def load_sealing_policy(settings: Settings) -> SealingPolicy:
    """The level that is asked for, and what is needed to reach it.

    Raises:
        SettingsRefused: something that the level needs is missing or unusable; all of it is named.
    """
    faults = [*_authority_faults(settings), *_lists_faults(settings)]
    if faults:
        raise SettingsRefused("; ".join(faults))
    authority = None
    if settings.tsa_url is not None:
        authority = TimeStampAuthority(
            url=settings.tsa_url,
            roots=load_time_roots(settings),
            deadline_s=float(settings.tsa_deadline_s),
            policy=settings.tsa_policy,
        )
    return SealingPolicy(
        level=settings.seal_level,
        authority=authority,
        lists=settings.crls,
        ocsp_deadline_s=float(settings.ocsp_deadline_s) if settings.ocsp else None,
    )


def load_trusted_roots(settings: Settings, key: SigningKey) -> TrustedRoots:
    """The roots of this key, those kept of keys before it, and those of time-stamp authorities.

    Keeps the roots of this key for the day it is replaced.

    Raises:
        KeyRefused: the roots of former keys cannot be read or kept.
        SettingsRefused: the roots of time-stamp authorities cannot be read.
    """
    directory = settings.state_dir / "keys" / "roots"
    keep_roots(directory, key.roots)
    return TrustedRoots(current=key.roots, former=former_roots(directory, key), time=load_time_roots(settings))


def load_time_roots(settings: Settings) -> tuple[x509.Certificate, ...]:
    """The roots of time-stamp authorities to trust; none where none are configured.

    Raises:
        SettingsRefused: they cannot be read.
    """
    if settings.tsa_roots is None:
        return ()
    try:
        return tuple(x509.load_pem_x509_certificates(settings.tsa_roots.read_bytes()))
    except (OSError, ValueError) as reason:
        raise SettingsRefused(f"OCSE_TSA_ROOTS: {settings.tsa_roots} holds no certificate in PEM.") from reason


def announcement(key: SigningKey, policy: SealingPolicy, now: datetime) -> tuple[str, ...]:
    """What an operator should see when the service opens: who signs, how well, and what may go wrong with that soon.

    Raises:
        KeyRefused: the key's certificate was revoked.
    """
    lines = (f"Signs as {key.subject}, certificate SHA-256 {key.fingerprint}, level {policy.level}",)
    notices = (key.expiry_notice(now), revocation_notice(key, policy, now))
    return (*lines, *(f"WARNING: {notice}" for notice in notices if notice))


def _named_key(settings: Settings, now: datetime) -> SigningKey:
    passphrase = _secret(settings.signing_passphrase_file)
    if settings.signing_p12:
        return load_pkcs12(settings.signing_p12, passphrase=passphrase, now=now)
    certificate, chain = _needed(settings, "signing_cert"), _needed(settings, "signing_chain")
    if settings.signing_key:
        return load_pem_key(settings.signing_key, certificate, chain, passphrase=passphrase, now=now)
    if settings.signing_hook:
        return load_hooked_key(settings.signing_hook, certificate, chain, now=now)
    return load_pkcs11_key(_token_key(settings), certificate, chain, now=now)


def _token_key(settings: Settings) -> TokenKey:
    missing = [name for name in ("pkcs11_token", "pkcs11_key", "pkcs11_pin_file") if not getattr(settings, name)]
    if missing or settings.pkcs11_module is None:
        raise SettingsRefused(f"A key on a device needs {' and '.join(map(_variable, missing))} as well.")
    pin = _secret(settings.pkcs11_pin_file) or b""
    return TokenKey(
        library=settings.pkcs11_module,
        token=settings.pkcs11_token or "",
        key=settings.pkcs11_key or "",
        pin=pin.decode(errors="replace"),
    )


def _needed(settings: Settings, name: str) -> Path:
    path: Path | None = getattr(settings, name)
    if path is None:
        raise SettingsRefused(f"The signing key needs {_variable(name)} as well.")
    return path


def _authority_faults(settings: Settings) -> list[str]:
    faults = []
    if settings.seal_level is not SealLevel.B_B:
        missing = [name for name in ("tsa_url", "tsa_roots") if getattr(settings, name) is None]
        faults += [f"OCSE_SEAL_LEVEL={settings.seal_level} needs {_variable(name)}" for name in missing]
    place = urlsplit(settings.tsa_url or "http://none")
    if place.scheme not in {"http", "https"} or not place.hostname:
        faults.append("OCSE_TSA_URL: write an http or https address")
    if settings.tsa_deadline_s >= settings.deadline_s:
        faults.append("OCSE_TSA_DEADLINE_S must be shorter than OCSE_DEADLINE_S, or an outage would fail filings")
    elif settings.ocsp and settings.tsa_deadline_s + settings.ocsp_deadline_s >= settings.deadline_s:
        words = "OCSE_TSA_DEADLINE_S and OCSE_OCSP_DEADLINE_S must together be shorter than OCSE_DEADLINE_S"
        faults.append(f"{words}, or an outage would fail filings")
    return faults


def _lists_faults(settings: Settings) -> list[str]:
    if settings.crls is not None and not settings.crls.is_dir():
        return [f"OCSE_CRLS: {settings.crls} is no directory"]
    if settings.crls is None and not settings.ocsp and settings.seal_level in {SealLevel.B_LT, SealLevel.B_LTA}:
        return [f"OCSE_SEAL_LEVEL={settings.seal_level} needs OCSE_CRLS or OCSE_OCSP=yes"]
    return []


def _secret(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes().rstrip(b"\r\n")
    except OSError as reason:
        raise KeyRefused(f"{path.name} cannot be read: {reason.strerror}.") from reason


def _variable(name: str) -> str:
    return f"OCSE_{name.upper()}"
