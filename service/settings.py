"""Every setting: name, unit, default and meaning, read once from the environment and refused as a whole when wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from service.errors import FilingError
from service.signing.levels import SealLevel


class SettingsRefused(FilingError):
    """One or more settings cannot be used; the message names each."""

    code = "settings_refused"


def _default_state_dir() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ocse-filings"


def _means(text: str) -> dict[str, str]:
    return {"help": text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs. Each field is read from ``OCSE_`` + its name in capitals."""

    state_dir: Path = field(
        default_factory=_default_state_dir, metadata=_means("where filings, keys and the audit record are kept")
    )
    templates_dir: Path | None = field(
        default=None, metadata=_means("an office's own Word templates; unset means those shipped")
    )
    confirmed_authorities: Path | None = field(
        default=None,
        metadata=_means("JSON file of the authorities that the office has confirmed; unset means none"),
    )
    host: str = field(
        default="127.0.0.1", metadata=_means("address to listen on; only loopback while no API key exists")
    )
    port: int = field(default=8080, metadata=_means("port to listen on"))
    workers: int = field(default=2, metadata=_means("rendering processes"))
    queue_limit: int = field(
        default=32, metadata=_means("filings that may wait for a rendering process before callers get 429")
    )
    deadline_s: int = field(default=60, metadata=_means("seconds one filing may take to render"))
    body_limit_mb: int = field(default=64, metadata=_means("largest request in megabytes, exhibits included"))
    exhibit_mb: int = field(default=25, metadata=_means("megabytes of one exhibit as it is sent"))
    exhibit_pages: int = field(default=500, metadata=_means("pages of one exhibit"))
    exhibit_objects: int = field(default=50_000, metadata=_means("objects in the PDF of one exhibit"))
    exhibit_bookmarks: int = field(default=2_000, metadata=_means("bookmarks in the PDF of one exhibit"))
    exhibit_stream_mb: int = field(default=64, metadata=_means("megabytes one stream of an exhibit may unpack to"))
    exhibit_unpacked_mb: int = field(default=512, metadata=_means("megabytes all its streams may unpack to together"))
    exhibit_drawing_mb: int = field(default=4, metadata=_means("megabytes that draw one page, pictures not counted"))
    exhibit_megapixels: int = field(default=40, metadata=_means("million pixels of one picture"))
    exhibit_least_inches: int = field(default=1, metadata=_means("shortest side of an exhibit's page in inches"))
    exhibit_most_inches: int = field(default=200, metadata=_means("longest side of an exhibit's page in inches"))
    exhibit_timeout_s: int = field(default=10, metadata=_means("seconds one exhibit may take to examine"))
    exhibit_memory_mb: int = field(
        default=476, metadata=_means("megabytes of address space of the process that examines exhibits")
    )
    libreoffice: Path | None = field(
        default=None, metadata=_means("soffice program that converts what our engine refuses; unset means none")
    )
    preview_hours: int = field(default=24, metadata=_means("hours a preview is kept"))
    production: bool = field(default=False, metadata=_means("yes refuses the development signing key"))
    signing_p12: Path | None = field(
        default=None, metadata=_means("PKCS#12 file with the signing key; unset means the development key")
    )
    signing_passphrase_file: Path | None = field(
        default=None, metadata=_means("file holding the passphrase of the PKCS#12 file or the PEM key")
    )
    signing_key: Path | None = field(default=None, metadata=_means("PEM file with the signing key"))
    signing_cert: Path | None = field(
        default=None, metadata=_means("PEM file with the certificate of a key that is in no PKCS#12 file")
    )
    signing_chain: Path | None = field(
        default=None, metadata=_means("PEM file with the issuers of that certificate, the root included")
    )
    signing_hook: str | None = field(
        default=None, metadata=_means("module:function that returns a digest signer, for a key in a key service")
    )
    pkcs11_module: Path | None = field(
        default=None, metadata=_means("library of the device that holds the signing key")
    )
    pkcs11_token: str | None = field(default=None, metadata=_means("label of the token on the device"))
    pkcs11_key: str | None = field(default=None, metadata=_means("label of the private key on the token"))
    pkcs11_pin_file: Path | None = field(default=None, metadata=_means("file holding the PIN of the token"))
    seal_level: SealLevel = field(
        default=SealLevel.B_B, metadata=_means("level asked for: B-B, B-T, B-LT or B-LTA; an outage lowers it")
    )
    tsa_url: str | None = field(default=None, metadata=_means("time-stamp authority, needed above B-B"))
    tsa_roots: Path | None = field(
        default=None, metadata=_means("PEM file with the roots of time-stamp authorities to trust")
    )
    tsa_policy: str | None = field(
        default=None, metadata=_means("object identifier of the only time-stamp policy to accept; unset means any")
    )
    tsa_deadline_s: int = field(
        default=10, metadata=_means("seconds one bundle may wait for the time-stamp authority in all")
    )
    crls: Path | None = field(
        default=None, metadata=_means("directory of revocation lists (*.crl); above B-T they or OCSP are needed")
    )
    ocsp: bool = field(
        default=False, metadata=_means("yes asks the OCSP responders that certificates name whether they still stand")
    )
    ocsp_deadline_s: int = field(
        default=5, metadata=_means("seconds one bundle may wait for OCSP responders in all; then lists must do")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; unknown ``OCSE_`` names and unreadable values are refused together."""
        known = {f"OCSE_{setting.name.upper()}": setting.name for setting in fields(cls)}
        given: dict[str, Any] = {}
        wrong: list[str] = []
        for variable, text in environment.items():
            if not variable.startswith("OCSE_"):
                continue
            if variable not in known:
                wrong.append(f"{variable} is not a setting; the settings are {', '.join(sorted(known))}")
                continue
            try:
                given[known[variable]] = _read(cls.__dataclass_fields__[known[variable]].type, text)
            except ValueError as error:
                wrong.append(f"{variable}: {error}")
        if wrong:
            raise SettingsRefused("; ".join(wrong))
        return cls(**given)


def _read(kind: Any, text: str) -> Any:
    if kind is int:
        if not text.isdigit() or int(text) == 0:
            raise ValueError("write a whole number above zero")
        return int(text)
    if kind is bool:
        if text not in {"yes", "no"}:
            raise ValueError("write yes or no")
        return text == "yes"
    if kind in {str, str | None}:
        return text
    if kind is SealLevel:
        return _level(text)
    return Path(text)


def _level(text: str) -> SealLevel:
    try:
        return SealLevel(text)
    except ValueError:
        raise ValueError(f"write one of {', '.join(SealLevel)}") from None
