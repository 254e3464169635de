"""LibreOffice, where an operator has configured it: one supervised run per document, in a profile of its own.

It is only the fallback for documents that the typesetter refuses. Its PDF claims PDF/A-2b; nothing compares its words.
"""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.errors import DocumentRefused, EngineFailed, Fault
from service.rendering.pages import page_count

PROFILE = "PDF/A-2b"
_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"}}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibreOffice:
    """The office at ``program``; a run may take ``deadline_s`` seconds, then its whole process group is ended."""

    program: Path
    deadline_s: float

    def convert(self, word: bytes) -> bytes:
        """Convert a Word file that was examined before: an empty file would silently become a blank page.

        Raises:
            DocumentRefused: the office cannot read the file.
            EngineFailed: it did not end in time, or could not be started.
        """
        with tempfile.TemporaryDirectory(prefix="office-") as folder:
            source, target = Path(folder, "document.docx"), Path(folder, "document.pdf")
            source.write_bytes(word)
            self._run(source, Path(folder))
            if not target.exists():
                message = "LibreOffice cannot read this document either. Save it again in Word as .docx and send that."
                raise DocumentRefused(message, [Fault(code="document_unreadable", message=message)])
            pdf = target.read_bytes()
        page_count(pdf)
        return pdf

    def _run(self, source: Path, folder: Path) -> None:
        command = [
            str(self.program), "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", _FILTER, "--outdir", str(folder), str(source),
        ]  # fmt: skip
        environment = {"HOME": str(folder), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        try:
            office = subprocess.Popen(  # noqa: S603 -- the operator named the program; the file name is ours
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise EngineFailed("LibreOffice could not be started; check OCSE_LIBREOFFICE.") from error
        try:
            office.wait(self.deadline_s)
        except subprocess.TimeoutExpired:
            raise EngineFailed(f"LibreOffice took longer than the {self.deadline_s:g} seconds allowed.") from None
        finally:
            _end(office)


def _end(office: "subprocess.Popen[bytes]") -> None:
    """End the office and every process it started."""
    with suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)
    office.wait()
