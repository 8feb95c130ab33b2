/** Elements of the page. All text goes in as text, never as markup. */

export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

export const nameOf = (item) => item.metadata?.name ?? item.id;

const line = (item) => [item.label, item.group].filter(Boolean).join(" · ");

/** An item as a link that searches by it; with a rank and a score where it is a result. */
export function card(item, href) {
  const ranked = item.rank !== undefined;
  const stage = element(
    "span",
    { className: "stage" },
    element("img", { src: item.picture, alt: "", loading: "lazy", decoding: "async" }),
    ranked ? element("span", { className: "rank" }, String(item.rank)) : null,
  );
  const facts = element(
    "span",
    { className: "facts" },
    element("span", { className: "name", title: nameOf(item) }, nameOf(item)),
    ranked
      ? element("span", { className: "score", title: "cosine" }, item.score.toFixed(3))
      : null,
    element("span", { className: "line", title: line(item) }, line(item)),
  );
  const score = ranked ? bar(item.score) : null;
  const link = element("a", { className: "item", href }, stage, score, facts);
  link.dataset.id = item.id;
  return element("li", {}, link);
}

function bar(score) {
  const filled = element("span");
  filled.style.width = `${Math.max(0, score) * 100}%`;
  const whole = element("span", { className: "bar" }, filled);
  whole.setAttribute("aria-hidden", "true");
  return whole;
}

export function problem({ title, detail, hint }) {
  return element(
    "div",
    { className: "problem" },
    element("strong", {}, title ?? "That did not work"),
    element("p", {}, detail ?? ""),
    hint ? element("p", {}, hint) : null,
  );
}

export function caption(item) {
  const rest = Object.entries(item.metadata ?? {}).filter(([key]) => key !== "name");
  return [
    element("strong", {}, nameOf(item)),
    element("span", { className: "quiet" }, [line(item), item.id].filter(Boolean).join(" · ")),
    ...rest.map(([key, value]) => element("div", { className: "quiet" }, `${key}: ${value}`)),
  ];
}

export function measures(evaluation) {
  const percent = (share) => `${(share * 100).toFixed(1)}%`;
  const values = {
    "Rank-1": evaluation.rank["1"],
    "Rank-5": evaluation.rank["5"],
    mAP: evaluation.mAP,
  };
  const list = element(
    "dl",
    { className: "measures" },
    ...Object.entries(values).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, percent(value))),
    ),
  );
  const left = evaluation.queriesWithoutRelevant + evaluation.unlabelled;
  const count = `${evaluation.queries.toLocaleString()} queries`;
  const note = left ? `${count}; ${left.toLocaleString()} items cannot be queries` : count;
  return [list, element("p", { className: "quiet" }, note)];
}

/** What to run where there is nothing to show yet. */
export function gettingStarted(collection) {
  const base = `${location.origin}/api/v1/collections`;
  const create = `curl -X POST ${base} \\\n  -H 'Content-Type: application/json' -d '{"name":"${collection ?? "my-pictures"}"}'`;
  const fill = `curl -F file=@pictures.zip ${base}/${collection ?? "my-pictures"}/items:import`;
  return [
    element(
      "p",
      {},
      collection
        ? "Import a zip of pictures: a folder a class, or a manifest.csv that lists them."
        : "Create one and import a zip of pictures: a folder a class, or a manifest.csv that lists them.",
    ),
    element("pre", { tabIndex: 0 }, collection ? fill : `${create}\n${fill}`),
    element("p", { className: "quiet" }, "Then reload this page."),
  ];
}
