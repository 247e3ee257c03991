// One check's line: what is known of it, and what this page has seen of it so far.

import { facts, latency, moment, say, span } from "./page-text.js";

const SVG = "http://www.w3.org/2000/svg";
const SAMPLES = 60, WIDTH = 120, HEIGHT = 24, BAR = WIDTH / SAMPLES;
const STATUSES = ["healthy", "degraded", "unhealthy"];
const LONGEST_LOG = 20;

/** Shown in places of their own, or not for people. */
const KNOWN = new Set(["status", "responseTime", "message", "error", "errorId", "since", "consecutiveFailures",
  "rawStatus", "pending", "stale", "timedOut", "skippedBecause", "stuckAt", "importance", "tags"]);

export class CheckLine {
  constructor(name) {
    this.name = name;
    this.samples = [];
    this.seen = []; // changes that this page has seen itself
    this.element = make("li", "check");
    this.details = make("details");
    const summary = make("summary");
    this.icon = document.createElementNS(SVG, "svg");
    this.icon.setAttribute("class", "icon");
    this.icon.setAttribute("aria-hidden", "true");
    this.use = this.icon.appendChild(document.createElementNS(SVG, "use"));
    this.title = make("span", "title");
    this.word = make("span", "word");
    const label = make("span", "name");
    label.textContent = name;
    this.marks = make("span");
    this.title.append(label, " ", this.word, " ", this.marks);
    this.strip = document.createElementNS(SVG, "svg");
    this.strip.setAttribute("class", "strip");
    this.strip.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.strip.setAttribute("preserveAspectRatio", "none");
    this.strip.setAttribute("aria-hidden", "true"); // told in words below
    this.bars = STATUSES.map((status) => {
      const path = this.strip.appendChild(document.createElementNS(SVG, "path"));
      path.setAttribute("class", status);
      return path;
    });
    this.latency = make("span", "latency");
    this.since = make("span", "since");
    this.why = make("span", "why");
    this.message = make("span");
    this.quiet = make("span", "quiet");
    summary.append(this.icon, this.title, this.strip, this.latency, this.since, this.why);
    this.more = make("div", "more");
    this.details.append(summary, this.more);
    this.details.addEventListener("toggle", () => this.fill());
    this.element.append(this.details);
  }

  /** Takes an answer; tells whether the status is another one than before. */
  update(check, history, order, now) {
    const changed = this.check !== undefined && this.check.status !== check.status;
    if (changed) {
      this.seen.push({ at: now, from: this.check.status, to: check.status });
      this.seen.splice(0, this.seen.length - LONGEST_LOG);
    }
    this.check = check;
    this.history = history;
    this.order = order;
    this.sample();
    this.show(now);
    return changed;
  }

  /** For sorting: the worst first, then what matters most, then as registered. */
  rank() {
    const weight = { notCritical: 1, informational: 2 }[this.check.importance] ?? 0;
    return (2 - STATUSES.indexOf(this.check.status)) * 3 + weight;
  }

  matches(words, status) {
    const text = [this.name, this.check.message, ...(this.check.tags ?? [])].join(" ").toLowerCase();
    return (!status || this.check.status === status) && words.every((word) => text.includes(word));
  }

  sample() {
    this.samples.push({ status: this.check.status, took: this.check.responseTime });
    this.samples.splice(0, this.samples.length - SAMPLES);
    const start = SAMPLES - this.samples.length;
    STATUSES.forEach((status, i) => {
      let d = "";
      this.samples.forEach((sample, at) => {
        if (sample.status === status) {
          const height = tall(sample);
          d += `M${(start + at) * BAR} ${HEIGHT}v${-height}h${BAR}v${height}z`;
        }
      });
      this.bars[i].setAttribute("d", d);
    });
  }

  show(now) {
    const { check } = this;
    this.element.dataset.status = check.status;
    this.use.setAttribute("href", `#icon-${check.status}`);
    say(this.word, check.status);
    this.mark();
    say(this.latency, check.responseTime === undefined ? "" : latency(check.responseTime));
    const since = check.since ? new Date(check.since) : this.seen.at(-1)?.at;
    say(this.since, since ? `for ${span(now - since)}` : "");
    this.since.title = since ? `since ${moment(since)}` : "";
    const quiet = [];
    if (check.stuckAt?.length) quiet.push(`hangs in ${check.stuckAt[0]}`);
    if (check.errorId) quiet.push(`error id ${check.errorId}`);
    say(this.message, check.message ?? (check.skippedBecause ? `not run: ${check.skippedBecause}` : ""));
    say(this.quiet, quiet.join(" · "));
    const parts = [this.message, this.quiet].filter((part) => part.textContent);
    if (this.why.childElementCount !== parts.length) this.why.replaceChildren(...parts);
    this.fill();
  }

  mark() {
    const { check } = this;
    const marks = [];
    if (check.message?.startsWith("DRILL")) marks.push("DRILL");
    if (check.pending) marks.push("no result yet");
    if (check.timedOut) marks.push("timed out");
    if (check.stale) marks.push("stale");
    if (check.skippedBecause) marks.push("skipped");
    if (check.importance) marks.push(check.importance === "notCritical" ? "not critical" : check.importance);
    if (this.marked === marks.join()) return;
    this.marked = marks.join();
    this.marks.replaceChildren(...marks.flatMap((text) => {
      const mark = make("span", "mark");
      mark.textContent = text;
      return [mark, " "];
    }));
  }

  /** The long form, made only while it is open. */
  fill() {
    if (!this.details.open) {
      this.filled = "";
      return;
    }
    const pairs = this.pairs();
    const text = JSON.stringify(pairs);
    if (this.filled === text) return; // a reader may be selecting in it
    this.filled = text;
    const list = make("dl");
    for (const [key, value] of pairs) {
      const term = make("dt");
      term.textContent = key;
      const description = make("dd");
      if (Array.isArray(value)) {
        const items = make("ol");
        items.append(...value.map((line) => Object.assign(make("li"), { textContent: line })));
        description.append(items);
      } else {
        description.textContent = value;
      }
      list.append(term, description);
    }
    this.more.replaceChildren(list);
  }

  pairs() {
    const { check } = this;
    const since = check.since ? new Date(check.since) : null;
    const counts = STATUSES.map((status) => [this.samples.filter((one) => one.status === status).length, status]);
    const times = this.samples.map((one) => one.took).filter((took) => took !== undefined);
    const own = Object.fromEntries(Object.entries(check).filter(([key]) => !KNOWN.has(key)));
    const log = (this.history?.map((one) => ({ ...one, at: new Date(one.at) })) ?? this.seen).slice().reverse();
    return [
      ["since", since && moment(since)],
      ["failures in a row", check.consecutiveFailures && String(check.consecutiveFailures)],
      ["last run alone", check.rawStatus],
      ["error", check.error],
      ["error id", check.errorId && `${check.errorId} (the log has the text)`],
      ["not run because", check.skippedBecause],
      ["hangs at", check.stuckAt],
      ["tags", check.tags?.join(", ")],
      ...facts(own).filter(([key]) => key),
      ["last looks", counts.filter(([n]) => n).map(([n, status]) => `${n} ${status}`).join(", ")],
      ["latency", times.length && `${latency(Math.min(...times))} to ${latency(Math.max(...times))}`],
      ["changes", log.length && log.map((one) => `${moment(one.at)}  ${one.from ? `${one.from} to ` : ""}${one.to}`)],
    ].filter(([, value]) => value);
  }
}

/** By latency on a logarithmic scale from 0 to 10 s; what is not well is never small. */
function tall({ status, took }) {
  const share = took === undefined ? 0.3 : Math.log10(1 + took) / 4;
  const least = { healthy: 0.12, degraded: 0.6, unhealthy: 1 }[status];
  return +(HEIGHT * Math.min(1, Math.max(least, share))).toFixed(1);
}

function make(tag, className = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}
