// Shows status.json and keeps it fresh. Names come into the page as text, never as markup.

import { chart } from "./chart.js";
import { lineage } from "./lineage.js";
import { duration, number, shortShard } from "./parts.js";

const INTERVAL = 3000;
const OLD_LOOK = 60000;

function size(bytes) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let left = bytes;
  while (left >= 1000 && unit < units.length - 1) {
    left /= 1000;
    unit++;
  }
  return (unit === 0 ? left : left.toFixed(1)) + " " + units[unit];
}

function time(iso) {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, "") + " UTC";
}

function element(name, text, classes) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

function maybe(value, words) {
  return value === null || value === undefined ? "–" : words(value);
}

/** A table; a column is its heading, how a row's cell reads, and its class. */
function tableOf(caption, columns, rows) {
  const table = element("table", undefined, "stacks");
  const heading = element("tr");
  for (const [name, , classes] of columns) {
    const cell = element("th", name, classes);
    cell.scope = "col";
    heading.append(cell);
  }
  const head = element("thead");
  head.append(heading);
  const body = element("tbody");
  for (const row of rows) {
    const line = element("tr");
    for (const [name, text, classes] of columns) {
      const cell = element("td", text(row), classes);
      cell.dataset.name = name;
      line.append(cell);
    }
    body.append(line);
  }
  table.setAttribute("aria-label", caption);
  table.append(head, body);
  return table;
}

function tiles(entries) {
  const list = element("dl", undefined, "tiles");
  for (const [name, value, classes] of entries) {
    const tile = element("div");
    if (value.length > 16) tile.className = "wide";
    tile.append(element("dt", name), element("dd", value, classes));
    list.append(tile);
  }
  return list;
}

function figures(table, lake, catalog) {
  const openGaps = lake ? lake.gaps.filter(gap => gap.state === "open").length : null;
  const soon = table.untilTrimmedSeconds !== null && table.untilTrimmedSeconds < 21600;
  return tiles([
    ["Lake is behind", maybe(table.behindSeconds, duration)],
    ["Complete through", lake ? maybe(lake.completeAt, time) : "–"],
    ["Until trimmed", maybe(table.untilTrimmedSeconds, duration), soon ? "bad" : ""],
    ["Shards open", maybe(table.shardsOpen, number)],
    ["Read here", number(table.shardsOwned)],
    ["Without owner", maybe(table.shardsUnowned, number), table.shardsUnowned > 0 ? "bad" : ""],
    ["Records", number(table.counts.records)],
    ["Rows", number(table.counts.rows)],
    ["Commits", number(table.counts.commits)],
    ["Parquet", size(table.counts.bytes)],
    ["In quarantine", number(table.counts.quarantined), table.counts.quarantined > 0 ? "warn" : ""],
    ["Open gaps", maybe(openGaps, number), openGaps > 0 ? "bad" : ""],
    ["Catalog", catalog === null ? "none" : catalog ? "up to date" : "behind", catalog === false ? "warn" : ""],
  ]);
}

function shardsOf(table, lake) {
  if (!lake) return [element("p", "Looking at the lake.", "soft")];
  if (lake.shards.length === 0) return [element("p", "No worker holds a shard yet.", "soft")];
  const scroll = element("div", undefined, "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", "Lineage, may be scrolled sideways");
  scroll.append(lineage(lake.table, lake.shards, lake.gaps));
  const own = new Map(table.shards.map(shard => [shard.shard, shard]));
  const details = element("details");
  details.dataset.key = lake.table + " shards";
  details.append(element("summary", "The shards as a table"), tableOf("Shards of " + lake.table, [
    ["Shard", shard => shard.shard, "name"],
    ["Continues", shard => shard.parents.join(", ") || "–", "name"],
    ["State", shard => shard.state],
    ["Owner", shard => maybe(shard.owner, String), "name"],
    ["Behind", shard => maybe(shard.lagSeconds, duration), "number"],
    ["Position", shard => maybe(shard.position, String), "name"],
    ["Last commit", shard => maybe(shard.committedAt, time)],
    ["Records", shard => number(shard.records), "number"],
    ["Commits", shard => number(shard.commits), "number"],
    ["Last read here", shard => own.has(shard.shard)
      ? maybe(own.get(shard.shard).lastReadSeconds, s => duration(s) + " ago") : "–", "number"],
  ], lake.shards));
  return [scroll, details];
}

function curves(table, now) {
  const points = read => table.lastHour.map(point => ({ at: Date.parse(point.at), value: read(point) }));
  const all = element("div", undefined, "charts");
  all.append(
    chart("Records a second, by this worker", points(point => point.recordsPerSecond), now,
      value => value >= 100 ? number(Math.round(value)) : String(Math.round(value * 10) / 10)),
    chart("How far behind, of this worker's shards", points(point => point.behindSeconds), now, duration));
  return all;
}

function commitsOf(table) {
  if (table.lastCommits.length === 0) return element("p", "None by this worker yet.", "soft");
  return tableOf("Last commits into " + table.table, [
    ["When", commit => time(commit.at)],
    ["Shard", commit => shortShard(commit.shard), "name"],
    ["Records", commit => number(commit.records), "number"],
    ["Rows", commit => number(commit.rows), "number"],
    ["Files", commit => number(commit.files), "number"],
    ["Size", commit => size(commit.bytes), "number"],
    ["Took", commit => number(commit.millis) + " ms", "number"],
  ], table.lastCommits);
}

function gapsOf(lake) {
  if (!lake) return element("p", "Looking at the lake.", "soft");
  if (lake.gaps.length === 0) return element("p", "None: nothing is known to be missing.", "good");
  return tableOf("Gaps of " + lake.table, [
    ["State", gap => gap.state],
    ["Reason", gap => gap.reason],
    ["Shard", gap => shortShard(gap.shard), "name"],
    ["From", gap => time(gap.from)],
    ["Until", gap => time(gap.until)],
    ["What happened", gap => gap.detail, "name"],
  ], lake.gaps);
}

function auditOf(lake) {
  if (!lake) return element("p", "Looking at the lake.", "soft");
  if (!lake.audit) return element("p", "There was none yet.", "soft");
  const audit = lake.audit;
  const verdict = audit.drift === 0
    ? "No drift: all " + number(audit.items) + " items agree"
    : "Drift: " + number(audit.missing) + " missing, " + number(audit.stale) + " stale, "
      + number(audit.phantom) + " phantom among " + number(audit.items) + " items";
  return element("p", verdict + ", at " + time(audit.at) + ".", audit.drift === 0 ? "good" : "bad");
}

function schemasOf(name, lake) {
  const own = lake ? lake.schemas.filter(schema => schema.table === name) : [];
  if (own.length === 0) return element("p", "No typed tables.", "soft");
  return tableOf("Schema versions of " + name, [
    ["Typed table", schema => schema.entity, "name"],
    ["Version", schema => number(schema.version), "number"],
    ["Columns", schema => number(schema.columns), "number"],
  ], own);
}

function section(table, status) {
  const lake = status.lake ? status.lake.tables.find(one => one.table === table.table) : null;
  const made = element("section");
  made.dataset.table = table.table;
  made.append(element("h2", table.table), figures(table, lake, status.catalogUpToDate));
  const part = (title, ...children) => made.append(element("h3", title), ...children);
  part("Shards of all workers", ...shardsOf(table, lake));
  part("The last hour", curves(table, Date.parse(status.now)));
  part("Last commits", commitsOf(table));
  part("Gaps", gapsOf(lake));
  part("Last audit", auditOf(lake));
  part("Schemas", schemasOf(table.table, status.lake));
  return made;
}

const HEALTH = { healthy: "good", starting: "warn", stopping: "warn", unhealthy: "bad" };

function show(status) {
  const set = (id, text) => { document.getElementById(id).textContent = text; };
  const now = Date.parse(status.now);
  document.title = status.status + " · Afterbay " + status.application;
  set("application", status.application);
  set("worker", status.worker);
  set("health", status.status);
  document.getElementById("health").className = "badge " + (HEALTH[status.status] || "");
  set("age", ", up for " + duration((now - Date.parse(status.startedAt)) / 1000));
  document.getElementById("reasons").replaceChildren(
    ...status.reasons.map(reason => element("li", reason)));
  const old = status.lake && now - Date.parse(status.lake.at) > OLD_LOOK;
  set("looked", !status.lake ? "" : "The lake was looked at " + time(status.lake.at) + "."
    + (old ? " Newer looks failed; the worker's log says more at level DEBUG." : "")
    + status.lake.notes.map(note => " " + note).join(""));
  const opened = new Set([...document.querySelectorAll("details[open]")].map(one => one.dataset.key));
  const scrolled = [...document.querySelectorAll(".scroll")].map(one => one.scrollLeft);
  const focused = document.activeElement?.closest("details")?.dataset.key;
  document.getElementById("tables").replaceChildren(...(status.tables.length === 0
    ? [element("p", "This worker works on no table yet.")]
    : status.tables.map(table => section(table, status))));
  for (const one of document.querySelectorAll("details")) {
    one.open = opened.has(one.dataset.key);
    if (focused === one.dataset.key) one.querySelector("summary").focus();
  }
  document.querySelectorAll(".scroll").forEach((one, i) => { one.scrollLeft = scrolled[i] ?? one.scrollWidth; });
}

async function refresh() {
  try {
    const answer = await fetch("status.json", { cache: "no-store" });
    if (!answer.ok) throw new Error("status " + answer.status);
    const status = await answer.json();
    show(status);
    document.getElementById("connection").textContent = "";
    setTimeout(refresh, status.lake ? INTERVAL : INTERVAL / 4);
  } catch (error) {
    document.getElementById("connection").textContent =
      "The worker does not answer (" + error.message + "). What is shown is old.";
    setTimeout(refresh, INTERVAL);
  }
}

refresh();
