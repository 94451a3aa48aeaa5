"""Texts for the properties: any Unicode at all, and what city records are made of, joined at random."""

from hypothesis import strategies as st

_FRAGMENTS = [
    "高雄市", "台北", "臺灣", "县", "広島県", "釜山市長", "ラーメン", "ﾃﾞｰﾀ", "か\u3099", "〇々", "𠮷野家", "㈱",
    "Ⅷ", "①", "Kaohsiung", "KAOHSIUNG", "Bratislavský", "e\u0301", "ﬁ", "ß", "İ", "Łódź", "owner's", "O’Brien",
    "COVID-19", "covid19", "e-mail", "U.S.A.", "5G", "36th", "부산", "ㄱㅏ", "Київ", "हिन्दी", "2,368",
    "２，３６８", "27.50%", "0800", "1.2.3", "111", "民國111年3月17日", "111年6月9日至10日", "111/6/9",
    "2022-03-17", "17–20 March 2022", "111年上半年", "2022 Q2", "元年",
    "民國元年", "令和4年", "平成元年5月", "2022年13月", " ", "\u3000", "\n", "，", "。", "…", ".", ",", "-", "–", "'",
    "’", "/",
    "<b>", "&amp;", '"',
    "\u200b", "\u00ad", "\ufe0f", "\udb40\udd00", "\ud800", "\x00", "👨‍👩‍👧", "\u0301", "\u2402",
]  # fmt: skip

#: Any text, and texts that come near to what the analysis looks for.
TEXTS = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from(_FRAGMENTS), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(_FRAGMENTS), st.characters()), max_size=12).map("".join),
)
