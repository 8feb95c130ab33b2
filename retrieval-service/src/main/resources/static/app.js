import * as api from "./api.js";
import * as route from "./route.js";
import * as view from "./view.js";

const PAGE = 60;
const $ = (id) => document.getElementById(id);

const uploads = [];
let collections = [];
let current = route.read(location.hash);
let running = new AbortController();

async function load() {
  try {
    collections = (await api.collections()).items;
  } catch (problem) {
    busy(false);
    $("heading").textContent = "lodisc";
    return fail(problem);
  }
  for (const { name } of collections) {
    $("collection").append(view.element("option", {}, name));
  }
  $("chooser").hidden = collections.length === 0;
  addEventListener("hashchange", show);
  show();
}

/** Shows what the hash says. */
async function show() {
  current = route.read(location.hash);
  running.abort();
  running = new AbortController();
  const { signal } = running;
  clear();
  if (!collections.length) return nothingYet();
  current.collection ||= collections[0].name;
  const collection = collections.find(({ name }) => name === current.collection);
  if (!collection) {
    busy(false);
    $("heading").textContent = "No such collection";
    return fail({
      title: `There is no collection '${current.collection}'`,
      hint: "Choose one above.",
    });
  }
  header(collection);
  if ($("labels").dataset.of !== collection.name) learn(collection);
  busy(true);
  try {
    await (shows[current.kind] ?? shows[""])(signal);
    busy(false);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    busy(false);
    fail(problem);
  }
}

const shows = {
  async "" (signal) {
    const count = itemsOf(current.collection);
    title(current.collection, `${count.toLocaleString()} items`);
    if (!count) {
      $("empty").replaceChildren(...view.gettingStarted(current.collection));
      $("empty").hidden = false;
      $("heading").textContent = `The collection ${current.collection} is empty`;
    }
    await browse(0, signal);
  },

  async item(signal) {
    const queried = await api.item(current.collection, current.id, signal);
    query(queried.picture, ...view.caption(queried));
    title(view.nameOf(queried), `Similar to ${view.nameOf(queried)}`);
    results(await api.searchByItem(current.collection, current.id, current, signal));
  },

  async picture(signal) {
    const upload = uploads[Number(current.id) - 1];
    title("your picture", "Similar to your picture");
    if (!upload) {
      throw {
        title: "The picture is no longer here",
        detail: "Pictures that you drop are not kept when the page is loaded again.",
        hint: "Choose it once more.",
      };
    }
    query(upload.url, view.element("strong", {}, upload.file.name));
    results(await api.searchByPicture(current.collection, upload.file, current, signal));
  },
};

function results({ results }) {
  $("grid").replaceChildren(...results.map(toCard));
  if (!results.length) $("heading").textContent += ": nothing found";
}

async function browse(offset, signal) {
  const page = await api.items(current.collection, offset, PAGE, signal);
  $("grid").append(...page.items.map(toCard));
  const shown = offset + page.items.length;
  $("more").hidden = shown >= page.total;
  $("more").onclick = () => browse(shown, running.signal).catch(fail);
}

const toCard = (item) =>
  view.card(item, route.write({ ...current, kind: "item", id: item.id }));

const itemsOf = (collection) => collections.find(({ name }) => name === collection).items;

/** Whether items have groups, and some of their labels to propose. */
async function learn({ name }) {
  $("measures").replaceChildren();
  $("labels").dataset.of = name;
  try {
    const { items } = await api.items(name, 0, 500);
    if ($("labels").dataset.of !== name) return;
    const labels = [...new Set(items.map((item) => item.label).filter(Boolean))].sort();
    $("labels").replaceChildren(...labels.map((value) => view.element("option", { value })));
    $("across-row").hidden = !items.some((item) => item.group);
  } catch (problem) {
    fail(problem);
  }
}

function nothingYet() {
  busy(false);
  $("heading").textContent = "There is no collection yet";
  $("empty").replaceChildren(...view.gettingStarted());
  $("empty").hidden = false;
}

function header({ name, items, model, checkpoint }) {
  $("collection").value = name;
  $("side").hidden = items === 0;
  $("about").textContent = [
    `${items.toLocaleString()} items`,
    `model ${model}`,
    checkpoint && `checkpoint ${checkpoint}`,
  ]
    .filter(Boolean)
    .join(" · ");
  if (![...$("k").options].some(({ value }) => value === String(current.k))) {
    $("k").append(view.element("option", {}, String(current.k)));
  }
  $("k").value = current.k;
  $("label").value = current.label;
}

function title(name, heading) {
  document.title = `${name} – lodisc`;
  $("heading").textContent = current.label ? `${heading}, label ${current.label}` : heading;
}

function query(src, ...caption) {
  $("query-picture").src = src;
  $("query-caption").replaceChildren(...caption);
  $("query").hidden = false;
}

function clear() {
  for (const id of ["grid", "message", "query-caption"]) $(id).replaceChildren();
  for (const id of ["query", "empty", "more"]) $(id).hidden = true;
  $("query-picture").removeAttribute("src");
}

const busy = (is) => $("results").setAttribute("aria-busy", is);

function fail(problem) {
  if (problem.name === "AbortError") return;
  $("message").replaceChildren(view.problem(problem));
}

function go(change) {
  location.hash = route.write({ ...current, ...change });
}

async function take(file) {
  await loaded;
  if (!file || !collections.length) return;
  uploads.push({ file, url: URL.createObjectURL(file) });
  go({ kind: "picture", id: String(uploads.length) });
}

async function evaluate() {
  $("evaluate").disabled = true;
  $("measures").textContent = "Ranking every item…";
  try {
    const across = !$("across-row").hidden && $("across").checked;
    $("measures").replaceChildren(
      ...view.measures(await api.evaluate(current.collection, across)),
    );
  } catch (problem) {
    $("measures").replaceChildren(view.problem(problem));
  } finally {
    $("evaluate").disabled = false;
  }
}

function listen() {
  $("collection").onchange = () =>
    go({ collection: $("collection").value, kind: "", id: "", label: "" });
  $("k").onchange = () => go({ k: Number($("k").value) });
  $("label").onchange = () => go({ label: $("label").value.trim() });
  $("options").onsubmit = (event) => event.preventDefault();
  $("choose").onclick = () => $("file").click();
  $("file").onchange = () => {
    take($("file").files[0]);
    $("file").value = "";
  };
  $("evaluate").onclick = evaluate;
  $("query-picture").onerror = () => $("query-picture").removeAttribute("src");
  addEventListener("paste", (event) => take(event.clipboardData.files[0]));
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dragging");
    take(event.dataTransfer.files[0]);
  });
}

listen();
const loaded = load();
