"""Reading reports."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from os import PathLike, fspath
from typing import Any, Union

import pyarrow as pa
import pyarrow.compute as pc

from onrecord import _onrecord
from onrecord._record import Record


class Reader:
    """Engine and tables of words, ready to read any number of reports; threads may share it.

    Args:
        lexicon: a folder with tables of one's own, whose rows go before the built-in ones (``onrecord lexicon --help``).
        statements: which to find: ``listed`` (by quotation marks and listed words), ``sure`` (also what a model learnt from annotated
            news is sure of), ``every`` (whatever it finds likely).

    Raises:
        ValueError: when a table has a mistake (the message names file and line), or ``statements`` is another word.
    """

    def __init__(self, lexicon: Union[str, PathLike[str], None] = None, statements: str = "sure") -> None:
        self._args = (None if lexicon is None else fspath(lexicon), statements)
        self._native = _onrecord.Reader(*self._args)

    def __reduce__(self) -> Any:
        # To other processes goes how it is made; they read the tables themselves.
        return (Reader, self._args)

    def read(
        self,
        text: Union[str, None] = None,
        *,
        html: Union[str, None] = None,
        id: Union[str, None] = None,
        title: Union[str, None] = None,
        published: Union[str, datetime.date, None] = None,
        language: Union[str, None] = None,
        url: Union[str, None] = None,
        outlet: Union[str, None] = None,
    ) -> Record:
        """The record of one report: see `onrecord.read`."""
        said = {"id": id, "text": text, "html": html, "title": title, "published": _told(published), "language": language, "url": url, "outlet": outlet}
        line = json.dumps({name: value for name, value in said.items() if value is not None})
        return Record.from_json(self._native.read(line))

    def read_batch(self, reports: Any, threads: Union[int, None] = None) -> Any:
        """The records of many reports: see `onrecord.read_batch`."""
        table = pa.Table.from_batches([reports]) if isinstance(reports, pa.RecordBatch) else _table(reports)
        rows = pa.Table.from_batches((self._rows(batch, threads) for batch in _pieces(table)), schema=schema())
        if not isinstance(reports, pa.RecordBatch):
            return rows
        batches = rows.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=schema())]
        if len(batches) > 1:
            raise ValueError(f"the records of {reports.num_rows} reports are more than one batch can hold; give them as a table")
        return batches[0]

    def _rows(self, batch: pa.RecordBatch, threads: Union[int, None]) -> pa.RecordBatch:
        return self._native.read_batch(_plain(batch), threads)


# Of a report; `document_id` is another name of its id.
_KNOWN = ("id", "document_id", "text", "html", "title", "published", "language", "url", "outlet")
# Reports, and bytes of them, whose records make one batch.
_REPORTS, _BYTES = 4096, 64 << 20


def _table(reports: Any) -> pa.Table:
    if isinstance(reports, pa.Table):
        return reports
    if hasattr(reports, "__arrow_c_stream__"):
        return pa.table(reports)
    # Before lists: frames are iterables, of the names of their columns.
    if type(reports).__module__.startswith("pandas."):
        return pa.Table.from_pandas(reports, preserve_index=False)
    if isinstance(reports, Mapping):
        return pa.table(dict(reports))
    if isinstance(reports, Iterable) and not isinstance(reports, (str, bytes)):
        return _listed([{"text": report} if isinstance(report, str) else report for report in reports])
    raise TypeError(f"read_batch takes Arrow, pandas, Polars or a list of reports, not {type(reports).__name__}")


def _listed(rows: list[Any]) -> pa.Table:
    """A column for whatever some row has."""
    for row in rows:
        if not isinstance(row, Mapping):
            raise TypeError(f"a report is a text or a dictionary, not {type(row).__name__}")
    names = [name for name in _KNOWN if any(row.get(name) is not None for row in rows)]
    if rows and not {"text", "html"} & set(names):
        raise ValueError('the reports have neither "text" nor "html"')
    return pa.table({name: [_told(row.get(name)) for row in rows] for name in names})


def _told(value: Any) -> Any:
    """Days as strings, whatever else is one."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _pieces(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Small enough for the records of each to be a batch, which holds two gigabytes of words."""
    a_report = max(1, table.nbytes // max(1, table.num_rows))
    return iter(table.to_batches(max_chunksize=max(1, min(_REPORTS, _BYTES // a_report))))


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """What is known of reports, without dictionaries, and times as the clock showed them where they were told."""
    names = [name for name in batch.schema.names if name in _KNOWN]
    if not names:
        return batch

    def plain(column: pa.Array) -> pa.Array:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        zoned = pa.types.is_timestamp(column.type) and column.type.tz is not None
        return pc.local_timestamp(column) if zoned else column

    return pa.RecordBatch.from_arrays([plain(batch.column(name)) for name in names], names=names)


@lru_cache(maxsize=1)
def _builtin() -> Reader:
    return Reader()


def read(text: Union[str, None] = None, **known: Any) -> Record:
    """The record of one report.

    Args:
        text: the report as plain text; or give ``html``, a page of which the article is read.
        **known: what is known of it: ``id``, ``title``, ``published`` (a day, from which *on Sunday* is counted), ``language``, ``url``,
            ``outlet``.

    Raises:
        ValueError: when there are no words in it, or ``published`` is no date.

    >>> import onrecord
    >>> record = onrecord.read("“We will not negotiate,” the minister said on Sunday.", published="2026-03-04")
    >>> record.words(record.statements[0].content), record.statements[0].date
    ('“We will not negotiate,”', '2026-03-01')
    """
    return _builtin().read(text, **known)


def read_batch(reports: Any, threads: Union[int, None] = None) -> Any:
    """The records of many reports, a row each, in their order.

    Args:
        reports: a `pyarrow.RecordBatch` or `pyarrow.Table`, anything else that gives Arrow (Polars, DuckDB), a pandas data frame, or a list
            of texts or dictionaries, or a dictionary of columns. Columns: ``text`` or ``html``, and where they are known ``id``, ``title``, ``published`` (string, date
            or time), ``language``, ``url``, ``outlet``. Others are left out.
        threads: how many reports are read at a time; none: one per core. Python's lock is not held meanwhile.

    Returns:
        A batch of a batch, else a table, with the columns of `schema`. A report that cannot be read gives a row without records whose
        ``diagnostics`` say why. An ``id`` that is not given is made of the report's content.

    Raises:
        ValueError: when there is neither ``text`` nor ``html``, or a column has another type.

    >>> import onrecord
    >>> rows = onrecord.read_batch(["The two sides met in Oslo.", "Three people died, police said."])
    >>> rows.num_rows, rows.column_names[-6:]
    (2, ['actors', 'statements', 'events', 'positions', 'figures', 'diagnostics'])
    """
    return _builtin().read_batch(reports, threads)


def schema() -> pa.Schema:
    """The columns of records: the document's (``document_id`` to ``text``), then lists of structs, one for each kind of record.

    >>> import onrecord
    >>> onrecord.schema().field("document_id").type
    DataType(string)
    """
    return _onrecord.schema()
