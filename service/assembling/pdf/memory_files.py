"""PDFs opened from memory and saved to it, through files without a name: qpdf reads and writes those by itself.

Through streams of Python it makes a call for every few bytes, which takes several times as long.
"""

import hashlib
import io
import os
import resource
import sys

import pikepdf

# What qpdf writes where it is to compute nothing.
_NO_IDENTIFIER = b"31415926535897932384626433832795"


def opened(content: bytes) -> pikepdf.Pdf:
    """Open a PDF; to be closed by the caller.

    Raises:
        pikepdf.PdfError: It is no PDF that can be read.
    """
    if not _has_nameless_files():
        return pikepdf.open(io.BytesIO(content))
    with _nameless_file() as file:
        file.write(content)
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap)


def saved(pdf: pikepdf.Pdf, min_version: str = "1.7") -> bytes:
    """The file's bytes, ending in a newline: identifiers computed from the content, streams copied as they are packed.

    The same content always gives the same bytes. Object streams are left out: a signature is appended to a plain
    cross-reference table more safely.
    """
    with _nameless_file() if _has_nameless_files() else io.BytesIO() as target:
        pdf.save(
            target,
            min_version=min_version,
            static_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        target.seek(0)
        return _identified(target.read())


def _identified(content: bytes) -> bytes:
    """The file with the first half of its digest as identifier; qpdf would take a third of its time to compute one."""
    before, trailer, after = content.rpartition(b"trailer")
    identifier = hashlib.sha256(content).hexdigest()[:32].encode()
    return b"".join([before, trailer, after.replace(_NO_IDENTIFIER, identifier)])


def _has_nameless_files() -> bool:
    """Not outside Linux, and not in a process that may write no files, such as the one that examines exhibits."""
    return sys.platform == "linux" and resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def _nameless_file() -> io.FileIO:
    return io.FileIO(os.memfd_create("pdf"), "w+")
