"""What operations answer with: the lines of `surface.schema.json`, and lists of them, a part at a time.

The shapes stand in one place, the schema of the surface; here they are only named. `surface.schema.json`
beside this file is a copy of the one in docs/reference, made by `make reference`.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from pydantic import WithJsonSchema

from anlass.desk.decisions.deciding import Choice
from anlass.desk.surface import JsonLine
from anlass.store.cases.kept import CaseState
from anlass.store.history.marks import Spot
from anlass.web.api.problems import Problem

T = TypeVar("T")
SURFACE = "surface.schema.json"
MOST = 100
"""Lines in one part of a list at most."""
USUAL = 25
REFERENCE = "x-line"
"""What stands for a reference until the document is put together; the library resolves its own alone."""
_LARGEST = 2**53
_LONGEST_ID = 64


@cache
def surface() -> dict[str, Any]:
    """Read the shapes of all lines, by name; references point into the API's own document."""
    text = (files("anlass.web.api") / SURFACE).read_text(encoding="utf-8")
    shapes: dict[str, Any] = json.loads(text.replace("#/$defs/", "#/components/schemas/"))["$defs"]
    shapes["case"] = _case(shapes["screen_case"])
    return shapes


def _case(screened: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of a case: as it was screened, and how it stands with the owner now."""
    moment = {"anyOf": [{"$ref": "#/components/schemas/time"}, {"type": "null"}]}
    stands = {
        "state": {"enum": [state.value for state in CaseState]},
        "choice": {"enum": [*(choice.value for choice in Choice), None]},
        "kept_at": {"$ref": "#/components/schemas/time"},
        "answered_at": moment,
        "version": {"description": "What If-Match compares.", "type": "string"},
    }
    kept = {name: shape for name, shape in screened["properties"].items() if name != "new"}
    return {
        "description": "A case: what screening printed of it, and how it stands with the owner now.",
        "type": "object",
        "properties": {**kept, **stands},
        "required": [*(name for name in screened["required"] if name != "new"), *stands],
        "additionalProperties": False,
    }


def line(name: str) -> Any:
    """Return the type of an answer that is one line of the surface."""
    return Annotated[dict[str, Any], WithJsonSchema({REFERENCE: name})]


def named(shape: Any) -> Any:
    """Return a shape with each name of a line as the reference that the document needs."""
    if isinstance(shape, dict):
        if REFERENCE in shape:
            return {"$ref": f"#/components/schemas/{shape[REFERENCE]}"}
        return {key: named(value) for key, value in shape.items()}
    return [named(one) for one in shape] if isinstance(shape, list) else shape


def lines(name: str) -> Any:
    """Return the type of an answer that is a part of a list: the lines, and where the next part begins."""
    shape = {
        "type": "object",
        "properties": {
            "lines": {"type": "array", "items": {REFERENCE: name}, "maxItems": MOST},
            "next": {
                "description": "The cursor of the next part; null behind the last line.",
                "type": ["string", "null"],
            },
        },
        "required": ["lines", "next"],
        "additionalProperties": False,
    }
    return Annotated[dict[str, Any], WithJsonSchema(shape)]


def part(told: Iterable[JsonLine], end: Spot | None) -> JsonLine:
    """Return a part of a list that the memory cut."""
    return {"lines": list(told), "next": cursor_to(end) if end else None}


def cut(all_of: Sequence[T], show: Callable[[T], JsonLine], *, cursor: str | None, limit: int) -> JsonLine:
    """Return a part of a list that is at hand as a whole; its cursor counts lines."""
    begin = place_of(cursor)[0] if cursor else 0
    end = begin + limit
    next_ = cursor_to((end, "")) if end < len(all_of) else None
    return {"lines": [show(one) for one in all_of[max(0, begin) : end]], "next": next_}


def cursor_to(place: Spot) -> str:
    """Return a place in a list as callers carry it."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(cursor: str) -> Spot:
    """Return the place that a cursor names; raises `Problem` for one that was not given out."""
    try:
        told = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment, id_ = told
    except (ValueError, TypeError, RecursionError):
        raise Problem("not-understood") from None
    is_place = type(moment) is int and abs(moment) < _LARGEST and isinstance(id_, str)
    if not is_place or len(id_) > _LONGEST_ID or not id_.isascii() or "\0" in id_:
        raise Problem("not-understood")
    return moment, id_


def after(cursor: str | None) -> Spot | None:
    """Return the place behind which a part begins; `None` for the beginning."""
    return place_of(cursor) if cursor else None
