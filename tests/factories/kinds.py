"""What cases of each kind are received with, for tests of what all kinds have."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from tests.factories import resources
from tests.factories.cases import AGENCY, COMPLAINT, PERSONAL

#: Kind → values as a module sends them, those that are personal among them.
VALUES: dict[str, dict[str, Any]] = {
    "consumer-complaint": COMPLAINT | PERSONAL,
    "consultation": {"channel": "counter", "subject": "food", "name": "王小明"},
    "petition": {
        "channel": "counter",
        "petitioner_name": "王小明",
        "petitioner_phone": "0912-345-678",
        "petitioner_email": "ming@example.org",
        "concern": "rights",
        "subject": "路燈不亮",
        "text": "巷口路燈已三週不亮，請派員修理。我的電話0912-345-678。",
    },
    "maintenance": {
        "trade": "lift",
        "building": "siwei",
        "place": "3樓",
        "urgency": "urgent",
        "fault": "電梯門無法關閉，請聯絡王小明",
        "reporter_phone": "0912-345-678",
    },
    "inspection": {"subject": "food", "item": "包裝飲用水", "partners": "衛生局"},
    "venue-booking": {
        "venue": "siwei-hall",
        "purpose": "talk",
        "audience": "public",
        "organiser": "讀書會",
        "contact_name": "王小明",
        "contact_phone": "0912-345-678",
    },
    "vehicle-dispatch": {
        "user": "other-agencies",
        "channel": "paper",
        "agency_name": "文化局",
        "purpose": "reception",
        "destination": "小港機場",
        "distance_km": 30,
        "passengers": 4,
        "requester": "王小明",
    },
    "clinic-session": {"service": "debt-clinic", "session_on": "2022-06-02", "place": "消費者服務中心"},
}
#: Kind → a step from the first state that closes it, with its values.
CLOSING: dict[str, tuple[str, dict[str, Any]]] = {
    "consumer-complaint": ("settle", {"amount_recovered": "0"}),
    "consultation": ("answer", {}),
    "petition": ("reply", {"reply": "已派員修復。"}),
    "maintenance": ("drop", {"remark": "電話0912-345-678已恢復"}),
    "venue-booking": ("refuse", {"ground": "own-use"}),
    "vehicle-dispatch": ("refuse", {"ground": "no-vehicle"}),
    "inspection": ("conform", {"inspected_on": "2022-06-02", "rounds": 1, "shops": 4}),
    "clinic-session": ("hold", {"visitors": 6}),
}


#: What is kept for a time: each of these values has a time of its own.
RESERVING = frozenset({"venue-booking", "vehicle-dispatch"})
_hours = itertools.count(1)


def values_of(kind: str, **changes: Any) -> dict[str, Any]:
    """The values of a kind; a change to None leaves one out."""
    values = VALUES[kind] | (_time() if kind in RESERVING else {}) | changes
    return {name: value for name, value in values.items() if value is not None}


def prepare(kind: str) -> None:
    """Make what cases of a kind can name: the room and the vehicle of their agency."""
    if kind in RESERVING:
        resources.room(agency=AGENCY)
        resources.vehicle(agency=AGENCY)


def _time() -> dict[str, str]:
    begin = timezone.now() + datetime.timedelta(days=30, hours=next(_hours) % 5000)
    moments = {"starts_at": begin, "ends_at": begin + datetime.timedelta(minutes=59)}
    return {name: moment.isoformat(timespec="seconds") for name, moment in moments.items()}
