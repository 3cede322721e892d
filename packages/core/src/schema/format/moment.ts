/** Formats of dates and times, as RFC 3339 writes them. */

const date = /^(\d{4})-(\d{2})-(\d{2})$/;
const time = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/i;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const minutesOfDay = 1_440;

/** `2027-01-31`; the day must exist. */
export function isDate(text: string): boolean {
  const match = date.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeapYear ? 29 : (daysOfMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** `23:59:60Z`, `08:30:00.5+02:00`; a leap second only where it can be one. */
export function isTime(text: string): boolean {
  const match = time.exec(text);
  if (match === null) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [zoneHour, zoneMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) return false;
  if (second < 60) return true;
  const zone = (match[4] === "-" ? -1 : 1) * (zoneHour * 60 + zoneMinute);
  const inUtc = hour * 60 + minute - zone;
  return (inUtc + 2 * minutesOfDay) % minutesOfDay === minutesOfDay - 1;
}

const zonePart = String.raw`(?!\.{1,2}[/\]])[A-Za-z._][A-Za-z._0-9+-]{0,13}`;
const zone = String.raw`\[!?(?:${zonePart}(?:/${zonePart})*|[+-](?:[01]\d|2[0-3]):[0-5]\d)\]`;
const tag = String.raw`\[!?[a-z_][a-z_0-9-]*=[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\]`;
/** What RFC 9557 lets follow: a zone by name, and more. */
const suffix = new RegExp(`^(?:${zone})?(?:${tag})*$`);

/** `2027-01-31T08:30:00Z`, with the suffixes of RFC 9557. */
export function isDateTime(text: string): boolean {
  return isCommon(text) || isAny(text);
}

/** Each sign's own, `d` for a digit: what nearly every moment is written like. */
const common = "dddd-dd-ddTdd:dd:dd";

/** Whether a text is a moment in UTC as programs write them; false says nothing. */
function isCommon(text: string): boolean {
  if (text.charCodeAt(text.length - 1) !== 0x5a || text.length < 20) return false;
  for (let at = 0; at < text.length - 1; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (at < 19) {
      const sign = common.charCodeAt(at);
      if (sign === 0x64 ? !isDigit : code !== sign) return false;
    } else if (at === 19 ? code !== 0x2e || text.length === 21 : !isDigit) return false;
  }
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const isDay = day >= 1 && day <= 28 && month >= 1 && month <= 12;
  return isDay && twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60;
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 0x30 * 11;
}

function isAny(text: string): boolean {
  const at = text.indexOf("[");
  if (at !== -1 && !suffix.test(text.slice(at))) return false;
  const [day = "", moment = "", ...more] = (at === -1 ? text : text.slice(0, at)).split(/T/i, 3);
  return more.length === 0 && isDate(day) && isTime(moment);
}

const clock = String.raw`T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)`;
const calendar = String.raw`(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)`;
const duration = new RegExp(String.raw`^P(?:${calendar}(?:${clock})?|${clock}|\d+W)$`);

/** `P3DT12H`. */
export function isDuration(text: string): boolean {
  return duration.test(text);
}
