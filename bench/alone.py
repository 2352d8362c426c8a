"""Run one command and say what it took: `python -S alone.py DESCRIPTOR COMMAND...`.

Linux charges a process with the memory of whoever started it, as long as it takes less itself. What measures
is a large program; so it starts this small one, and this one starts what is measured.
"""

import os
import sys
import time


def main(descriptor: int, command: list[str]) -> int:
    """Run the command to its end; write CPU and wall seconds, the peak in kB and its status down."""
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    took = (usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
    os.write(descriptor, " ".join(map(str, took)).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
