"""How fast many reports go to Parquet, and whether it stays so: bulk.py WORK [COUNT ...] [--words N]

Makes reports of the pieces in specs/ (`onrecord-eval synthetic COUNT --words 500 --by-day`), reads them with all cores into
`WORK/COUNT/` (`onrecord read COUNT.jsonl --format parquet -o COUNT`), and prints for each count: reports, seconds, reports a second,
processor time a report, most memory held, bytes written; and for each tenth of the largest run the rate within it. A run that was stopped goes
on where it was (its rate then counts only what it did itself). The programs are those of `cargo build --release --workspace`.
"""

import argparse
import json
import os
import resource
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "target" / "release"


def reports_written(manifest, start):
    """How many reports the finished parts hold, looking on from a byte, and the byte to look on from."""
    written = 0
    if manifest.exists():
        with manifest.open("rb") as lines:
            lines.seek(start)
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                start += len(line)
                if line.startswith(b'{"part"'):
                    written += json.loads(line)["reports"]
    return written, start


def make(work, count, words):
    path = work / f"{count}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as out:
            command = [PROGRAMS / "onrecord-eval", "synthetic", str(count), "--words", str(words), "--by-day", "--from", ROOT / "specs"]
            subprocess.run(command, stdout=out, check=True)
        unfinished.rename(path)
    return path


def held(pid):
    """Most bytes that a process has held."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def run(work, count, words):
    source, folder = make(work, count, words), work / str(count)
    manifest = folder / "_manifest.jsonl"
    before, at = reports_written(manifest, 0)
    used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([PROGRAMS / "onrecord", "read", source, "--format", "parquet", "-o", folder])
    most, samples, done = 0, [(0.0, 0)], threading.Event()

    def watch():
        nonlocal most, at
        written = 0
        while not done.wait(1):
            most = max(most, held(process.pid))
            more, at = reports_written(manifest, at)
            written += more
            samples.append((time.perf_counter() - start, written))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    written = reports_written(manifest, 0)[0] - before
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    # Of a short run the watcher may have seen nothing; what the system knows is right then.
    most = max(most, after.ru_maxrss * 1024 if not most else 0)
    print(
        f"{written:>9,} reports  {seconds:>8,.1f} s  {written / seconds:>7,.1f} a second  {processor / max(written, 1) * 1000:>6.2f} ms of processor each"
        f"  {most / 2**20:>5,.0f} MB held at most  {size / 2**20:>7,.0f} MB written" + ("" if code == 0 else f"  (ended with {code})"),
        flush=True,
    )
    return seconds, samples, written


def tenths(seconds, samples, written):
    """The rate within each tenth of the reports."""
    bounds, rates, last = [written * n / 10 for n in range(1, 11)], [], (0.0, 0)
    for bound in bounds:
        here = next(((t, n) for t, n in samples if n >= bound), (seconds, written))
        if here[0] > last[0]:
            rates.append((here[1] - last[1]) / (here[0] - last[0]))
        last = here
    print("within tenths: " + " ".join(f"{rate:,.0f}" for rate in rates))


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("work", type=Path)
    asked.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000], metavar="COUNT")
    asked.add_argument("--words", type=int, default=500)
    asked = asked.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, {asked.words} words a report", flush=True)
    for count in asked.counts:
        last = run(asked.work, count, asked.words)
    tenths(*last)


if __name__ == "__main__":
    main()
