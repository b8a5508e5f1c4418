"""How fast reports are read from Python and from Spark, beside the command line on the same reports.

    python bench.py REPORTS.jsonl PROGRAM [--spark] [--rounds N]

Prints, for each round, seconds and reports a second of `PROGRAM read --threads 2`, of `onrecord.read_batch(threads=2)`, and with --spark of
one and of two executors with a core each; then the medians and their ratios. An executor is held to its core, its Java and its Python, as a
container of a cluster holds it: one that is not lets its Java run on the other core, and is no half of two. Starting (the model, Spark itself) is
not counted for Python and Spark, which stay up between batches, and is for the command line, which starts each time.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa

# Parts that the work is cut into, the same for one executor and for two.
SHARES = 32


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command_line(program, reports):
    return timed(lambda: subprocess.run([program, "read", reports, "--threads", "2"], check=True, stdout=subprocess.DEVNULL))


def hold(executors):
    """Each executor of this process's Spark to a core of its own; what it starts later is held with it."""
    running = [path.parent for path in Path("/proc").glob("[0-9]*/cmdline") if b"CoarseGrainedExecutorBackend" in path.read_bytes()]
    if len(running) != executors:
        raise SystemExit(f"{len(running)} executors are running where {executors} were asked for")
    for core, process in zip(sorted(os.sched_getaffinity(0)), running, strict=False):
        for thread in process.glob("task/*"):
            os.sched_setaffinity(int(thread.name), {core})


def spark(executors, table):
    """Seconds of the second of two passes: the first starts the executors' Python."""
    from pyspark.sql import SparkSession

    import onrecord.spark

    session = (
        SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.pyspark.python", sys.executable)
        .config("spark.executorEnv.PYTHONPATH", ":".join(filter(None, sys.path)))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        # Shares of the work lie where the first executor to be there put them, and are to go to whoever is free.
        .config("spark.scheduler.minRegisteredResourcesRatio", "1")
        .config("spark.locality.wait", "0s")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        frame = session.createDataFrame(table).repartition(SHARES).persist()
        frame.count()
        hold(executors)
        count = lambda: onrecord.spark.read(frame).selectExpr("sum(size(events))").collect()
        count()
        return timed(count)
    finally:
        session.stop()


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("reports")
    asked.add_argument("program")
    asked.add_argument("--spark", action="store_true")
    asked.add_argument("--rounds", type=int, default=3)
    asked = asked.parse_args()

    import onrecord

    with open(asked.reports, encoding="utf-8") as lines:
        table = pa.Table.from_pylist([json.loads(line) for line in lines])
    onrecord.read_batch(table.slice(0, 1))
    ways = {
        "command line, 2 threads": lambda: command_line(asked.program, asked.reports),
        "read_batch, 2 threads": lambda: timed(lambda: onrecord.read_batch(table, threads=2)),
    }
    if asked.spark:
        ways |= {f"Spark, {n} executors": lambda n=n: spark(n, table) for n in (1, 2)}
    taken = {name: [] for name in ways}
    for _ in range(asked.rounds):
        for name, way in ways.items():
            taken[name].append(way())
            print(f"{name}: {taken[name][-1]:.2f} s, {table.num_rows / taken[name][-1]:.0f} reports/s", flush=True)
    middle = {name: statistics.median(seconds) for name, seconds in taken.items()}
    first, second, *rest = middle.values()
    print(f"read_batch at {first / second:.2f} of the command line's speed")
    if rest:
        print(f"two executors at {rest[0] / rest[1]:.2f} times one")


if __name__ == "__main__":
    main()
