// The shards of a table as a picture: parents on the left, their children to the right of them.

import { duration, number, shortShard, svg } from "./parts.js";

const WIDTH = 240;
const HEIGHT = 74;
const ACROSS = 46;
const DOWN = 14;

/** Places each shard: its column is its generation, its row that of its first parent if free. */
export function placed(shards) {
  const byName = new Map(shards.map(shard => [shard.shard, shard]));
  const columns = new Map();
  const column = (name, seen) => {
    if (columns.has(name)) return columns.get(name);
    const parents = byName.get(name).parents.filter(p => byName.has(p) && !seen.has(p));
    const at = parents.length === 0
      ? 0
      : 1 + Math.max(...parents.map(p => column(p, new Set(seen).add(name))));
    columns.set(name, at);
    return at;
  };
  const ordered = [...shards].sort((a, b) =>
    column(a.shard, new Set()) - column(b.shard, new Set()) || (a.shard < b.shard ? -1 : 1));
  const taken = new Set();
  const rows = new Map();
  const places = [];
  for (const shard of ordered) {
    const x = columns.get(shard.shard);
    const wanted = shard.parents.map(p => rows.get(p)).filter(row => row !== undefined);
    let y = wanted.length > 0 ? Math.min(...wanted) : 0;
    while (taken.has(x + " " + y)) y++;
    taken.add(x + " " + y);
    rows.set(shard.shard, y);
    places.push({ shard, x, y });
  }
  return places;
}

/** What the picture says, for those who do not see it. */
function described(shards, gaps) {
  return shards.map(shard => {
    const parents = shard.parents.length > 0
      ? " continues " + shard.parents.map(shortShard).join(" and ") + ","
      : "";
    const state = shard.state === "closed"
      ? " is read to its end"
      : (shard.owner ? " is read by " + shard.owner : " has no owner")
        + (shard.lagSeconds === null ? "" : ", " + duration(shard.lagSeconds) + " behind");
    const missing = gaps.filter(gap => gap.shard === shard.shard).length;
    return shortShard(shard.shard) + parents + state
      + (missing > 0 ? ", with " + missing + (missing === 1 ? " gap" : " gaps") : "") + ".";
  }).join(" ");
}

/** The picture. */
export function lineage(table, shards, gaps) {
  const places = placed(shards);
  const at = new Map(places.map(place => [place.shard.shard, place]));
  const width = (Math.max(...places.map(p => p.x)) + 1) * (WIDTH + ACROSS) - ACROSS + 4;
  const height = (Math.max(...places.map(p => p.y)) + 1) * (HEIGHT + DOWN) - DOWN + 4;
  const picture = svg("svg", {
    class: "lineage", width, height, viewBox: `-2 -2 ${width} ${height}`, role: "img",
    "aria-label": "Lineage of the shards of " + table,
  });
  const description = svg("desc", {});
  description.textContent = described(shards, gaps);
  picture.append(description);
  for (const { shard, x, y } of places) {
    for (const parent of shard.parents.filter(p => at.has(p))) {
      picture.append(...edge(at.get(parent), { x, y }, parent, shard.shard));
    }
  }
  for (const place of places) {
    picture.append(node(place, gaps.filter(gap => gap.shard === place.shard.shard)));
  }
  return picture;
}

function edge(from, to, parent, child) {
  const x1 = from.x * (WIDTH + ACROSS) + WIDTH;
  const y1 = from.y * (HEIGHT + DOWN) + HEIGHT / 2;
  const x2 = to.x * (WIDTH + ACROSS) - 8;
  const y2 = to.y * (HEIGHT + DOWN) + HEIGHT / 2;
  const middle = (x1 + x2) / 2;
  return [
    svg("path", {
      class: "edge", d: `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
      "data-parent": parent, "data-child": child,
    }),
    svg("path", { class: "arrow", d: `M${x2} ${y2 - 5} L${x2 + 8} ${y2} L${x2} ${y2 + 5} Z` }),
  ];
}

function node({ shard, x, y }, gaps) {
  const group = svg("g", {
    transform: `translate(${x * (WIDTH + ACROSS)} ${y * (HEIGHT + DOWN)})`,
    "data-shard": shard.shard,
  });
  const tip = svg("title", {});
  tip.textContent = shard.shard + (shard.position ? ", position " + shard.position : "");
  const unowned = shard.state === "open" && !shard.owner;
  const kind = shard.state === "closed" ? "node" : unowned ? "node unowned" : "node open";
  group.append(tip, svg("rect", { class: kind, width: WIDTH, height: HEIGHT, rx: 7 }));
  const line = (text, y, classes) => {
    const element = svg("text", { x: 10, y, class: classes });
    element.textContent = clipped(text);
    group.append(element);
  };
  line(shortShard(shard.shard), 18, "strong");
  line(
    shard.state === "closed" ? "✓ read to its end" : unowned ? "! no owner" : "● " + shard.owner,
    35, unowned ? "bad" : "");
  line(
    (shard.lagSeconds === null ? "" : duration(shard.lagSeconds) + " behind · ")
      + counted(shard.records, "record"),
    51, "soft");
  line(
    counted(shard.commits, "commit")
      + (shard.position ? " · at …" + shard.position.slice(-12) : ""),
    66, "soft");
  if (gaps.length > 0) {
    const open = gaps.some(gap => gap.state === "open");
    const mark = svg("text", { x: WIDTH - 8, y: 18, "text-anchor": "end", class: "strong " + (open ? "bad" : "warn") });
    mark.textContent = "▲ " + (gaps.length === 1 ? "gap" : gaps.length + " gaps") + (open ? "" : ", healed");
    group.append(mark);
  }
  return group;
}

function counted(count, thing) {
  return number(count) + " " + thing + (count === 1 ? "" : "s");
}

/** Names of workers may be long. */
function clipped(text) {
  return text.length > 32 ? text.slice(0, 31) + "…" : text;
}
