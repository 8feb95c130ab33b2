/** The service's answers; what is not 2xx is thrown as its problem detail. */

const root = "/api/v1/collections";

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw {
      title: "The service does not answer",
      detail: "The request did not get through.",
      hint: "Check that it is running, then try again.",
    };
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw { title: `Error ${response.status}`, detail: "The request failed.", ...body };
  }
  return body;
}

function post(path, json, signal) {
  return send(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(json),
    signal,
  });
}

const at = (collection, rest = "") => `${root}/${encodeURIComponent(collection)}${rest}`;

export const collections = () => send(root);

export const items = (collection, offset, limit, signal) =>
  send(at(collection, `/items?offset=${offset}&limit=${limit}`), { signal });

export const item = (collection, id, signal) =>
  send(at(collection, `/items/${encodeURIComponent(id)}`), { signal });

export const evaluate = (collection, acrossGroups) =>
  post(at(collection, "/evaluations"), { k: [1, 5], acrossGroups });

export const searchByItem = (collection, id, { k, label }, signal) =>
  post(at(collection, "/search"), { item: id, k, filter: label ? { label } : {} }, signal);

export function searchByPicture(collection, file, { k, label }, signal) {
  const form = new FormData();
  form.append("image", file);
  form.append("k", k);
  if (label) form.append("label", label);
  return send(at(collection, "/search"), { method: "POST", body: form, signal });
}
