// How figures and times are put into words.

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const clock = new Intl.DateTimeFormat([], { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "medium" });
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

/** Two units at most: 4 s, 3 min, 2 h 5 min, 6 d 1 h. */
export function span(millis) {
  const past = Math.max(0, millis);
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  if (past < DAY) return two(past, HOUR, "h", MINUTE, "min");
  return two(past, DAY, "d", HOUR, "h");
}

function two(millis, large, largeName, small, smallName) {
  const rest = Math.floor((millis % large) / small);
  return `${Math.floor(millis / large)} ${largeName}` + (rest ? ` ${rest} ${smallName}` : "");
}

/** Milliseconds as a latency, to two digits or so. */
export function latency(millis) {
  if (millis >= 9_950) return `${Math.round(millis / SECOND)} s`;
  if (millis >= 999.5) return `${(millis / SECOND).toFixed(1)} s`;
  if (millis >= 9.95) return `${Math.round(millis)} ms`;
  return millis < 0.05 ? "< 0.1 ms" : `${millis.toFixed(1)} ms`;
}

/** A time today, a date and time before. */
export function moment(date) {
  return new Date().toDateString() === date.toDateString() ? clock.format(date) : calendar.format(date);
}

/** A check's data as pairs of a dotted key and text. */
export function facts(value, key = "") {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [[key, value.map(String).join(", ")]];
  }
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([name, inner]) => facts(inner, key ? `${key}.${name}` : name));
  }
  return [[key, typeof value === "number" ? number.format(value) : String(value)]];
}

/** Sets a text only where it is another one, so that nothing is read aloud or laid out in vain. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
