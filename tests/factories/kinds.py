"""What cases of each kind are received with, for tests of what all kinds have."""

from typing import Any

from tests.factories.cases import COMPLAINT, PERSONAL

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
    "clinic-session": {"service": "debt-clinic", "session_on": "2022-06-02", "place": "消費者服務中心"},
}
#: Kind → a step from the first state that closes it, with its values.
CLOSING: dict[str, tuple[str, dict[str, Any]]] = {
    "consumer-complaint": ("settle", {"amount_recovered": "0"}),
    "consultation": ("answer", {}),
    "petition": ("reply", {"reply": "已派員修復。"}),
    "maintenance": ("drop", {"remark": "電話0912-345-678已恢復"}),
    "inspection": ("conform", {"inspected_on": "2022-06-02", "rounds": 1, "shops": 4}),
    "clinic-session": ("hold", {"visitors": 6}),
}


def values_of(kind: str, **changes: Any) -> dict[str, Any]:
    """The values of a kind; a change to None leaves one out."""
    values = VALUES[kind] | changes
    return {name: value for name, value in values.items() if value is not None}
