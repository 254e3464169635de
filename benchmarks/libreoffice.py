"""LibreOffice kept warm: one office that converts file after file, where the machine has it with its Python bridge."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(__file__).with_name("libreoffice_server.py")
SYSTEM_PYTHON = "/usr/bin/python3"


def missing() -> str | None:
    """Why LibreOffice cannot be measured here, if it cannot."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (Debian: libreoffice-writer-nogui)"
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return None if probe.returncode == 0 else "its Python bridge is not installed (Debian: python3-uno)"


class WarmLibreOffice:
    """Converts through the running office; the time is the office's own, without the pipe to it."""

    def __init__(self, server: "subprocess.Popen[str]", folder: Path) -> None:
        self._server = server
        self._folder = folder

    def convert_ms(self, word: bytes) -> float:
        """Milliseconds from Word file to PDF file."""
        source = self._folder / "source.docx"
        source.write_bytes(word)
        if self._server.stdin is None or self._server.stdout is None:
            raise RuntimeError("the office's pipes are closed")
        self._server.stdin.write(f"{source}\t{self._folder / 'target.pdf'}\n")
        self._server.stdin.flush()
        return float(self._server.stdout.readline()) * 1000


@contextmanager
def warm_libreoffice() -> Iterator[WarmLibreOffice]:
    """An office that is up for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as name:
        command = [SYSTEM_PYTHON, str(SERVER), name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            if server.stdout is None or server.stdout.readline().strip() != "ready":
                raise RuntimeError("LibreOffice did not start")
            yield WarmLibreOffice(server, Path(name))
            if server.stdin:
                server.stdin.close()
            server.wait(20)
