"""Spark and Ray give what one machine gives."""

import json
import os
import shutil
import subprocess
import sys

import onrecord
import pyarrow as pa
import pytest


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    # Two machines, as far as Spark can tell: processes of their own, with a core each.
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .config("spark.pyspark.python", sys.executable)
        .config("spark.executorEnv.PYTHONPATH", ":".join(filter(None, sys.path)))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def one_machine(reports):
    return onrecord.read_batch(pa.Table.from_pylist(reports)).sort_by("document_id")


def test_spark_reads_the_same_rows(spark, reports, one_machine):
    import onrecord.spark

    frame = spark.createDataFrame(pa.Table.from_pylist(reports)).repartition(5)
    rows = onrecord.spark.read(frame).toArrow().sort_by("document_id")
    assert rows.to_pylist() == one_machine.to_pylist()


def test_spark_makes_the_same_account(spark, reports, one_machine, program, store, tmp_path):
    import onrecord.spark

    run = subprocess.run([program, "export", "--db", str(store)], check=True, capture_output=True, text=True, encoding="utf-8")
    frame = spark.createDataFrame(pa.Table.from_pylist(reports)).repartition(5)
    lines = [row.value for row in onrecord.spark.account(onrecord.spark.read(frame)).collect()]
    assert lines == run.stdout.splitlines()
    assert sum(len(json.loads(line).get("reports", [])) > 1 for line in lines) > 5
    # From files of the command line, too.
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    command = [program, "read", "reports.jsonl", "--format", "parquet", "-o", "records"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    files = spark.read.option("recursiveFileLookup", "true").parquet(str(tmp_path / "records"))
    assert [row.value for row in onrecord.spark.account(files).collect()] == lines


def test_ray_reads_the_same_rows(reports, one_machine):
    ray = pytest.importorskip("ray")
    import onrecord.ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        rows = onrecord.ray.read(ray.data.from_arrow(pa.Table.from_pylist(reports)), batch_size=16)
        tables = [ray.get(block) for block in rows.to_arrow_refs()]
        found = pa.concat_tables(tables).sort_by("document_id")
        assert found.to_pylist() == one_machine.to_pylist()
    finally:
        ray.shutdown()
