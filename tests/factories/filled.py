"""A record of each type with all its own fields filled, and what its document must then say."""

import datetime
from decimal import Decimal
from typing import Any

from cms.base.models import RecordPage
from cms.models import (
    ActivityPage,
    AgreementPage,
    AlertPage,
    AnnouncementPage,
    BannerPage,
    CityPage,
    DatasetPage,
    ExhibitPage,
    MenuPage,
    PlainPage,
    VisitPage,
    WorksPage,
)
from tests.factories.datasets import chart, check
from tests.factories.pages import new, stream

MODELS = (
    ActivityPage,
    AgreementPage,
    AlertPage,
    AnnouncementPage,
    BannerPage,
    CityPage,
    DatasetPage,
    ExhibitPage,
    MenuPage,
    PlainPage,
    VisitPage,
    WorksPage,
)

DAY = {"date_start": datetime.date(2022, 3, 14), "date_precision": "day"}
PERSON = {
    "role": "leader",
    "name": {"zh_hant": "許佑格", "en": "Jörg Polster"},
    "title": {"zh_hant": "處長", "en": "Director General"},
    "affiliation": {"zh_hant": "", "en": ""},
    "name_status": "verified",
}
QUANTITY = {
    "label": {"zh_hant": "防護衣", "en": "Protective suits"},
    "value": "10800",
    "unit": "piece",
    "status": "approximate",
    "note": {"zh_hant": "", "en": ""},
}
ITEM = {"zh_hant": "智慧城市", "en": "Smart city"}
NOTHING = {"zh_hant": "", "en": ""}
CHECK = {
    "kind": "monotony",
    "result": "headcount.workers",
    "terms": [],
    "dataset": None,
    "rounding": "half-up",
    "direction": "rising",
    "tolerance": "",
    "explanation": NOTHING,
}
CHART = {
    "title": {"zh_hant": "各類人數", "en": "Staff by kind"},
    "description": {"zh_hant": "工友最多。", "en": "Workers are the most."},
    "mark": "bar",
    "measures": "headcount",
    "x": "value",
    "y": "staff",
    "colour": "",
    "filters": [],
    "sort": "descending",
    "stacked": False,
}
TABLE = "period,measure,staff,value,status,note_zh,note_en\r\n2022-05,headcount,workers,5498,normal,,\r\n"
STRUCTURE = {
    "dimensions": stream(
        {
            "type": "dimension",
            "value": {
                "code": "staff",
                "label": {"zh_hant": "類別", "en": "Kind of staff"},
                "codes": [{"code": "workers", "label": {"zh_hant": "工友", "en": "Workers"}}],
            },
        }
    ),
    "measures": stream(
        {
            "type": "measure",
            "value": {"code": "headcount", "label": {"zh_hant": "人數", "en": "Headcount"}, "unit": "person"},
        }
    ),
}

_FILLED: dict[type[RecordPage], tuple[dict, dict]] = {
    ActivityPage: (
        DAY
        | {"kind": "aid", "place_zh_hant": "帛琉", "place_en": "Palau"}
        | {"partners": stream({"type": "item", "value": ITEM})}
        | {"people": stream({"type": "person", "value": PERSON})}
        | {"quantities": stream({"type": "quantity", "value": QUANTITY})},
        {
            "place": {"zh-Hant": "帛琉", "en": "Palau"},
            "partners": [{"zh-Hant": "智慧城市", "en": "Smart city"}],
            "quantities": [
                {
                    "label": {"zh-Hant": "防護衣", "en": "Protective suits"},
                    "value": "10800",
                    "unit": "piece",
                    "status": "approximate",
                    "note": None,
                }
            ],
        },
    ),
    AgreementPage: (
        DAY
        | {"kind": "memorandum", "ordinal": 36}
        | {"fields_of_cooperation": stream({"type": "item", "value": ITEM})},
        {"kind": "memorandum", "ordinal": 36, "file": None},
    ),
    AlertPage: (
        DAY
        | {"kind": "warning", "risk": "low", "issued": datetime.date(2022, 4, 1), "updated": datetime.date(2022, 4, 2)}
        | {"hazard_zh_hant": "觸電", "hazard_en": "Electric shock"}
        | {"products": stream({"type": "item", "value": ITEM})},
        {
            "issued": "2022-04-01",
            "withdrawn": None,
            "hazard": {"zh-Hant": "觸電", "en": "Electric shock"},
            "remedy": None,
        },
    ),
    AnnouncementPage: (
        DAY
        | {"effective_from": datetime.date(2022, 6, 23), "contact_name_zh_hant": "櫃台", "contact_phone": "07-3368333"},
        {
            "effective": {"from": "2022-06-23", "to": None},
            "contact": {"name": {"zh-Hant": "櫃台", "en": None}, "phone": "07-3368333", "email": None},
        },
    ),
    BannerPage: (
        {
            "text_zh_hant": "停電",
            "text_en": "Power cut",
            "level": "urgent",
            "starts_at": datetime.datetime(2022, 6, 1, tzinfo=datetime.UTC),
            "link": stream(
                {"type": "link", "value": {"label": ITEM, "record": None, "address": "https://example.org/"}}
            ),
        },
        {
            "text": {"zh-Hant": "停電", "en": "Power cut"},
            "starts_at": "2022-06-01T00:00:00Z",
            "link": {
                "label": {"zh-Hant": "智慧城市", "en": "Smart city"},
                "uid": None,
                "address": "https://example.org/",
            },
        },
    ),
    CityPage: (
        {
            "country": "KR",
            "region_zh_hant": "慶尚南道",
            "region_en": "Yeongnam",
            "since_date": datetime.date(1966, 6, 30),
            "since_precision": "year",
            "latitude": Decimal("35.1796"),
            "longitude": Decimal("129.0756"),
            "website": "https://www.busan.go.kr/",
        },
        {
            "since": {"date": "1966-06-30", "precision": "year"},
            "location": {"latitude": "35.1796", "longitude": "129.0756"},
            "website": "https://www.busan.go.kr/",
        },
    ),
    DatasetPage: (
        DAY
        | STRUCTURE
        | {"coverage_zh_hant": "市府", "notes": stream({"type": "item", "value": ITEM})}
        | {"checks": stream({"type": "check", "value": CHECK})}
        | {"charts": stream({"type": "chart", "value": CHART})},
        {
            "coverage": {"zh-Hant": "市府", "en": None},
            "notes": [{"zh-Hant": "智慧城市", "en": "Smart city"}],
            "checks": [check("monotony", "headcount.workers", direction="rising")],
            "charts": [chart(sort="descending")],
        },
    ),
    ExhibitPage: (
        DAY
        | {"series_zh_hant": "城市之窗", "date_ongoing": True}
        | {"objects_shown": stream({"type": "object", "value": {"name": ITEM, "note": NOTHING}})},
        {
            "series": {"zh-Hant": "城市之窗", "en": None},
            "objects": [{"name": {"zh-Hant": "智慧城市", "en": "Smart city"}, "note": None}],
            "dates": {"start": "2022-03-14", "end": None, "ongoing": True, "precision": "day"},
        },
    ),
    MenuPage: (
        {
            "slot": "footer",
            "items": stream({"type": "link", "value": {"label": ITEM, "record": None, "address": "/visits/"}}),
        },
        {
            "slot": "footer",
            "items": [{"label": {"zh-Hant": "智慧城市", "en": "Smart city"}, "uid": None, "address": "/visits/"}],
        },
    ),
    PlainPage: ({"summary_zh_hant": "摘要"}, {"summary": {"zh-Hant": "摘要", "en": None}, "section": None}),
    VisitPage: (
        DAY
        | {"direction": "online", "mode": "video", "topics": ["topic:smart-city"]}
        | {"people": stream({"type": "person", "value": PERSON})},
        {
            "direction": "online",
            "topics": ["topic:smart-city"],
            "people": [
                {
                    "role": "leader",
                    "name": {"zh-Hant": "許佑格", "en": "Jörg Polster"},
                    "title": {"zh-Hant": "處長", "en": "Director General"},
                    "affiliation": None,
                    "name_status": "verified",
                }
            ],
        },
    ),
    WorksPage: (
        DAY
        | {"status": "planned", "phase": 6, "due_date": datetime.date(2022, 10, 31)}
        | {"items": stream({"type": "item", "value": {"name": ITEM, "quantity": QUANTITY}})},
        {"phase": 6, "due": {"date": "2022-10-31", "precision": "day"}, "contractor": None},
    ),
}


#: The fields of a page of each type.
FIELDS = {model: fields for model, (fields, _document) in _FILLED.items()}
#: The members that its document must have.
DOCUMENTS = {model: members for model, (_fields, members) in _FILLED.items()}


def filled(model: type[RecordPage], **fields: Any) -> RecordPage:
    """A record of a type with everything filled, which nobody has saved yet."""
    return new(model, **FIELDS[model] | fields)
