"""Search, and completions of what is being typed. Which engine answers is a matter of `search` alone."""

from dataclasses import asdict
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema_view

from portal.api.v1 import openapi, parameters
from portal.api.v1.conditional import CACHE_CONTROL, Validators, validators_of_body
from portal.api.v1.pages import address_of_page
from portal.api.v1.parameters import Parameter, bad_cursor, check_order, one_of, whole_number
from portal.api.v1.problems import INVALID_PARAMETER, UNAVAILABLE, UNKNOWN_PARAMETER, Problem, invalid
from portal.api.v1.search_components import FOUND
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import CHINESE, LANGUAGES
from portal.core.typed import one_line
from search.answers import LONGEST_QUERY, SORTS, Answer, BadCursor, Question, Result
from search.engines.base import Unavailable
from search.plan import FACETS
from search.searching import search
from search.suggesting import suggest

#: What stands in for the usual engine may know less; nobody keeps its answers for long.
_CACHE_CONTROL_OF_FALLBACK = "public, max-age=0, s-maxage=5, must-revalidate"
_LIMIT_MOST, _LIMIT_USUAL = 100, 20
_SUGGESTIONS_MOST, _SUGGESTIONS_USUAL = 20, 8


def _text(name: str, text: str) -> str:
    if len(text) > LONGEST_QUERY:
        raise invalid(
            name,
            _("“%(name)s” is longer than %(most)s characters."),
            {"name": name, "most": LONGEST_QUERY},
            allowed=format_lazy(_("at most {most} characters"), most=LONGEST_QUERY),
        )
    return one_line(text)


def _limit(most: int, usual: int) -> Parameter:
    return Parameter(
        "limit",
        whole_number(1, most),
        {"type": "integer", "minimum": 1, "maximum": most, "default": usual},
        "How many results a page has at most.",
        default=usual,
    )


_LANG = Parameter(
    "lang",
    one_of(LANGUAGES),
    {"type": "string", "enum": list(LANGUAGES), "default": CHINESE},
    "The language of titles, snippets and labels; where the English is missing, the Chinese. Error messages too. "
    "What is asked for is looked for in both languages.",
    default=CHINESE,
)
_TEXT_SCHEMA = {"type": "string", "maxLength": LONGEST_QUERY}
_QUERY = Parameter(
    "q",
    _text,
    _TEXT_SCHEMA,
    'What is looked for: words in either language, dates and numbers, `"phrases"`, `-without`. Nothing has to be '
    "escaped. Without it, everything that the filters leave, newest first.",
    default="",
    examples=("釜山市長", "sister city", "民國111年3月"),
)
_BEGINNING = Parameter(
    "q",
    _text,
    _TEXT_SCHEMA,
    "What has been typed so far: the beginning of a title or name, or of one of its words.",
    default="",
    examples=("釜", "kuma"),
)
_TYPE = Parameter("type", one_of(FOUND), {"type": "string", "enum": list(FOUND)}, "Only records of this type.")
_SORT = Parameter(
    "sort",
    one_of(SORTS),
    {"type": "string", "enum": list(SORTS), "default": SORTS[0]},
    "The order: by relevance, or by the records' own dates. Undated records come last in both orders by date.",
    default=SORTS[0],
)
_ENGINE = OpenApiParameter(
    "X-Search-Engine", str, OpenApiParameter.HEADER, response=[200], description="The engine that answered."
)
_TAKEN = (
    _QUERY,
    _LANG,
    _TYPE,
    parameters.CITY,
    parameters.TOPIC,
    parameters.FROM,
    parameters.TO,
    _SORT,
    _limit(_LIMIT_MOST, _LIMIT_USUAL),
    parameters.CURSOR,
)


class _Fresh(PublicView):
    """An answer that is made for each request; its digest tells it from another.

    The head of the log could not: an index follows the log and may still say what was true at an earlier head. For the
    same reason such an answer has no Last-Modified.
    """

    body: bytes
    cache_control = CACHE_CONTROL

    def content(self, request: HttpRequest) -> bytes:
        """The answer. Raises `Problem` where there is none."""
        raise NotImplementedError

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The digest of the answer."""
        self.body = self.content(request)
        return validators_of_body(request, self.body, self.cache_control)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The answer's bytes."""
        return json_response(self.body)


@extend_schema_view(
    get=openapi.operation(
        "search",
        "Search",
        "Records of all types but menus and banners that have all of what is asked for, in either language, with the "
        "words marked. Where that leaves fewer than three, records that have a part of it follow, and `relaxed` says "
        "so. The cursors of `next` lead to the end of any result.",
        answer=openapi.reference("SearchAnswer"),
        takes=_TAKEN,
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, UNAVAILABLE),
        headers=(openapi.ETAG, _ENGINE),
    )
)
class Search(_Fresh):
    """Results of a search, a page at a time."""

    parameters: ClassVar[tuple[Parameter, ...]] = _TAKEN
    engine: str | None = None

    def content(self, request: HttpRequest) -> bytes:
        """The page of results."""
        answer = self._answer()
        self.engine = answer.engine
        if answer.fallback:
            self.cache_control = _CACHE_CONTROL_OF_FALLBACK
        return orjson.dumps(
            {
                "count": answer.count,
                "next": address_of_page(request, answer.next_cursor),
                "previous": address_of_page(request, answer.previous_cursor),
                "results": [_result(each) for each in answer.results],
                "facets": {name: answer.facets.get(name, []) for name in FACETS},
                "suggestion": answer.suggestion,
                "relaxed": answer.relaxed,
                "engine": answer.engine,
            }
        )

    def _answer(self) -> Answer:
        given = self.given
        check_order(given)
        question = Question(
            text=given["q"],
            language=given["lang"],
            type=given["type"],
            city=given["city"],
            topic=given["topic"],
            first=given["from"],
            last=given["to"],
            sort=given["sort"],
            limit=given["limit"],
            cursor=given["cursor"],
        )
        try:
            return search(question)
        except BadCursor:
            raise bad_cursor() from None
        except Unavailable:
            raise Problem(UNAVAILABLE, _("Search cannot answer for the moment. Everything else can be read.")) from None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, with the engine in its header."""
        response = super().dispatch(request, *args, **kwargs)
        if self.engine is not None and response.status_code in (200, 304):
            response["X-Search-Engine"] = self.engine
        return response


def _result(result: Result) -> dict[str, Any]:
    return {
        "uid": result.uid,
        "type": result.type,
        "title": result.title,
        "url": result.url,
        "snippet": result.snippet,
        "highlights": result.highlights,
        "date": result.date,
        "score": result.score,
    }


_COMPLETED = (_BEGINNING, _LANG, _limit(_SUGGESTIONS_MOST, _SUGGESTIONS_USUAL))


@extend_schema_view(
    get=openapi.operation(
        "suggest",
        "Completions",
        "Titles, places, people and organisations of public records that begin with what was typed, or have a word "
        "that does; in Chinese from the first character.",
        answer=openapi.reference("Suggestions"),
        takes=_COMPLETED,
        headers=(openapi.ETAG,),
    )
)
class Suggest(_Fresh):
    """Completions of what is being typed."""

    parameters: ClassVar[tuple[Parameter, ...]] = _COMPLETED

    def content(self, request: HttpRequest) -> bytes:
        """All of them: there are no further pages."""
        found = suggest(self.given["q"], self.given["lang"], self.given["limit"])
        results = [asdict(each) for each in found]
        return orjson.dumps({"count": len(results), "next": None, "previous": None, "results": results})
