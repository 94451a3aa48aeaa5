// Codes of periods (2022, 2022-Q2, 2022-H1, 2022-05, 2022-05-31, 2022-02-01--2022-06-30): which is the newest, and
// which comes next.

const CODE = /^(\d{4})(?:-Q([1-4])|-H([12])|-(\d{2})(?:-(\d{2}))?)?$/;

// The last day that a code means, as ISO text; undefined for what is no code.
function lastDay(code) {
  const [first, last] = code.split("--");
  if (last !== undefined) return lastDay(first) && lastDay(last);
  const match = CODE.exec(code);
  if (!match) return undefined;
  const [, year, quarter, half, month, day] = match;
  if (day) return code;
  return iso(year, quarter ? 3 * quarter : half ? 6 * half : (month ?? 12), 0);
}

// Day 0 is the last one of the month.
function iso(year, month, day) {
  return new Date(Date.UTC(year, month - (day ? 1 : 0), day)).toISOString().slice(0, 10);
}

// The code that ends last; of several, the one that is written first. Undefined if there is none.
export function newest(codes) {
  let found;
  for (const code of codes) {
    const day = lastDay(code);
    if (day && (found === undefined || day > lastDay(found))) found = code;
  }
  return found;
}

// The code of the same kind that comes next; of months, the one that is `months` later. Empty for days and intervals.
export function following(code, months = 1) {
  const match = CODE.exec(code);
  if (!match || match[5]) return "";
  const [, year, quarter, half, month] = match;
  const place = quarter ?? half ?? month ?? 1;
  const most = quarter ? 4 : half ? 2 : month ? 12 : 1;
  const next = Number(place) + (month ? months : 1);
  const later = Number(year) + Math.floor((next - 1) / most);
  const within = ((next - 1) % most) + 1;
  const ending = quarter ? `-Q${within}` : half ? `-H${within}` : month ? `-${String(within).padStart(2, "0")}` : "";
  return `${later}${ending}`;
}
