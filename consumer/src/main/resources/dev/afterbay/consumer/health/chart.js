// A curve over the last hour.

import { duration, svg } from "./parts.js";

const WIDTH = 480;
const HEIGHT = 132;
const LEFT = 78;
const BOTTOM = 20;
const TOP = 8;
const LEAST = 300000;

/**
 * A figure with a curve, and what it says in words.
 *
 * @param points each with a time in milliseconds and a value, or null where it is not known
 */
export function chart(title, points, now, words) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const known = points.filter(point => point.value !== null);
  const last = known.length > 0 ? known[known.length - 1].value : null;
  const most = Math.max(0, ...known.map(point => point.value));
  caption.textContent = title + (last === null
    ? ": nothing yet"
    : ": " + words(last) + " now, " + words(most) + " at most in the last hour");
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": caption.textContent,
  });
  const top = most === 0 ? 1 : most;
  const span = Math.max(LEAST, ...points.map(point => now - point.at));
  const x = at => LEFT + (WIDTH - LEFT) * (1 - Math.max(0, now - at) / span);
  const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  for (const value of [0, top]) {
    picture.append(svg("line", { class: "axis", x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }));
    label(picture, words(value), LEFT - 6, y(value) + 4, "end");
  }
  label(picture, duration(span / 1000) + " ago", LEFT, HEIGHT - 4, "start");
  label(picture, "now", WIDTH, HEIGHT - 4, "end");
  for (const run of runs(points)) {
    const line = run.map(point => `${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join(" L");
    const first = x(run[0].at).toFixed(1);
    const end = x(run[run.length - 1].at).toFixed(1);
    picture.append(
      svg("path", { class: "under", d: `M${first} ${y(0)} L${line} L${end} ${y(0)} Z` }),
      svg("path", { class: "curve", d: "M" + line }));
  }
  figure.append(picture, caption);
  return figure;
}

/** What is not known interrupts the curve. */
function runs(points) {
  const all = [];
  let run = [];
  for (const point of points) {
    if (point.value === null) {
      if (run.length > 0) all.push(run);
      run = [];
    } else {
      run.push(point);
    }
  }
  if (run.length > 0) all.push(run);
  return all;
}

function label(picture, text, x, y, anchor) {
  const element = svg("text", { x, y, "text-anchor": anchor, class: "soft" });
  element.textContent = text;
  picture.append(element);
}
