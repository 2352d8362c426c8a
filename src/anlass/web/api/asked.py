"""What operations are asked: the shapes of ids, moments and parts of lists, and bodies that say no more."""

import json
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import Path, Query, Schema
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic import AfterValidator, ConfigDict, Field, StrictStr

from anlass.store.ground.mapping import storable
from anlass.web.api.lines import MOST, USUAL

LONGEST_TEXT = 200_000
"""Code points of the longest text that is taken: a file of house rules, a letter, a list of contacts."""

_RFC_3339 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"
Id = Annotated[str, Path(pattern=r"^[a-z0-9]{1,32}$", description="An id, as lists show it.")]
Cursor = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="Where the part begins: `next` of the one before."),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description=f"How many lines at most; {USUAL} unless said.")]
Words = Annotated[StrictStr, Field(max_length=2_000)]
Text = Annotated[StrictStr, Field(max_length=LONGEST_TEXT)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=320)]


def _moment(text: str) -> str:
    moment_of(text)
    return text


def moment_of(text: str) -> datetime:
    """Return the moment that a text of RFC 3339 names; raises `ValueError`."""
    moment = datetime.fromisoformat(text)
    if not 1 < moment.year < 9999:
        raise ValueError("write a moment like 2026-11-22T09:30:00Z")
    return moment


Moment = Annotated[
    str,
    Field(max_length=40, pattern=_RFC_3339, json_schema_extra={"format": "date-time"}),
    AfterValidator(_moment),
]


class Body(Schema):
    """The body of an act: exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Texts(Parser):
    """Reads bodies and queries; what no memory can hold (zero bytes, halves of characters) is replaced."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the body of a request; raises `HttpError` for what is no JSON object."""
        try:
            told = json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
            return _kept(told)  # type: ignore[no-any-return]
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "no JSON") from error

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        """Return a query as its texts."""
        told = super().parse_querydict(data, list_fields, request)
        return {storable(key): _kept(value) for key, value in told.items()}


def _no_number(word: str) -> float:
    raise ValueError(word)


def _kept(told: Any) -> Any:
    if isinstance(told, str):
        return storable(told)
    if isinstance(told, list):
        return [_kept(one) for one in told]
    return {storable(key): _kept(one) for key, one in told.items()} if isinstance(told, dict) else told
