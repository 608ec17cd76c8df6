"""The most memory that a piece of work holds beyond what was there before it; see memory.ts."""

import pathlib
import re
import resource
import sys


def peak_growth_bytes(work):
    if sys.platform == "linux":
        pathlib.Path("/proc/self/clear_refs").write_text("5")
    before = peak_bytes()
    work()
    return peak_bytes() - before


def peak_bytes():
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.M)[1]) * 1024
