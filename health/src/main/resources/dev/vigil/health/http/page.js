// Reads page.json again and again, and shows what it says.

import { CheckLine } from "./page-check.js";
import { moment, say, span } from "./page-text.js";

const PAUSE = 1_000; // between two looks; the server runs a check at most once a second
const HIDDEN_PAUSE = 10_000; // while nobody looks
const LOST_PAUSE = 3_000;
const PATIENCE = 60_000; // longer than a report takes to time out
const SILENCE = 5_000; // without an answer, after which it is said

const $ = (id) => document.getElementById(id);
const lines = new Map();
let authorization = null; // in memory alone
let tag = null;
let report = null;
let asked; // the request on its way
let timer;
let heard = null; // when the last good answer came
let failure = null; // why the last request failed
let show = "";

async function look() {
  clearTimeout(timer);
  asked?.abort();
  const mine = (asked = new AbortController());
  const patience = setTimeout(() => mine.abort(), PATIENCE);
  const headers = { Accept: "application/json" };
  if (tag) headers["If-None-Match"] = tag;
  if (authorization) headers.Authorization = authorization;
  try {
    const response = await fetch("page.json", { headers, cache: "no-store", signal: mine.signal });
    if (mine !== asked) return;
    if (response.status === 403 && authorization) return refuse();
    if (response.status !== 200 && response.status !== 304) throw new Error(`The server answers ${response.status}.`);
    if (response.status === 200) {
      const body = await response.json();
      if (mine !== asked) return;
      report = body;
      tag = response.headers.get("ETag");
    }
    heard = new Date();
    failure = null;
    if (authorization) $("dialog").close();
    render();
  } catch (error) {
    if (mine !== asked) return;
    failure = why(error);
  } finally {
    clearTimeout(patience);
    if (mine === asked) {
      watch();
      timer = setTimeout(look, failure ? LOST_PAUSE : document.hidden ? HIDDEN_PAUSE : PAUSE);
    }
  }
}

function render() {
  const now = Date.now();
  const checks = Object.entries(report.checks ?? {});
  const changes = [];
  checks.forEach(([name, check], order) => {
    let line = lines.get(name);
    if (!line) lines.set(name, (line = new CheckLine(name)));
    if (line.update(check, report.history?.[name], order, heard)) changes.push(`${name} is ${check.status}`);
  });
  for (const [name, line] of lines) {
    if (!report.checks || !Object.hasOwn(report.checks, name)) {
      line.element.remove();
      lines.delete(name);
    }
  }
  overall(checks, changes);
  arrange();
  const up = report.uptime === undefined ? "" : `up ${span(report.uptime * 1000)}`;
  say($("facts"), [report.version && `version ${report.version}`, up].filter(Boolean).join(" · "));
  $("sign-in").hidden = !authorization && (report.access === "details" || !report.signIn.length);
  say($("sign-in"), authorization ? "Sign out" : "Sign in");
}

function overall(checks, changes) {
  const header = $("overall");
  const before = header.dataset.status;
  const { status } = report;
  if (before !== status) {
    header.dataset.status = status;
    header.querySelector("use").setAttribute("href", `#icon-${status}`);
    if (before !== "unknown") changes.unshift(`The service is ${status}`);
  }
  say($("word"), report.drill ? `${status} (DRILL)` : status);
  document.title = `${status} · ${location.host}`;
  const bad = checks.filter(([, check]) => check.status !== "healthy").length;
  say($("summary"), !checks.length ? "" : bad ? `${bad} of ${checks.length} checks ${bad === 1 ? "is" : "are"} not healthy.` : checks.length === 1 ? "Its one check is healthy." : `All ${checks.length} checks are healthy.`);
  say($("reason"), report.reason ?? "");
  $("reason").hidden = !report.reason;
  if (changes.length) {
    const more = changes.length > 6 ? `, and ${changes.length - 6} more changes` : "";
    say($("news"), `${changes.slice(0, 6).join(", ")}${more}.`);
  }
}

/** Filters and sorts; moves only what stands in a wrong place, so that the focus stays. */
function arrange() {
  const words = $("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...lines.values()].sort((a, b) => a.rank() - b.rank() || a.order - b.order);
  const counts = { "": all.length, healthy: 0, degraded: 0, unhealthy: 0 };
  const focus = document.activeElement;
  let shown = 0;
  let place = $("checks").firstElementChild;
  for (const line of all) {
    counts[line.check.status]++;
    const fits = line.matches(words, show);
    line.element.hidden = !fits;
    shown += fits;
    if (line.element === place) place = place.nextElementSibling;
    else $("checks").insertBefore(line.element, place);
  }
  if (focus !== document.activeElement) focus.focus({ preventScroll: true });
  for (const chip of document.querySelectorAll("[data-show]")) {
    say(chip.querySelector("b"), String(counts[chip.dataset.show]));
    chip.setAttribute("aria-pressed", String(chip.dataset.show === show));
  }
  $("tools").hidden = !all.length;
  $("checks").hidden = !shown;
  say($("count"), words.length || show ? `${shown} of ${all.length} checks shown` : "");
  const why = report.access === "status"
    ? "Without signing in, only the overall status is shown."
    : all.length ? "No check fits the filter." : "There are no checks.";
  say($("nothing"), why);
  $("nothing").hidden = shown > 0;
}

/** Says how fresh all this is. */
function watch() {
  const age = heard ? Date.now() - heard : 0;
  const lost = failure !== null || age > Math.max(SILENCE, document.hidden ? HIDDEN_PAUSE + SILENCE : 0);
  if (lost && $("lost").hidden) say($("news"), "Contact lost. What is shown may be out of date.");
  if (!lost && !$("lost").hidden) say($("news"), `In contact again. The service is ${report.status}.`);
  $("lost").hidden = !lost;
  document.body.classList.toggle("lost", lost);
  if (lost) {
    const shown = heard ? `Shown is how it was at ${moment(heard)}.` : "";
    say($("lost-why"), `${failure ?? `No answer for ${span(age)}.`} ${shown} Trying again.`);
    document.title = `contact lost · ${location.host}`;
  }
  say($("contact"), !heard ? "not heard from yet" : lost ? `heard ${span(age)} ago` : `live · ${moment(heard)}`);
}

function why(error) {
  if (error instanceof SyntaxError) return "The answer is none of this page's; a log-in may have run out.";
  return error.message.startsWith("The server") ? error.message : "The server cannot be reached.";
}

function refuse() {
  authorization = null;
  say($("refused"), "These credentials are not accepted.");
  if (!$("dialog").open) $("dialog").showModal();
  look();
}

function signIn(value) {
  say($("refused"), "");
  authorization = value;
  tag = null;
  look();
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

$("sign-in").addEventListener("click", () => {
  if (authorization) return signIn(null);
  const offers = (scheme) => report.signIn.includes(scheme);
  $("by-token").hidden = !offers("Bearer");
  $("by-password").hidden = !offers("Basic");
  $("or").hidden = !offers("Bearer") || !offers("Basic");
  say($("refused"), "");
  $("dialog").showModal();
});
$("by-token").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = $("token").value.trim();
  if (/[^\x21-\x7e]/.test(token)) say($("refused"), "A token has no blanks and no letters beyond ASCII.");
  else signIn(`Bearer ${token}`);
});
$("by-password").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn(`Basic ${base64(`${$("user").value}:${$("password").value}`)}`);
});
$("cancel").addEventListener("click", () => $("dialog").close());
$("dialog").addEventListener("close", () => {
  $("by-token").reset();
  $("by-password").reset();
});
$("filter").addEventListener("input", arrange);
$("filter").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  $("filter").value = "";
  arrange();
});
for (const chip of document.querySelectorAll("[data-show]")) {
  chip.addEventListener("click", () => {
    show = chip.dataset.show;
    arrange();
  });
}
document.addEventListener("visibilitychange", () => document.hidden || look());
say($("host"), location.host);
setInterval(watch, 1_000);
look();
