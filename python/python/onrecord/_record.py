"""The record of one report, with types. The fields are those of the record's JSON; the project's codebook says what each means."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, Union

from onrecord import _onrecord


class Span(NamedTuple):
    """A passage of the document's text: ``text[start:end]``, in code points, which are what Python's strings count."""

    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """The report."""

    id: str
    text: str = field(repr=False)
    title: Union[str, None] = None
    published: Union[str, None] = None
    """Day of publication, ISO 8601."""
    language: str = "en"
    url: Union[str, None] = None
    outlet: Union[str, None] = None


@dataclass(frozen=True)
class Actor:
    """A person, government, organisation, force, armed group or group of people."""

    id: str
    name: str
    kind: str
    country: Union[str, None]
    """ISO 3166-1 alpha-3, ``IGO`` or ``NGO``."""
    sector: Union[str, None]
    """PLOVER's."""
    roles: list[str]
    mentions: list[Span]


@dataclass(frozen=True)
class Place:
    """A place as written and, where it can be told, on the map."""

    name: str
    country: Union[str, None] = None
    lat: Union[float, None] = None
    lon: Union[float, None] = None
    geonames: Union[int, None] = None
    precision: Union[str, None] = None


@dataclass(frozen=True)
class _Grounded:
    """What every kind of record has: how it is put, who vouches for it (ids of actors, outermost first), the words that show it."""

    factuality: str
    given_by: list[str]
    evidence: list[Span]
    confidence: float = field(repr=False)
    why: str = field(repr=False)


@dataclass(frozen=True)
class Statement(_Grounded):
    """Who said what."""

    id: str
    speaker: list[str]
    source: Union[Span, None]
    cue: Union[Span, None]
    content: list[Span]
    mode: str
    act: str
    to: list[str]
    date: Union[str, None]


@dataclass(frozen=True)
class Event(_Grounded):
    """Who did what to whom: PLOVER type, mode and contexts, CAMEO code."""

    id: str
    type: str
    mode: Union[str, None]
    contexts: list[str]
    cameo: Union[str, None]
    trigger: Span
    actors: list[str]
    recipients: list[str]
    date: Union[str, None]
    place: Union[Place, None]
    figures: list[str]


@dataclass(frozen=True)
class Position(_Grounded):
    """What a party offers, demands, accepts or refuses, and on which terms."""

    id: str
    holder: list[str]
    move: str
    proposition: Span
    conditions: list[Span]
    toward: list[str]
    status: str
    date: Union[str, None]


@dataclass(frozen=True)
class Figure(_Grounded):
    """What was counted. ``value`` is a number, or the lowest and the highest of a range."""

    id: str
    value: Union[float, tuple[float, float]]
    bound: str
    of: str
    measure: str
    span: Span
    by: list[str]
    against: list[str]
    part_of: Union[str, None]
    date: Union[str, None]
    place: Union[Place, None]
    unaccounted: Union[float, None] = None


@dataclass(frozen=True)
class Diagnostic:
    """What the reader has to say about its own reading."""

    level: str
    code: str
    message: str
    span: Union[Span, None] = None


_SPANS = {"source", "cue", "trigger", "proposition", "span"}
_LISTS = {"mentions", "content", "conditions", "evidence"}
T = TypeVar("T")


def _made(cls: type[T], said: dict[str, Any]) -> T:
    """An object of a dictionary. A newer program's further fields are left out."""
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    values = {name: _value(name, value) for name, value in said.items() if name in known}
    return cls(**values)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _SPANS:
        return Span(*value)
    if name in _LISTS:
        return [Span(*span) for span in value]
    if name == "place":
        return _made(Place, value)
    if name == "value" and isinstance(value, list):
        return tuple(value)
    return value


class Record:
    """What one report says. In a notebook it shows itself as the report with its evidence underlined.

    >>> from onrecord import Record, read
    >>> record = read("Norway offered talks.", id="d1", published="2026-03-04")
    >>> record
    <Record of d1: 1 actors, 1 statements, 1 events, 1 positions, 0 figures>
    >>> Record.from_json(record.to_json()) == record
    True
    """

    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """Of a line that ``onrecord read`` printed."""
        return cls(json.loads(line))

    def to_json(self) -> str:
        """A line as ``onrecord read`` prints it."""
        return json.dumps(self._said, ensure_ascii=False, separators=(",", ":"))

    def to_dict(self) -> dict[str, Any]:
        """As dictionaries, lists, strings and numbers."""
        return json.loads(self.to_json())

    @cached_property
    def document(self) -> Document:
        return _made(Document, self._said["document"])

    @cached_property
    def actors(self) -> list[Actor]:
        return self._all(Actor, "actors")

    @cached_property
    def statements(self) -> list[Statement]:
        return self._all(Statement, "statements")

    @cached_property
    def events(self) -> list[Event]:
        return self._all(Event, "events")

    @cached_property
    def positions(self) -> list[Position]:
        return self._all(Position, "positions")

    @cached_property
    def figures(self) -> list[Figure]:
        return self._all(Figure, "figures")

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        return self._all(Diagnostic, "diagnostics")

    def actor(self, id: str) -> Actor:
        """The actor of an id that stands in ``speaker``, ``given_by``, ``recipients``, ...

        Raises:
            KeyError: when the record has no such actor.
        """
        for actor in self.actors:
            if actor.id == id:
                return actor
        raise KeyError(id)

    def words(self, spans: Union[Span, list[Span], None]) -> str:
        """The report's own words at a span, or at several, with an ellipsis between."""
        if spans is None:
            return ""
        if isinstance(spans, Span):
            spans = [spans]
        return " … ".join(self.document.text[start:end] for start, end in spans)

    def to_html(self) -> str:
        """One self-contained page: the report with its evidence underlined, the records beside it."""
        return _onrecord.page(self.to_json())

    def _all(self, cls: type[T], kind: str) -> list[T]:
        return [_made(cls, said) for said in self._said[kind]]

    def _repr_html_(self) -> str:
        # In a frame of its own, so that neither the notebook's style nor the page's reaches the other.
        page = html.escape(self.to_html(), quote=True)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" style="width:100%;height:32em;border:0"></iframe>'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        kinds = ("actors", "statements", "events", "positions", "figures")
        counts = ", ".join(f"{len(self._said[kind])} {kind}" for kind in kinds)
        return f"<Record of {self._said['document']['id']}: {counts}>"
