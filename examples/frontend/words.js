// What this front end says itself, in both languages.

const WORDS = {
  "zh-Hant": {
    skip: "跳到內容",
    other: "English",
    menu: "主選單",
    footer: "頁尾選單",
    here: "目前位置",
    notices: "公告",
    home: "首頁",
    site: "公開紀錄",
    latest: "最新紀錄",
    next: "下一頁",
    empty: "沒有紀錄。",
    undated: "未載日期",
    onward: "起",
    sources: "出處",
    related: "相關紀錄",
    versions: "歷次版本",
    version: (number) => `第${number}版`,
    old: (number) => `這是第${number}版，依當時發布的內容保存。`,
    present: "看現行版本",
    figures: "數字",
    all: (count) => `共${count}筆，全部資料見入口網站`,
    portal: "這一頁只在入口網站上：",
    moved: "這個網址已經搬到這裡。",
    draft: "草稿，尚未發布。",
    failed: "入口網站沒有回應，請稍後再試。",
    columns: { measure: "項目", period: "期間", value: "數字", unit: "單位" },
    missing: "未載",
  },
  en: {
    skip: "Skip to the content",
    other: "中文",
    menu: "Main menu",
    footer: "Footer menu",
    here: "You are here",
    notices: "Notices",
    home: "Home",
    site: "Public record",
    latest: "Latest records",
    next: "Next page",
    empty: "There are no records.",
    undated: "Undated",
    onward: "onward",
    sources: "Sources",
    related: "Related records",
    versions: "All versions",
    version: (number) => `Version ${number}`,
    old: (number) => `This is version ${number}, kept as it was published.`,
    present: "Read the present version",
    figures: "Figures",
    all: (count) => `${count} in all; the portal has the whole table`,
    portal: "This page is on the portal alone:",
    moved: "The address has moved here.",
    draft: "Draft. Not published.",
    failed: "The portal does not answer. Please try again in a moment.",
    columns: { measure: "Measure", period: "Period", value: "Figure", unit: "Unit" },
    missing: "not given",
  },
};

/** The words of a language. */
export const words = (language) => WORDS[language];

/** The language of an address: /en/ and all below it is English. */
export const languageOf = (path) => (/^\/en(\/|$)/.test(path) ? "en" : "zh-Hant");

/** The same address in the other language. */
export const inOther = (path) => (languageOf(path) === "en" ? path.slice(3) || "/" : `/en${path}`);

/** The language of a member of a record, where it is not the page's: the Chinese stands in for English that is missing. */
export const fallback = (record, member, language) =>
  language === "en" && record?.translation?.en?.[member] === "missing" ? "zh-Hant" : null;

/** The dates of a record in words. */
export function when(dates, language) {
  const { start, end, ongoing, precision } = dates;
  if (precision === "undated" || !(start ?? end)) {
    return words(language).undated;
  }
  const length = { year: 4, month: 7 }[precision] ?? 10;
  const written = (day) => {
    const [year, month, date] = day.slice(0, length).split("-").map(Number);
    const options = { year: "numeric", month: month && "long", day: date && "numeric", timeZone: "UTC" };
    // 民國 for Chinese readers, as on the portal.
    const locale = language === "en" ? "en-GB" : "zh-Hant-TW-u-ca-roc";
    return new Intl.DateTimeFormat(locale, options).format(Date.UTC(year, (month || 1) - 1, date || 1));
  };
  const [first, last] = [start && written(start), end && written(end)];
  if (ongoing && first) {
    return language === "en" ? `${first} ${words(language).onward}` : `${first}${words(language).onward}`;
  }
  return first && last && first !== last ? `${first} – ${last}` : (first ?? last);
}

/** A decimal number, which the portal gives as a string, with its thousands grouped and its places kept. */
export function grouped(value) {
  const [whole, places] = value.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",").replace("-", "−");
  return places === undefined ? digits : `${digits}.${places}`;
}
