"""onrecord: news reports in, sourced records out.

>>> import onrecord
>>> record = onrecord.read("The army said rebels had killed at least 12 soldiers near Gao.")
>>> figure = record.figures[0]
>>> record.words(figure.span), figure.measure
('at least 12 soldiers', 'killed')
>>> [record.actor(who).name for who in figure.given_by]
['army']

`read` gives one report's record with types, `read_batch` those of many as Arrow, `open` asks a store that ``onrecord add`` made.
``onrecord.spark`` and ``onrecord.ray`` do the same on many machines. What the fields mean is told in the codebook of the project's book.
"""

from onrecord._onrecord import __version__
from onrecord._read import Reader, read, read_batch, schema
from onrecord._record import (
    Actor,
    Diagnostic,
    Document,
    Event,
    Figure,
    Place,
    Position,
    Record,
    Span,
    Statement,
)
from onrecord._store import Answer, Store, open

__all__ = [
    "Actor",
    "Answer",
    "Diagnostic",
    "Document",
    "Event",
    "Figure",
    "Place",
    "Position",
    "Reader",
    "Record",
    "Span",
    "Statement",
    "Store",
    "__version__",
    "open",
    "read",
    "read_batch",
    "schema",
]
