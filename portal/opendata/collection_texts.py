"""What the record collections are called, what they hold, and what their records are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.languages import CHINESE, ENGLISH

Label = Mapping[str, str | None]

#: What all descriptions end with.
_KEPT_CURRENT = {
    CHINESE: "紀錄發布、更正或撤回後即更新。",
    ENGLISH: "Kept level with what is published, corrected and withdrawn.",
}


@dataclass(frozen=True, slots=True)
class About:
    """A collection's title and what its records hold, in both languages, and the uids of what all of them are about."""

    title: Label
    holds: Label
    topics: tuple[str, ...]

    @property
    def description(self) -> Label:
        """What its records hold, and that they are kept current."""
        return {
            CHINESE: f"{self.holds[CHINESE]}{_KEPT_CURRENT[CHINESE]}",
            ENGLISH: f"{self.holds[ENGLISH]} {_KEPT_CURRENT[ENGLISH]}",
        }


def _about(title: tuple[str, str], holds: tuple[str, str], *topics: str) -> About:
    return About(
        title={CHINESE: title[0], ENGLISH: title[1]},
        holds={CHINESE: holds[0], ENGLISH: holds[1]},
        topics=tuple(f"topic:{topic}" for topic in topics),
    )


#: Type of record → what is said of its collection.
ABOUT: dict[str, About] = {
    "city": _about(
        ("全部姊妹市與友好城市", "All sister and friendship cities"),
        (
            "每座城市一筆：國家、地區、締結關係與日期、位置及網站。",
            "One record per city: country, region, kind and date of the tie, location and website.",
        ),
        "sister-cities",
    ),
    "exhibit": _about(
        ("全部展覽", "All exhibits"),
        (
            "每項展覽一筆：日期、地點、系列、相關城市及展品。",
            "One record per exhibit: dates, place, series, cities and the objects shown.",
        ),
        "culture",
        "sister-cities",
    ),
    "visit": _about(
        ("全部訪問", "All visits"),
        (
            "來訪、出訪與線上會晤，每次一筆：日期、方式、訪團、人員、議題及相關城市。",
            "Visits received, paid and held online, one record each: dates, mode, delegation, "
            "people, subjects and cities.",
        ),
        "sister-cities",
    ),
    "agreement": _about(
        ("全部協定", "All agreements"),
        (
            "每項協定一筆：類別、簽署日期與地點、簽署人、合作領域及檔案。",
            "One record per agreement: kind, date and place of signing, signatories, fields of cooperation and file.",
        ),
        "sister-cities",
    ),
    "activity": _about(
        ("全部活動", "All activities"),
        (
            "援助、致贈、節慶、論壇等，每項一筆：類別、日期、地點、合作夥伴、人員及數量。",
            "Aid, gifts, festivals, forums and more, one record each: kind, dates, place, partners, "
            "people and quantities.",
        ),
        "sister-cities",
    ),
    "announcement": _about(
        ("全部公告", "All announcements"),
        (
            "每則公告一筆：類別、生效與失效日期、地點及聯絡方式。",
            "One record per announcement: kind, days between which it is in effect, place and contact.",
        ),
    ),
    "alert": _about(
        ("全部消費警訊", "All consumer alerts"),
        (
            "每則警訊一筆：類別、風險、產品、危害、處理方式，以及發布、更新與解除日期。",
            "One record per alert: kind, risk, products, hazard, what to do, and when it was issued, "
            "updated and withdrawn.",
        ),
        "consumer-protection",
    ),
    "works": _about(
        ("全部工程", "All works projects"),
        (
            "每項工程一筆：地點、項目、預定完成日、狀態、完工日期及承攬廠商。",
            "One record per project: place, items, due date, status, completion and contractor.",
        ),
        "facilities",
    ),
    "dataset": _about(
        ("全部統計資料集的說明", "The descriptions of all datasets of statistics"),
        (
            "每個統計資料集一筆：分類欄位、統計項目、更新頻率、涵蓋範圍、檢核規則及註記；數值在各資料集的檔案中。",
            "One record per dataset of statistics: dimensions, measures, frequency, coverage, checks "
            "and notes. The figures are in the files of each dataset.",
        ),
    ),
}
