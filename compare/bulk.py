"""How fast many reports go to Parquet, and whether it stays so: bulk.py WORK [COUNT ...] [--words N]

Makes reports of the pieces in specs/ (`onrecord-eval synthetic COUNT --words 500 --by-day`), reads them with all cores into
`WORK/COUNT/` (`onrecord read COUNT.jsonl --format parquet -o COUNT`), and prints for each count: reports, seconds, reports a second,
processor time a report, most memory held, bytes written.

The speed of shared machines varies. So a run of 100,000 and more is paused after every tenth, 1,000 reports are read into an empty folder, and
the rate of each tenth is printed beside that one, with its processor time a report: a steady ratio means that length costs nothing. What was
measured stands in `WORK/COUNT.laps.jsonl`, what was said in `WORK/COUNT.log`; after a stop the same command goes on, and the tenth that was not
finished is not counted. The programs are those of `cargo build --release --workspace`.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "target" / "release"
TICK = os.sysconf("SC_CLK_TCK")
# Runs shorter than this are not paused.
LONG = 100_000


class Written:
    """How many reports the finished parts of a folder hold."""

    def __init__(self, folder):
        self.manifest, self.at, self.reports = folder / "_manifest.jsonl", 0, 0

    def look(self):
        if self.manifest.exists():
            with self.manifest.open("rb") as lines:
                lines.seek(self.at)
                for line in lines:
                    if not line.endswith(b"\n"):
                        break
                    self.at += len(line)
                    if line.startswith(b'{"part"'):
                        self.reports += json.loads(line)["reports"]
        return self.reports


class Process:
    """A reading that is under way; what it used is known after its end, too."""

    def __init__(self, source, folder):
        command = [PROGRAMS / "onrecord", "read", source, "--format", "parquet", "-o", folder]
        with folder.with_suffix(".log").open("wb") as log:
            self.process = subprocess.Popen(command, stderr=log)
        self.most, self.processor = 0, 0.0

    def ended(self):
        """True at its end; waits a moment for it."""
        proc = Path(f"/proc/{self.process.pid}")
        try:
            used = proc.joinpath("stat").read_text().rpartition(")")[2].split()
            held = [line for line in proc.joinpath("status").read_text().splitlines() if line.startswith("VmHWM")]
            self.processor = (int(used[11]) + int(used[12])) / TICK
            self.most = max([self.most] + [int(line.split()[1]) * 1024 for line in held])
        except OSError:
            pass
        pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
        if pid:
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.processor, self.most = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
        else:
            time.sleep(0.05)
        return bool(pid)

    def signalled(self, what):
        # Not Popen's way, which takes the end of what has ended, and with it what that used.
        if self.process.returncode is None:
            os.kill(self.process.pid, what)

    def paused(self, meanwhile):
        self.signalled(signal.SIGSTOP)
        try:
            return meanwhile()
        finally:
            self.signalled(signal.SIGCONT)


def make(work, count, words):
    path = work / f"{count}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as out:
            command = [PROGRAMS / "onrecord-eval", "synthetic", str(count), "--words", str(words), "--by-day", "--from", ROOT / "specs"]
            subprocess.run(command, stdout=out, check=True)
        unfinished.rename(path)
    return path


def once(source, folder):
    """A whole run into an empty folder: reports a second."""
    shutil.rmtree(folder, ignore_errors=True)
    process, start = Process(source, folder), time.perf_counter()
    while not process.ended():
        pass
    return Written(folder).look() / (time.perf_counter() - start)


def run(work, count, words, beside):
    """Reads to the end, and writes down each lap."""
    source, folder, log = make(work, count, words), work / str(count), work / f"{count}.laps.jsonl"
    written, process = Written(folder), Process(source, folder)
    lap = count // 10 if count >= LONG else count
    begun, start, used = written.look(), time.perf_counter(), 0.0
    if not begun:
        log.unlink(missing_ok=True)
    while True:
        ended, reports = process.ended(), written.look()
        if not ended and reports < (begun // lap + 1) * lap:
            continue
        seconds, processor = time.perf_counter() - start, process.processor - used
        line = {"to": reports, "reports": reports - begun, "seconds": seconds, "processor": processor, "most": process.most}
        if lap < count:
            line["beside"] = process.paused(lambda: once(beside, work / "beside"))
        if reports > begun:
            with log.open("a") as laps:
                print(json.dumps(line), file=laps)
        if ended:
            return process.process.returncode
        begun, start, used = reports, time.perf_counter(), process.processor


def tell(work, count, code):
    log = work / f"{count}.laps.jsonl"
    if not log.exists():
        raise SystemExit(f"nothing was read: see {work / f'{count}.log'}")
    laps = [json.loads(line) for line in log.open()]
    reports, seconds, processor = (sum(lap[what] for lap in laps) for what in ("reports", "seconds", "processor"))
    size = sum(path.stat().st_size for path in (work / str(count)).rglob("*.parquet"))
    print(
        f"{reports:>9,} reports  {seconds:>8,.1f} s  {reports / seconds:>7,.1f} a second  {processor / reports * 1000:>6.2f} ms of processor each"
        f"  {max(lap['most'] for lap in laps) / 2**20:>5,.0f} MB held at most  {size / 2**20:>7,.0f} MB written"
        + ("" if code == 0 else f"  (ended with {code})"),
        flush=True,
    )
    for lap in (lap for lap in laps if "beside" in lap):
        rate, each = lap["reports"] / lap["seconds"], lap["processor"] / lap["reports"] * 1000
        print(f"    to {lap['to']:>9,}  {rate:>6.1f} a second  {lap['beside']:>6.1f} beside it  {rate / lap['beside']:.2f}  {each:>6.2f} ms", flush=True)


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("work", type=Path)
    asked.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000], metavar="COUNT")
    asked.add_argument("--words", type=int, default=500)
    asked = asked.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, {asked.words} words a report", flush=True)
    beside = make(asked.work, min(1_000, *asked.counts), asked.words)
    for count in asked.counts:
        tell(asked.work, count, run(asked.work, count, asked.words, beside))


if __name__ == "__main__":
    main()
