"""Asking somebody on the network one question over HTTP, without waiting longer than was said or reading without end.

Time-stamp authorities and OCSP responders are asked alike: a question is posted, an answer read. No redirects are
followed and nothing of the answer is believed here.
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar
from urllib.parse import urlsplit

_LARGEST_ANSWER = 64 * 1024
_LEAST_WAIT_S = 0.001
_OK = 200
_Answer = TypeVar("_Answer")


class NoAnswer(Exception):
    """Nothing that could be read came back; the message completes "the authority …"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is posted to ``url`` (http or https), and the media types of question and answer."""

    url: str
    content: bytes
    media_type: str
    accept: str


class Patience:
    """How long, in seconds, several questions may take together."""

    def __init__(self, seconds: float) -> None:
        self._left_s = seconds

    def spend(self, ask: Callable[[float], _Answer]) -> _Answer:
        """Ask with what is left; a moment always is, so that a question too many fails in its own words."""
        began = time.monotonic()
        try:
            return ask(max(self._left_s, _LEAST_WAIT_S))
        finally:
            self._left_s -= time.monotonic() - began


def answer_to(question: Question, within_s: float) -> bytes:
    """Post a question and return the answer; ``within_s`` bounds name lookup to last byte, in seconds.

    A thread left behind ends with its socket's own timeout.

    Raises:
        NoAnswer: nobody answered in time, or with an error, or with more than any answer has.
    """
    answers: SimpleQueue[bytes | Exception] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(_posted(question, within_s))
        except (OSError, HTTPException, ValueError, NoAnswer) as reason:
            answers.put(reason)

    Thread(target=work, name="question over HTTP", daemon=True).start()
    try:
        answer = answers.get(timeout=within_s)
    except Empty:
        raise NoAnswer(f"did not answer in time ({within_s:.1f} s)") from None
    if isinstance(answer, bytes):
        return answer
    if isinstance(answer, NoAnswer):
        raise answer
    if isinstance(answer, TimeoutError):
        raise NoAnswer(f"did not answer in time ({within_s:.1f} s)") from answer
    raise NoAnswer(f"did not answer ({type(answer).__name__})") from answer


def _posted(question: Question, timeout_s: float) -> bytes:
    place = urlsplit(question.url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    headers = {"Content-Type": question.media_type, "Accept": question.accept, "Connection": "close"}
    with contextlib.closing(kind(place.hostname or "", place.port, timeout=timeout_s)) as connection:
        connection.request("POST", path, question.content, headers)
        with connection.getresponse() as response:
            if response.status != _OK:
                raise NoAnswer(f"answered with HTTP status {response.status}")
            answer = response.read(_LARGEST_ANSWER + 1)
    if len(answer) > _LARGEST_ANSWER:
        raise NoAnswer(f"answered with more than {_LARGEST_ANSWER} bytes")
    return answer
