"""What the columns of records' tables and the members of their JSON are called, in both languages."""

from portal.core.languages import LANGUAGES

Label = dict[str, str]
Words = dict[str, tuple[str, str]]

#: Path → what a column is called in each language.
_WORDS: Words = {
    "uid": ("識別碼", "Identifier"),
    "title": ("標題", "Title"),
    "summary": ("摘要", "Summary"),
    "dates.start": ("開始日期", "First day"),
    "dates.end": ("結束日期", "Last day"),
    "dates.start.roc": ("開始日期（民國）", "First day (ROC)"),
    "dates.end.roc": ("結束日期（民國）", "Last day (ROC)"),
    "dates.ongoing": ("是否未載明結束日期（true、false）", "Whether no end is stated (true, false)"),
    "dates.precision": ("日期精確度", "Precision of the date"),
    "topics": ("主題", "Topics"),
    "cities": ("城市", "Cities"),
    "url": ("網址", "Address"),
    "version": ("版本", "Version"),
    "seq": ("本版在發布紀錄中的列號", "Row of the log that published this version"),
    "commitment": ("該列對本版內容的承諾值（SHA-256）", "What that row commits to (SHA-256)"),
    "published_at": ("首次發布（臺北時間）", "First published (Taipei time)"),
    "modified_at": ("本版發布（臺北時間）", "This version published (Taipei time)"),
    "completed": ("完工日期", "Completed"),
    "contact.email": ("聯絡電子郵件", "Contact e-mail"),
    "contact.name": ("聯絡單位", "Contact"),
    "contact.phone": ("聯絡電話", "Contact telephone"),
    "contractor": ("承攬廠商", "Contractor"),
    "country": ("國家", "Country"),
    "coverage": ("涵蓋範圍", "Coverage"),
    "delegation": ("訪團", "Delegation"),
    "direction": ("往來方向", "Direction"),
    "due.date": ("預定完成日", "Due"),
    "due.precision": ("預定完成日精確度", "Precision of the due date"),
    "effective.from": ("生效日期", "In effect from"),
    "effective.to": ("失效日期", "In effect until"),
    "fields_of_cooperation": ("合作領域", "Fields of cooperation"),
    "file.name": ("檔案名稱", "File name"),
    "file.sha256": ("檔案SHA-256", "SHA-256 of the file"),
    "file.size": ("檔案大小（位元組）", "Size of the file in bytes"),
    "file.title": ("檔案標題", "File title"),
    "file.type": ("檔案格式", "File type"),
    "frequency": ("更新頻率", "Frequency"),
    "hazard": ("危害", "Hazard"),
    "issued": ("發布日期", "Issued"),
    "kind": ("類別", "Kind"),
    "licence": ("授權", "Licence"),
    "location.latitude": ("緯度", "Latitude"),
    "location.longitude": ("經度", "Longitude"),
    "mode": ("方式", "Mode"),
    "notes": ("說明", "Notes"),
    "office": ("機關", "Office"),
    "ordinal": ("序號", "Ordinal number"),
    "partners": ("合作夥伴", "Partners"),
    "phase": ("期別", "Phase"),
    "place": ("地點", "Place"),
    "products": ("產品", "Products"),
    "region": ("地區", "Region"),
    "remedy": ("處理方式", "What to do"),
    "risk": ("風險", "Risk"),
    "series": ("系列", "Series"),
    "since.date": ("締結日期", "Tie since"),
    "since.precision": ("締結日期精確度", "Precision of the tie's date"),
    "status": ("狀態", "Status"),
    "subjects": ("議題", "Subjects"),
    "table.digest": ("資料表摘要值", "Digest of the table"),
    "table.rows": ("資料筆數", "Rows of the table"),
    "updated": ("更新日期", "Updated"),
    "website": ("網站", "Website"),
    "withdrawn": ("解除日期", "Withdrawn"),
}
#: Path → what a column for programs holds, where that is not what spreadsheets show.
_PROGRAM_WORDS: Words = {
    "topics": ("主題識別碼，以|分隔", "Topics by uid, separated by |"),
    "cities": ("城市識別碼，以|分隔", "Cities by uid, separated by |"),
    "country": ("國家代碼（ISO 3166-1）", "Country (ISO 3166-1)"),
    "published_at": ("首次發布（UTC）", "First published (UTC)"),
    "modified_at": ("本版發布（UTC）", "This version published (UTC)"),
}
#: The same for members of the JSON.
_JSON_WORDS = {name: _PROGRAM_WORDS[name] for name in ("country", "published_at", "modified_at")}
#: Member of a record's JSON → what it holds, where no column is called so.
_MEMBERS: Words = {
    "type": ("紀錄類型", "Type of record"),
    "topics": ("主題識別碼", "Topics by uid"),
    "body": ("內文區塊", "Blocks of the body"),
    "charts": ("圖表", "Charts"),
    "checks": ("檢核規則", "Checks"),
    "contact": ("聯絡方式", "Contact"),
    "dates": ("日期與精確度", "Dates and their precision"),
    "derived": ("由其他紀錄推得的數值", "Values derived from other records"),
    "dimensions": ("分類欄位與代碼", "Dimensions and their codes"),
    "due": ("預定完成日與精確度", "Due, and how precisely"),
    "effective": ("生效與失效日期", "In effect from and until"),
    "file": ("檔案", "File"),
    "items": ("工程項目", "Items of the works"),
    "labels": ("各代碼的名稱", "Names of the codes"),
    "location": ("經緯度", "Latitude and longitude"),
    "measures": ("統計項目與單位", "Measures and their units"),
    "media": ("圖片", "Pictures"),
    "objects": ("展品", "Objects shown"),
    "people": ("相關人員", "People"),
    "quantities": ("數量", "Quantities"),
    "related": ("所引用紀錄的名稱與網址", "Titles and addresses of the records that it cites"),
    "relations": ("引用的城市與其他紀錄", "Cities and other records that it cites"),
    "since": ("締結日期與精確度", "Tie since, and how precisely"),
    "source": ("出處", "Sources"),
    "table": ("資料表摘要值與筆數", "Digest and rows of the table"),
    "translation": ("英文的翻譯狀態", "State of the English texts"),
    "change_note": ("更正說明", "Note on the correction"),
}


def column_label(path: str) -> Label:
    """What a column of a spreadsheet is called; its path where it has no word."""
    return _label(_WORDS, path)


def program_label(path: str) -> Label:
    """What a column for programs holds."""
    return _label(_WORDS | _PROGRAM_WORDS, path)


def member_label(name: str) -> Label:
    """What a member of a record's JSON holds."""
    return _label(_WORDS | _JSON_WORDS | _MEMBERS, name)


def _label(words: Words, path: str) -> Label:
    return dict(zip(LANGUAGES, words.get(path, (path, path)), strict=True))
