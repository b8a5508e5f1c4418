"""What programs cost on the same documents: start-up, documents a second, memory. A Markdown table to standard output.

    cost.py TINY.jsonl ALL.jsonl 'NAME=COMMAND'...

Each command is run with the file of documents behind it, its output thrown away. Start-up is the shortest of five runs on TINY (one
sentence), from the start of the process to its end. Documents a second are those of ALL by the processor time (user and system) that
ALL takes beyond TINY, so that other load on the machine and the loading of models do not count.
"""

import os
import shlex
import subprocess
import sys
import time


def run(command, documents):
    start = time.monotonic()
    process = subprocess.Popen([*shlex.split(command), documents], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status:
        sys.exit(f"{command}: exit status {os.waitstatus_to_exitcode(status)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    tiny, everything, *commands = sys.argv[1:]
    count = sum(1 for _ in open(everything, encoding="utf-8"))
    print("| program | start-up | documents/s of processor time | the same on the wall | peak memory |")
    print("| --- | --- | --- | --- | --- |")
    for named in commands:
        name, command = named.split("=", 1)
        first = min(run(command, tiny) for _ in range(5))
        wall, processor, memory = run(command, everything)
        rates = count / (processor - first[1]), count / (wall - first[0])
        print(f"| {name} | {first[0]:.2f} s | {rates[0]:.1f} | {rates[1]:.1f} | {memory:.0f} MB |", flush=True)


main()
