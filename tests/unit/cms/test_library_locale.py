"""What libraries say to editors in Chinese: our words win, nothing is left in English, nothing outlives an upgrade."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django.conf
import polib
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from scripts.check_catalogues import CATALOGUE, KEPT, faults, rooms, stored

DOMAINS = ("django", "djangojs")
# What no message says / what it says: first the mainland's words, then what would be a second term for one thing.
TERMS = """
設置/設定 登錄/登入 搜索/搜尋 用戶/使用者 信息/資訊 保存/儲存 數據/資料 鏈接/連結
超連接/連結 創建/建立 界面/介面 默認/預設 網絡/網路 服務器/伺服器 軟件/軟體 視頻/影片
屏幕/螢幕 全屏/全螢幕 打印/列印 鼠標/滑鼠 程序/程式 字符/字元 對象/物件 支持/支援
質量/品質 添加/新增 訪問/存取 刷新/重新整理 加載/載入 賬/帳 激活/啟用 禁用/停用
重置/重設 批量/批次 文件大小/檔案大小 其它/其他 粘貼/貼上 模塊/模組 布局/版面 復用/重複使用
崩潰/發生錯誤 回車/Enter 菜單/選單 當前/目前 配置/設定 哈希/雜湊 標簽/標籤 核準/核准
己核/已核

發佈/發布 取消發布/撤回 站點/網站 隱蔽/不公開 駁回/退回 縮略名/網址代稱 評論/註解 你/您
"""
UNSAID = dict(pair.split("/") for pair in TERMS.split())
TAG = re.compile(r"<[^>]+>")
Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    """What gettext finds a message by, with the plural that it must have been given."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def chinese(entry: polib.POEntry) -> str:
    """The one Chinese form."""
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


def catalogues(domain: str, language: str, *, wagtail: bool) -> Iterator[polib.POFile]:
    """The catalogues of the installed libraries, the one that wins first; of Wagtail's packages only, if asked."""
    installed = [each for each in apps.get_app_configs() if not wagtail or f"{each.name}.".startswith("wagtail.")]
    directories = [Path(each.path) for each in installed]
    if not wagtail:
        directories.append(Path(django.conf.__file__).parent)
    paths = [Path(directory, "locale", language, "LC_MESSAGES", f"{domain}.po") for directory in directories]
    return (polib.pofile(str(path)) for path in paths if path.exists())


def messages(domain: str, *, wagtail: bool) -> set[Key]:
    """All that the installed libraries can say."""
    return {
        key(entry)
        for catalogue in catalogues(domain, "en", wagtail=wagtail)
        for entry in catalogue
        if not entry.obsolete
    }


def kept(domain: str) -> polib.POFile:
    """Our words for it."""
    (path,) = (each for each in KEPT if each.stem == domain)
    return polib.pofile(str(path))


def said(domain: str) -> dict[Key, str]:
    """Each message of Wagtail's packages that an editor may read in Chinese, as it is read."""
    asked = messages(domain, wagtail=True)
    theirs = {
        key(entry): chinese(entry)
        for catalogue in reversed(list(catalogues(domain, "zh_Hant", wagtail=True)))
        for entry in catalogue
        if entry.translated() and key(entry) in asked
    }
    return theirs | {key(entry): chinese(entry) for entry in kept(domain)}


@pytest.mark.parametrize("domain", DOMAINS)
def test_whole(domain):
    assert list(faults(kept(domain))) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_same_markup(domain):
    def tags(text: str) -> Counter[str]:
        return Counter(tag.replace(" ", "") for tag in TAG.findall(text))

    for entry in kept(domain):
        assert tags(entry.msgid_plural or entry.msgid) == tags(chinese(entry)), entry.msgid


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_library_has_every_message(domain):
    assert {key(entry) for entry in kept(domain)} - messages(domain, wagtail=False) == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_of_wagtail_is_left_in_english(domain):
    assert messages(domain, wagtail=True) - said(domain).keys() == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_words_of_taiwan_and_one_for_one_thing(domain):
    found = {
        source[1]: (text, UNSAID[word]) for source, text in said(domain).items() for word in UNSAID if word in text
    }
    assert found == {}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_means_the_same_by_a_message_or_gives_it_a_context(room):
    """Django has one catalogue: where a room and Wagtail have the same message, both say what ours says."""
    texts = said("django")
    differing = {
        entry.msgid: (chinese(entry), texts[key(entry)])
        for entry in stored(room / CATALOGUE) or ()
        if texts.get(key(entry), chinese(entry)) != chinese(entry)
    }
    assert differing == {}


def test_pages_say_it_so():
    with override("zh-hant"):
        for entry in kept("django"):
            context, singular, plural = key(entry)
            if plural:
                spoken = npgettext(context, singular, plural, 2) if context else ngettext(singular, plural, 2)
            else:
                spoken = pgettext(context, singular) if context else gettext(singular)
            assert spoken == chinese(entry)


def test_scripts_say_it_so(client):
    body = client.get(reverse("wagtailadmin_javascript_catalog")).text
    heard = json.loads(re.search(r"const newcatalog = (\{.*?\});\n", body, re.DOTALL)[1])
    for entry in kept("djangojs"):
        assert heard[entry.msgid] == ([chinese(entry)] if entry.msgid_plural else chinese(entry))
