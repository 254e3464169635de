"""Runs under the system's Python, which has LibreOffice's UNO bridge: converts files on request and tells the seconds.

Usage: python3 libreoffice_server.py PROFILE_DIR; then one line "SOURCE<tab>TARGET" in, one line of seconds out.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

_PATIENCE_S = 30


def _property(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # the bridge raises types of its own until the office listens
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _convert(desktop: Any, source: str, target: str) -> float:
    started = time.perf_counter()
    opened = desktop.loadComponentFromURL(
        Path(source).as_uri(), "_blank", 0, (_property("Hidden", True), _property("ReadOnly", True))
    )
    # the same conformance as ours: PDF/A-2 and PDF/UA-1, tagged
    options = (
        _property("SelectPdfVersion", 2),
        _property("PDFUACompliance", True),
        _property("UseTaggedPDF", True),
    )
    filter_data = uno.Any("[]com.sun.star.beans.PropertyValue", options)
    opened.storeToURL(
        Path(target).as_uri(), (_property("FilterName", "writer_pdf_Export"), _property("FilterData", filter_data))
    )
    opened.close(True)
    return time.perf_counter() - started


def main() -> None:
    """Serve until the input ends, then end the office too."""
    profile = Path(sys.argv[1])
    pipe = f"bench{profile.name}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            f"-env:UserInstallation={(profile / 'office').as_uri()}", f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        desktop = _connect(pipe)
        print("ready", flush=True)
        for line in sys.stdin:
            source, target = line.rstrip("\n").split("\t")
            print(f"{_convert(desktop, source, target):.6f}", flush=True)
        desktop.terminate()
    finally:
        office.wait(10)


if __name__ == "__main__":
    main()
