"""How libraries and the interpreter are to behave, which can only be told them for a whole process."""

import gc
import logging
import os

_SAID_IN_ITS_PLACE = ("pyhanko", "pyhanko_certvalidator")
_OF_NO_CONSEQUENCE = "fontTools.ttLib.tables._h_e_a_d"


def settle_libraries() -> None:
    """Settle it once, when a process starts; what they do is right without it, only slower and louder.

    The typesetting compiler would divide one document among all cores, and gain little; the service runs a process for
    each core instead, and there the threads of one would only stand in the way of the others. What pyHanko would print
    of a faulty signature is a finding of the verification. That the font Carlito gives an odd day as that of its
    making, which fontTools reports, changes nothing here.
    """
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    for library in _SAID_IN_ITS_PLACE:
        logging.getLogger(library).addHandler(logging.NullHandler())
    logging.getLogger(_OF_NO_CONSEQUENCE).setLevel(logging.ERROR)


def set_aside_what_stays() -> None:
    """Take what exists now out of every later search for garbage: call it once a process has loaded what it keeps.

    The search would go through all of it again and again, some 70 ms each time, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
