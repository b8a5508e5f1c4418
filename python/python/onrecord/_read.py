"""Reading reports."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from functools import lru_cache
from os import PathLike, fspath
from typing import Any, Union

import pyarrow as pa

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
        day = published.isoformat() if isinstance(published, datetime.date) else published
        said = {"id": id, "text": text, "html": html, "title": title, "published": day, "language": language, "url": url, "outlet": outlet}
        line = json.dumps({name: value for name, value in said.items() if value is not None})
        return Record.from_json(self._native.read(line))

    def read_batch(self, reports: Any, threads: Union[int, None] = None) -> Any:
        """The records of many reports: see `onrecord.read_batch`."""
        if isinstance(reports, pa.RecordBatch):
            return self._native.read_batch(reports, threads)
        table = _table(reports)
        batches = (self._native.read_batch(batch, threads) for batch in table.to_batches(max_chunksize=_CHUNK))
        return pa.Table.from_batches(batches, schema=schema())


_CHUNK = 4096


def _table(reports: Any) -> pa.Table:
    if isinstance(reports, pa.Table):
        return reports
    if hasattr(reports, "__arrow_c_stream__"):
        return pa.table(reports)
    # Before lists: frames are iterables, of the names of their columns.
    if type(reports).__module__.startswith("pandas."):
        return pa.Table.from_pandas(reports, preserve_index=False)
    if isinstance(reports, Iterable) and not isinstance(reports, (str, bytes)):
        rows = [{"text": report} if isinstance(report, str) else report for report in reports]
        return pa.Table.from_pylist(rows)
    raise TypeError(f"read_batch takes Arrow, pandas, Polars or a list of reports, not {type(reports).__name__}")


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
            of texts or dictionaries. Columns: ``text`` or ``html``, and where they are known ``id``, ``title``, ``published`` (string, date
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
