"""Writing PDFs so that the same content always gives the same bytes."""

import io

import pikepdf


def saved(pdf: pikepdf.Pdf, min_version: str = "1.7") -> bytes:
    """The file's bytes, ending in a newline: identifiers computed from the content, streams copied as they are packed.

    Object streams are left out: a signature is appended to a plain cross-reference table more safely.
    """
    target = io.BytesIO()
    pdf.save(
        target,
        min_version=min_version,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return target.getvalue()
