"""One task inside a rendering process, and how its outcome travels back."""

import pickle
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.work.libraries import settle_libraries

T = TypeVar("T")


class RemoteTraceback(Exception):
    """Where in the rendering process an error arose; the cause of the error that arrives in the service."""


class ErrorNotCarried(RuntimeError):
    """An error arose in a rendering process that cannot travel between processes; its traceback is the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed(Generic[T]):
    """What a function returned or raised. Kept apart from what the pool itself raises about dead or late processes."""

    returned: T | None = None
    raised: Exception | None = None
    trace: str = ""

    def outcome(self) -> T:
        """The returned value.

        Raises:
            Exception: what the function raised.
        """
        if self.raised is not None:
            raise self.raised from RemoteTraceback(self.trace)
        return self.returned  # type: ignore[return-value]  # None only where the function returned None


def begin(setup: Callable[..., object], *arguments: object) -> None:
    """Prepare a new rendering process.

    Python would act on SIGTERM only after a typesetter's native code returns, and the pool holds its channel locked
    meanwhile; a rendering process has nothing to put in order, so the signal ends it at once.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    settle_libraries()
    setup(*arguments)


def ready() -> None:
    """Nothing to do: that a process came so far is the answer."""


def perform(function: Callable[..., T], *arguments: object) -> Performed[T]:
    """Call ``function`` and catch all it raises: an error that will not unpickle would break the pool that reads it."""
    try:
        return Performed(returned=function(*arguments))
    except Exception as error:  # noqa: BLE001 - raised again in the service by Performed.outcome
        return Performed(raised=_portable(error), trace=traceback.format_exc())
    except SystemExit as error:
        return Performed(raised=_not_carried(error), trace=traceback.format_exc())


def _portable(error: Exception) -> Exception:
    """The error itself where it survives the journey; a stand-in that names its type where not."""
    try:
        arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this very line
    except Exception:  # noqa: BLE001 - an error's own pickling code may raise anything
        return _not_carried(error)
    return error if type(arrived) is type(error) and not isinstance(error, StopIteration) else _not_carried(error)


def _not_carried(error: BaseException) -> ErrorNotCarried:
    return ErrorNotCarried(f"{type(error).__qualname__} was raised in a rendering process")
