"""Asking a store."""

from __future__ import annotations

from os import PathLike, fspath
from typing import Any, Union

import pyarrow as pa

from onrecord import _onrecord
from onrecord._record import Record


class Answer:
    """A table of a store; asked for once, when it is first looked at.

    It gives itself to whatever takes Arrow: ``polars.DataFrame(answer)``, ``duckdb.from_arrow(answer.arrow())``, ``pyarrow.table(answer)``.
    """

    def __init__(self, store: "Store", table: str, question: str, limit: Union[int, None]) -> None:
        self._store, self._of, self._question, self._limit = store, table, question, limit
        self._table: Union[pa.Table, None] = None

    def arrow(self) -> pa.Table:
        """As a `pyarrow.Table`, which shares the bytes that the store gave."""
        if self._table is None:
            stream = self._store._native.table(self._of, self._question, self._limit)
            self._table = pa.ipc.open_stream(pa.py_buffer(stream)).read_all()
        return self._table

    def pandas(self) -> Any:
        """As a `pandas.DataFrame`."""
        return self.arrow().to_pandas()

    def polars(self) -> Any:
        """As a `polars.DataFrame`."""
        import polars

        return polars.from_arrow(self.arrow())

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.arrow().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self.arrow().num_rows

    def __repr__(self) -> str:
        asked = f" for {self._question!r}" if self._question.strip() else ""
        return f"<Answer: {self._of}{asked}>"

    def _repr_html_(self) -> Union[str, None]:
        try:
            return self.arrow().slice(0, 50).to_pandas()._repr_html_()
        except ImportError:
            return None


class Store:
    """The kept record of many reports. Questions are those of the command line: words and filters such as
    ``who:Russia type:assault since:2026-03 drone*`` (``onrecord events --help`` tells them all); no question asks for everything.
    """

    def __init__(self, place: Union[str, PathLike[str]]) -> None:
        self._native = _onrecord.Store(fspath(place))

    def documents(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """Reports that hold the words and fit the filters."""
        return Answer(self, "documents", question, limit)

    def actors(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """Who is in the record, by all their names."""
        return Answer(self, "actors", question, limit)

    def events(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """What happened, a row an event."""
        return Answer(self, "events", question, limit)

    def mentions(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """The same as each report tells it, with its words; ``limit`` counts events."""
        return Answer(self, "mentions", question, limit)

    def figures(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """What was counted, a row a value, asked for by their events; ``limit`` counts series."""
        return Answer(self, "figures", question, limit)

    def positions(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """Where parties stand, a row a move; ``limit`` counts positions."""
        return Answer(self, "positions", question, limit)

    def statements(self, question: str = "", limit: Union[int, None] = None) -> Answer:
        """Who said what, a row an appearance; ``limit`` counts statements."""
        return Answer(self, "statements", question, limit)

    def record(self, document: str) -> Record:
        """The record of a report by its id, as people have put it right.

        Raises:
            ValueError: when the store has no such report.
        """
        return Record.from_json(self._native.record(document))

    def __len__(self) -> int:
        return self._native.documents()

    def __repr__(self) -> str:
        return f"<Store {self._native.place()}: {len(self)} reports>"


def open(place: Union[str, PathLike[str]]) -> Store:
    """The store in a file that ``onrecord add`` made, or on a server (``postgres://...``).

    Raises:
        FileNotFoundError: when there is none.
        ValueError: when it is something else, or cannot be read.
    """
    return Store(place)
