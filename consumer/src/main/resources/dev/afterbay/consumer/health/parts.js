// What the parts of the page have in common.

/** An element of a picture. */
export function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The two largest units. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min " + (s % 60) + " s";
  if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor((s % 3600) / 60) + " min";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

/** With separators for thousands. */
export function number(value) {
  return value.toLocaleString("en-US");
}

/** The part of a shard's name that tells it from others. */
export function shortShard(shard) {
  return "…" + shard.replace(/^shardId-0*/, "").slice(-16);
}
