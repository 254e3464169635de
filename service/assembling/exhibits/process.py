"""Examines exhibits in a process of its own, so that a hostile file can harm nothing but that process.

``python -m service.assembling.exhibits.process`` reads requests from standard input and answers on standard output.
A message is a frame: its length in eight bytes, big-endian, then its bytes. A request is two frames, the limits as JSON
and the exhibit; an answer is two, the inspection as JSON and the clean copy of a picture. The process ends with its
input.
"""

import json
import os
import resource
import struct
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from math import ceil
from types import TracebackType
from typing import IO, Self

from service.assembling.exhibits.policy import ExhibitCode, ExhibitLimits, Finding, Inspection
from service.assembling.packet_parts import PageReading

_LENGTH = struct.Struct(">Q")
_GRACE_S = 2.0


class ExhibitExaminer:
    """Owns one examining process, started when first needed, kept warm, and replaced after it died.

    Serves one exhibit at a time; safe to share between threads. Close it, or use it as a context manager: nothing of
    it outlives ``close``. If the owner dies, the process reads the end of its input and ends too.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process now, so that the first exhibit need not wait for Python to start; returns at once."""
        with self._turn:
            self._running()

    def inspect(self, content: bytes, limits: ExhibitLimits) -> Inspection:
        """Examine one exhibit. A file that kills or stalls the process is a finding, never an error here."""
        with self._turn:
            process = self._running()
            overran = threading.Event()
            watch = threading.Timer(limits.timeout_s + _GRACE_S, _stop_for_good, (process, overran))
            watch.start()
            try:
                answer = _ask(process, content, limits)
            finally:
                watch.cancel()
                watch.join()
            if answer is None or overran.is_set():
                self._discard()
            if overran.is_set():
                return _given_up(
                    ExhibitCode.BOMB, "The PDF takes too long to read. Print it to a new PDF and send that."
                )
            if answer is None:
                return _given_up(
                    ExhibitCode.BROKEN, "The PDF cannot be read at all. Print it to a new PDF and send that."
                )
            return _inspection_from(*answer)

    def close(self) -> None:
        """End the process and wait for it."""
        with self._turn:
            self._discard()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._discard()
        if self._process is None:
            self._process = _start()
        return self._process

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def inspect_in_subprocess(content: bytes, limits: ExhibitLimits) -> Inspection:
    """Examine one exhibit in a process started for it alone; costs a Python start."""
    with ExhibitExaminer() as examiner:
        return examiner.inspect(content, limits)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until the input ends, or until one used up the memory: a fresh process then takes over."""
    from service.assembling.exhibits.inspection import inspect  # noqa: PLC0415  the parent never loads the parsers for this

    while (head := _read_frame(requests)) is not None and (content := _read_frame(requests)) is not None:
        limits = ExhibitLimits(**json.loads(head))
        _confine(limits)
        try:
            inspection = inspect(content, limits)
        except MemoryError:
            message = "The PDF asks for more memory than a reader may have. Print it to a new PDF and send that."
            _answer(answers, _given_up(ExhibitCode.BOMB, message))
            return
        _answer(answers, inspection)


def _confine(limits: ExhibitLimits) -> None:
    """Bound this process before the next exhibit: no core dump, no file, so much memory and CPU time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu_seconds = ceil(used.ru_utime + used.ru_stime + limits.timeout_s)
    for kind, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
    ):
        _, ceiling = resource.getrlimit(kind)
        within = amount if ceiling == resource.RLIM_INFINITY else min(amount, ceiling)
        resource.setrlimit(kind, (within, ceiling))


def _start() -> subprocess.Popen[bytes]:
    """A child with this interpreter and import path, and nothing else of the environment: no secret reaches it."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "service.assembling.exhibits.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _stop_for_good(process: subprocess.Popen[bytes], overran: threading.Event) -> None:
    overran.set()
    process.kill()


def _ask(process: subprocess.Popen[bytes], content: bytes, limits: ExhibitLimits) -> tuple[bytes, bytes] | None:
    """The answer frames, or ``None`` if the process died over the question."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        _write_frame(process.stdin, json.dumps(asdict(limits)).encode())
        _write_frame(process.stdin, content)
    except BrokenPipeError:
        return None
    inspection, picture = _read_frame(process.stdout), _read_frame(process.stdout)
    return None if inspection is None or picture is None else (inspection, picture)


def _write_frame(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> bytes | None:
    """One whole frame; ``None`` if the other side ended before or within it."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def _answer(answers: IO[bytes], inspection: Inspection) -> None:
    _write_frame(answers, json.dumps(asdict(replace(inspection, picture=b"")), default=bytes.decode).encode())
    _write_frame(answers, inspection.picture)


def _inspection_from(answer: bytes, picture: bytes) -> Inspection:
    document = json.loads(answer)
    return Inspection(
        pages=document["pages"],
        findings=tuple(
            Finding(code=ExhibitCode(each["code"]), message=each["message"]) for each in document["findings"]
        ),
        shortfall=document["shortfall"],
        readings=tuple(PageReading(**each) for each in document["readings"]),
        picture=picture,
        lying=document["lying"],
    )


def _given_up(code: ExhibitCode, message: str) -> Inspection:
    return Inspection(pages=0, findings=(Finding(code=code, message=message),))


if __name__ == "__main__":
    answers_only = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers_only)
