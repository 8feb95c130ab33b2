/**
 * What the page shows is in the URL's hash: `#/emoji`, `#/emoji/item/noto-1f98b?k=50&label=x` or
 * `#/emoji/picture/1`, so that the browser's history goes through the searches.
 */

export function read(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [collection = "", kind = "", ...rest] = path.split("/").map(decode);
  const options = new URLSearchParams(query);
  return {
    collection,
    kind,
    id: rest.join("/"),
    k: Number(options.get("k")) || 20,
    label: options.get("label") ?? "",
  };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function write({ collection, kind, id, k, label }) {
  const path = [collection, kind, id].filter(Boolean).map(encodeURIComponent).join("/");
  const options = new URLSearchParams();
  if (k && k !== 20) options.set("k", k);
  if (label) options.set("label", label);
  return `#/${path}${options.size ? `?${options}` : ""}`;
}
