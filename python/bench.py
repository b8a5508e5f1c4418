"""How fast reports are read from Python and from Spark, beside the command line on the same reports.

    python bench.py REPORTS.jsonl PROGRAM [--spark] [--rounds N]

Prints, for each round, seconds and reports a second of `PROGRAM read --threads 2`, of `onrecord.read_batch(threads=2)`, and with --spark of
one and of two executors with a core each; then the medians and their ratios. Starting (the model, Spark itself) is not counted for Python and
Spark, which stay up between batches, and is for the command line, which starts each time.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

import pyarrow as pa


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command_line(program, reports):
    return timed(lambda: subprocess.run([program, "read", reports, "--threads", "2"], check=True, stdout=subprocess.DEVNULL))


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
        .config("spark.default.parallelism", str(executors * 4))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        frame = session.createDataFrame(table).repartition(8 * executors).persist()
        frame.count()
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
