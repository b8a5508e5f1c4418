"""Reading with Ray Data.

    import ray, onrecord.ray
    records = onrecord.ray.read(ray.data.read_parquet("reports/"))
    records.write_parquet("records/")
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from onrecord._read import _builtin


def _records(batch: pa.Table) -> pa.Table:
    # Ray starts a process for each core.
    return _builtin().read_batch(batch, threads=1)


def read(reports: Any, batch_size: int = 256, **options: Any) -> Any:
    """The records of a `ray.data.Dataset` of reports, a row each, with the columns of `onrecord.schema`.

    Args:
        reports: with the columns that `onrecord.read_batch` takes.
        batch_size: reports that are read together.
        **options: further ones of ``Dataset.map_batches``.
    """
    return reports.map_batches(_records, batch_format="pyarrow", batch_size=batch_size, **options)
