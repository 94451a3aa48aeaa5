"""The code lists of the documents: what each code of a closed list is called in both languages.

Keyed by record type and member (``city.kind``); ``*`` stands for lists that several types share.
"""

from django.utils import translation
from django.utils.functional import lazy

from portal.core import languages
from portal.core.languages import CHINESE, ENGLISH

CodeList = dict[str, dict[str, str]]


def _list(**codes: tuple[str, str]) -> CodeList:
    return {code.replace("_", "-"): {CHINESE: chinese, ENGLISH: english} for code, (chinese, english) in codes.items()}


LISTS: dict[str, CodeList] = {
    "city.kind": _list(sister=("姊妹市", "Sister city"), friendship=("友好城市", "Friendship city")),
    "visit.direction": _list(
        inbound=("來訪", "Inbound"),
        outbound=("出訪", "Outbound"),
        online=("線上會晤", "Online"),
    ),
    "visit.mode": _list(in_person=("親自會面", "In person"), video=("視訊", "Video meeting")),
    "agreement.kind": _list(
        sister_city=("姊妹市協定", "Sister city agreement"),
        partnership=("夥伴協定", "Partnership agreement"),
        friendship=("友好城市協定", "Friendship city agreement"),
        memorandum=("合作備忘錄", "Memorandum of understanding"),
    ),
    "activity.kind": _list(
        aid=("援助", "Aid"),
        gift=("致贈", "Gift"),
        festival=("節慶", "Festival"),
        forum=("論壇", "Forum"),
        meeting=("會議", "Meeting"),
        exhibition=("展覽", "Exhibition"),
        inspection=("巡察", "Inspection"),
        course=("課程", "Course"),
        campaign=("宣導", "Campaign"),
        service=("服務", "Service"),
        other=("其他", "Other"),
    ),
    "announcement.kind": _list(
        policy=("政策", "Policy"),
        service=("服務", "Service"),
        notice=("公告", "Notice"),
        award=("表揚", "Award"),
        report=("報告", "Report"),
    ),
    "alert.kind": _list(
        recall=("回收", "Recall"),
        warning=("警示", "Warning"),
        inspection=("查察", "Inspection"),
        notice=("消費提醒", "Consumer notice"),
    ),
    "alert.risk": _list(
        none=("無", "None"),
        low=("低", "Low"),
        medium=("中", "Medium"),
        serious=("嚴重", "Serious"),
        unknown=("未載明", "Not stated"),
    ),
    "works.status": _list(
        planned=("規劃中", "Planned"),
        in_progress=("施工中", "In progress"),
        completed=("已完工", "Completed"),
        unknown=("未載明", "Not stated"),
    ),
    "dataset.frequency": _list(
        monthly=("每月", "Monthly"),
        quarterly=("每季", "Quarterly"),
        half_yearly=("每半年", "Half-yearly"),
        yearly=("每年", "Yearly"),
        irregular=("不定期", "Irregular"),
        once=("一次性", "Once"),
    ),
    "dataset.check_kind": _list(
        sum=("加總", "Sum"),
        difference=("相減", "Difference"),
        rate=("比率", "Rate"),
        monotony=("增減方向", "Direction of change"),
        agreement=("與其他資料集一致", "Agreement with another dataset"),
    ),
    "dataset.rounding": _list(
        half_up=("四捨五入", "Half up"),
        half_even=("四捨六入五成雙", "Half to even"),
        down=("無條件捨去", "Down"),
        up=("無條件進位", "Up"),
    ),
    "dataset.direction": _list(
        not_falling=("不減少", "Does not fall"),
        not_rising=("不增加", "Does not rise"),
        rising=("逐期增加", "Rises"),
        falling=("逐期減少", "Falls"),
    ),
    "dataset.mark": _list(bar=("長條", "Bars"), line=("折線", "Line"), point=("圓點", "Points"), area=("區域", "Area")),
    "dataset.sort": _list(
        declared=("依代碼宣告順序", "As declared"),
        descending=("由大到小", "Largest first"),
        ascending=("由小到大", "Smallest first"),
    ),
    "dataset.licence": {
        "OGDL-Taiwan-1.0": {
            CHINESE: "政府資料開放授權條款－第1版",
            ENGLISH: "Open Government Data License, version 1.0",
        },
    },
    "menu.slot": _list(
        main=("主選單", "Main menu"), footer=("頁尾選單", "Footer menu"), utility=("上方選單", "Utility menu")
    ),
    "banner.level": _list(info=("一般", "Information"), notice=("提醒", "Notice"), urgent=("緊急", "Urgent")),
    "*.precision": _list(
        day=("日", "Day"),
        month=("月", "Month"),
        quarter=("季", "Quarter"),
        half_year=("半年", "Half-year"),
        year=("年", "Year"),
        period=("期間內", "Within the period"),
        undated=("日期未載明", "Undated"),
    ),
    "*.role": _list(
        leader=("代表", "Leader"),
        host=("主人", "Host"),
        member=("成員", "Member"),
        signatory=("簽署人", "Signatory"),
        speaker=("講者", "Speaker"),
        handler=("承辦協助", "Handled by"),
    ),
    "*.name_status": _list(
        verified=("拼法已查證", "Spelling verified"),
        romanised=("依規則拼寫", "Romanised by rule"),
        unverified=("外文姓名未查證", "Latin name not verified"),
    ),
    "*.status": _list(
        normal=("確定值", "Normal"),
        approximate=("約數", "Approximate"),
        provisional=("暫定", "Provisional"),
        estimated=("估計", "Estimated"),
    ),
    "*.code_language": {
        "shell": {CHINESE: "指令列", ENGLISH: "Shell"},
        **{name.lower(): {CHINESE: name, ENGLISH: name} for name in ("Python", "JavaScript", "JSON")},
        "text": {CHINESE: "純文字", ENGLISH: "Plain text"},
    },
    "*.translation": _list(
        current=("與中文一致", "Current"),
        stale=("中文已更新", "Chinese changed since"),
        machine=("機器翻譯", "Machine translation"),
        missing=("尚無英文", "Missing"),
    ),
}


def code_list(record_type: str, member: str) -> CodeList | None:
    """The code list of a type's member, or the shared one of that name, or None."""
    return LISTS.get(f"{record_type}.{member}") or LISTS.get(f"*.{member}")


def _active(key: str, code: str) -> str:
    return LISTS[key][code][languages.tag(translation.get_language() or CHINESE)]


_lazily = lazy(_active, str)


def choices(key: str) -> list[tuple[str, str]]:
    """A list as choices of a form or model field, named in the reader's language."""
    return [(code, _lazily(key, code)) for code in LISTS[key]]
