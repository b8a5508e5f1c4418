"""Reading and merging with Spark.

    from pyspark.sql import SparkSession
    import onrecord.spark

    spark = SparkSession.builder.getOrCreate()
    records = onrecord.spark.read(spark.read.parquet("reports/"))
    records.write.parquet("records/")
    onrecord.spark.account(spark.read.parquet("records/")).write.text("account/")

`read` gives the rows that ``onrecord read --format parquet`` writes, `account` the lines that ``onrecord export`` prints: the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DateType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from onrecord import _onrecord
from onrecord._read import _KNOWN, _builtin, schema


def read(reports: DataFrame) -> DataFrame:
    """The records of reports, a row each, with the columns of `onrecord.schema`.

    Args:
        reports: with the columns that `onrecord.read_batch` takes; other columns are left out.
    """
    columns = [name for name in reports.columns if name in _KNOWN]
    return reports.select(*columns).mapInArrow(_read, _nullable(from_arrow_schema(schema())))


def account(records: DataFrame) -> DataFrame:
    """What the records tell together: the lines of ``onrecord export --as jsonl``, in their order, in the column ``value``.

    What may be the same is brought together by keys, compared pair by pair, grouped, and written, each on whatever machine is free. Only the
    numbers of things that are the same as another go through the driver, 16 bytes a pair. Of several records with one ``document_id`` the
    earliest counts. What is kept between the steps stays cached until ``spark.catalog.clearCache()``.

    Args:
        records: as `read` gives them, or read from files that ``onrecord read --format parquet`` wrote.
    """
    records = _once_each(records.select(*schema().names))
    things = records.mapInArrow(_each(_onrecord.things), _THINGS).persist()
    groups = _grouped(things).persist()
    actors = _named(things, groups).persist()
    shares = _shares(records, groups, actors).persist()
    told = shares.where("kind <> 'own'").join(groups.select("kind", "node", "group", "why"), ["kind", "node"])
    written = told.select("kind", "group", "share", "why").groupBy("kind", "group").applyInArrow(_once(_onrecord.lines), _LINES)
    alone = shares.where("kind = 'own'").select(*_LINES.names)
    lines = written.unionByName(alone).unionByName(actors.where("line is not null").select(*_LINES.names))
    spot = ["section", "undated", "published", "document_id", "nth", "sub"]
    return lines.orderBy(*spot).select(F.col("line").alias("value"))


def _once_each(records: DataFrame) -> DataFrame:
    """Of several with one id the earliest, and none that could not be read, which have no words."""
    earliest = Window.partitionBy("document_id").orderBy(F.col("published").asc_nulls_last(), "text", "title", "outlet", "url")
    numbered = records.where("text <> ''").withColumn("_nth", F.row_number().over(earliest))
    return numbered.where("_nth = 1").drop("_nth")


def _grouped(things: DataFrame) -> DataFrame:
    """Every thing's group. Of things with one identity the first stands for all."""
    spot = F.struct(F.col("published").isNull().alias("undated"), "published", "document_id", "nth", "node")
    firsts = things.where("identity is not null").groupBy("kind", "identity").agg(F.min(spot).getField("node").alias("home"))
    homes = things.join(firsts, ["kind", "identity"], "left").withColumn("home", F.coalesce("home", "node")).drop("under", "finds")
    nodes = homes.where("home = node").join(things.select("kind", "node", "under", "finds"), ["kind", "node"]).persist()
    edges = _pairs(nodes).toArrow().combine_chunks()
    batches = edges.to_batches() or [pa.RecordBatch.from_pylist([], schema=edges.schema)]
    components = _together(things.sparkSession, batches[0])
    placed = nodes.join(components, "node", "left").withColumn("component", F.coalesce("component", "node"))
    columns = ["kind", "component", *_PLACED]
    grouped = placed.select(*columns).groupBy("kind", "component").applyInArrow(_once(_onrecord.groups), _GROUPS)
    home = homes.select("kind", "node", "home", "document_id")
    return home.join(grouped.withColumnRenamed("node", "home"), ["kind", "home"]).drop("home")


def _pairs(nodes: DataFrame) -> DataFrame:
    """Nodes that are the same, found under the keys that one is filed under and the other looks under."""
    def keyed(keys: str, role: str) -> DataFrame:
        flags = [F.lit(role == name).alias(name) for name in ("finds", "under")]
        return nodes.select("kind", F.explode(keys).alias("key"), *_PLACED, *flags)

    blocks = keyed("finds", "finds").unionByName(keyed("under", "under"))
    # What stands alone under its key meets nothing.
    meets = blocks.groupBy("kind", "key").agg(F.countDistinct("node").alias("things")).where("things > 1").drop("things")
    met = blocks.join(meets, ["kind", "key"])
    return met.groupBy("kind", "key").applyInArrow(_once(_onrecord.pairs), _PAIRS).select("a", "b").distinct()


def _together(spark: Any, edges: pa.RecordBatch) -> DataFrame:
    found = _onrecord.components(edges.cast(pa.schema([("a", pa.int64()), ("b", pa.int64())])))
    return spark.createDataFrame(pa.Table.from_batches([found]))


def _named(things: DataFrame, groups: DataFrame) -> DataFrame:
    """What the account calls the actors of reports, and the lines of its own."""
    members = things.where("kind = 'actor'").join(groups.select("kind", "node", "group"), ["kind", "node"])
    columns = ["group", "published", "document_id", "nth", "anchor", "record", "called"]
    return members.select(*columns).groupBy("group").applyInArrow(_once(_onrecord.actors), _NAMES)


def _shares(records: DataFrame, groups: DataFrame, actors: DataFrame) -> DataFrame:
    """What each record has to say to the lines of groups, and its own lines."""
    pair = F.struct("actor", F.array("who_id", "who_name").alias("who"))
    who = actors.groupBy(F.col("in_document").alias("document_id")).agg(F.map_from_entries(F.collect_list(pair)).alias("who"))
    who = who.withColumn("who", F.to_json("who"))
    return (
        records.join(_witnesses(groups), "document_id")
        .join(who, "document_id", "left")
        .withColumn("who", F.coalesce("who", F.lit("{}")))
        .mapInArrow(_each(_onrecord.shares), _SHARES)
    )


def _witnesses(groups: DataFrame) -> DataFrame:
    """The first of the reports that each is a copy of."""
    return groups.where("kind = 'document'").select("document_id", F.col("first").alias("witness"))


def _read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    # Spark starts a process for each core.
    return (_builtin()._rows(batch, 1) for batch in batches)


def _each(step: Callable[[pa.RecordBatch], pa.RecordBatch]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    name = step.__name__

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, _ROWS):
                yield getattr(_onrecord, name)(batch.slice(start, _ROWS))

    return run


def _once(step: Callable[[pa.RecordBatch], pa.RecordBatch]) -> Callable[[pa.Table], pa.Table]:
    """A step on all rows of a group together."""
    name = step.__name__

    def run(group: pa.Table) -> pa.Table:
        batch, *more = group.combine_chunks().to_batches()
        if more:
            raise ValueError(f"{group.num_rows} things that may be the same hold more than two gigabytes")
        return pa.Table.from_batches([getattr(_onrecord, name)(batch)])

    return run


def _nullable(kind: Any) -> Any:
    """The type with nothing in it required, as Spark has what it reads from files: pyarrow cannot take back what is within a null."""
    if isinstance(kind, StructType):
        return StructType([StructField(part.name, _nullable(part.dataType)) for part in kind])
    return ArrayType(_nullable(kind.elementType)) if isinstance(kind, ArrayType) else kind


def _columns(**types: Any) -> StructType:
    return StructType([StructField(name, kind) for name, kind in types.items()])


# What a row becomes holds the words of its report several times over.
_ROWS = 256
_PLACED = ["node", "published", "document_id", "nth", "anchor", "thing"]
_TEXTS = ArrayType(StringType())
_THINGS = _columns(
    kind=StringType(),
    node=LongType(),
    published=DateType(),
    document_id=StringType(),
    nth=LongType(),
    anchor=StringType(),
    thing=BinaryType(),
    identity=StringType(),
    under=_TEXTS,
    finds=_TEXTS,
    record=StringType(),
    called=StringType(),
)
_PAIRS = _columns(kind=StringType(), a=LongType(), b=LongType())
_GROUPS = _columns(kind=StringType(), node=LongType(), group=LongType(), first=StringType(), why=_TEXTS)
_SPOT = {
    "section": LongType(),
    "undated": BooleanType(),
    "published": DateType(),
    "document_id": StringType(),
    "nth": LongType(),
    "sub": LongType(),
}
_LINES = _columns(**_SPOT, line=StringType())
_NAMES = _columns(in_document=StringType(), actor=StringType(), who_id=StringType(), who_name=StringType(), **_SPOT, line=StringType())
_SHARES = _columns(kind=StringType(), node=LongType(), share=StringType(), **_SPOT, line=StringType())
