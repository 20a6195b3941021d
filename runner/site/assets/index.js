// The overview: shows the rows that are in view, and follows the filters. Without scripts its first rows stay as they are.
"use strict";

(() => {
  const { NOTHING, STATES, read, prepareSearch, select, count, fromHash, toHash, pageOf, agencyPageOf } = overviewModel;
  const BEYOND = 8; // rows above and below those in view, so that a look ahead finds something
  const PRINTED = 3000; // rows at most that are put on paper
  const model = read(window.overviewData);
  const { data, outcomes } = model;
  const { texts } = data;
  const form = document.getElementById("filter");
  const scroller = document.getElementById("rows");
  const table = document.getElementById("agencies");
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const sums = Array.from(table.tFoot.rows[0].cells);
  const tiles = Array.from(document.querySelectorAll("[data-total]"));
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing-shown");
  const counted = document.getElementById("findings-counted");
  const say = (text, values) => text.replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (whole, name, one, many) => {
    if (!(name in values)) { return whole; }
    return one === undefined ? values[name] : String(values[name]) === "1" ? one : many;
  });

  let wanted = { ...NOTHING };
  let found = [];
  let height = 0; // of a row, all are alike
  let drawn = new Map(); // the rows that stand in the table, by their place
  const above = document.createElement("tr");
  const below = document.createElement("tr");

  const element = (name, kind, text) => {
    const made = document.createElement(name);
    if (kind) { made.className = kind; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  };

  const sign = (kind, number, letter, name) => {
    const made = element("span", `severity ${kind}`);
    made.append(element("b", "", letter), number || "", element("i", "", name));
    return made;
  };

  const signsOf = ({ gravest, counts }) => (
    counts.some(Boolean)
      ? counts.flatMap((many, place) => (many ? [[STATES[place], many]] : []))
        .map(([kind, many]) => sign(kind, many, texts[`letter_${kind}`], texts[`severity_${kind}`]))
      : [sign(gravest, 0, texts[`letter_${gravest}`], texts[`status_${gravest}`])]);

  const cellOf = (agency, picked, column) => {
    const made = element("td");
    const { absent, reports } = agency.cells[column];
    reports.forEach((number, place) => {
      const link = element("a", picked && picked.reports.includes(number) ? "" : "aside");
      link.href = pageOf(model, agency, column, place);
      link.append(...signsOf(outcomes[number]));
      made.append(link);
    });
    if (absent === "missing") {
      made.append(sign("missing", 0, texts.letter_missing, texts.state_missing));
    } else if (absent) {
      const empty = element("span", "nothing");
      empty.append(element("i", "", absent === "not_due" ? texts.state_not_due : texts.no_report));
      made.append(empty);
    }
    return made;
  };

  const isHidden = (column) => Boolean(wanted.year) && data.years.includes(wanted.year) && data.years[column] !== wanted.year;

  const rowOf = (place) => {
    const { agency, picked } = found[place];
    const row = element("tr");
    row.setAttribute("aria-rowindex", place + 2); // the head is the first
    const name = element("th");
    name.scope = "row";
    const page = agencyPageOf(model, agency);
    const text = element(page ? "a" : "span", "name", agency.name);
    if (page) { text.href = page; }
    text.title = [agency.name, ...agency.others].join("\n");
    name.append(text);
    row.append(name);
    data.years.forEach((_, column) => { if (!isHidden(column)) { row.append(cellOf(agency, picked[column], column)); } });
    return row;
  };

  const spaced = (row, rows) => { row.style.height = `${rows * height}px`; row.hidden = rows === 0; };

  const draw = (first, last) => {
    for (const [place, row] of drawn) {
      if (place < first || place >= last) { row.remove(); drawn.delete(place); }
    }
    let next = above;
    for (let place = first; place < last; place += 1) {
      if (!drawn.has(place)) {
        drawn.set(place, rowOf(place));
        next.after(drawn.get(place));
      }
      next = drawn.get(place);
    }
    spaced(above, first);
    spaced(below, found.length - last);
  };

  const drawInView = () => {
    if (!height && found.length) { // the first row is measured
      draw(0, 1);
      height = drawn.get(0).getBoundingClientRect().height;
    }
    const start = Math.floor(scroller.scrollTop / (height || 1)) - BEYOND;
    const many = Math.ceil(scroller.clientHeight / (height || 1)) + 2 * BEYOND;
    const first = Math.max(0, Math.min(start, found.length - many));
    draw(first, Math.min(found.length, first + many));
  };

  const showSums = () => {
    const sum = count(model, found);
    const numbers = { agencies: sum.agencies, reports: sum.all.reports, ...sum.all.kinds };
    const isFiltered = toHash({ ...wanted, sort: "" }) !== "";
    for (const tile of tiles) {
      const kind = tile.dataset.total;
      tile.hidden = kind === "unreadable" && isFiltered; // what was not read is nobody's
      if (kind !== "unreadable") { tile.querySelector(".count").textContent = numbers[kind] || 0; }
      const words = texts[`total_${kind}`]; // where they depend on the number
      if (words) { tile.querySelector(".counted").textContent = say(words, { count: numbers[kind] || 0 }); }
    }
    const [error, likely, advisory] = sum.all.findings;
    counted.textContent = say(texts.totals_count_findings, { error, likely, advisory, missing: sum.all.missing });
    sum.years.forEach((year, column) => {
      const kinds = STATES.filter((kind) => year.kinds[kind] && kind in { error: 1, likely: 1, advisory: 1 });
      const signs = kinds.map((kind) => sign(kind, year.kinds[kind], texts[`letter_${kind}`], texts[`severity_${kind}`]));
      sums[column + 1].replaceChildren(say(texts.row_total_reports, { count: year.reports }), ...signs);
    });
    shown.textContent = say(texts.filter_shown, { shown: found.length, total: model.agencies.length });
  };

  const apply = () => {
    found = select(model, wanted);
    drawn.forEach((row) => row.remove());
    drawn = new Map();
    for (const line of [heads, sums]) {
      line.forEach((cell, column) => { cell.hidden = column > 0 && isHidden(column - 1); });
    }
    table.setAttribute("aria-rowcount", found.length + 2);
    nothing.hidden = found.length > 0;
    showSums();
    drawInView();
  };

  const fillForm = () => {
    for (const [name, value] of Object.entries(wanted)) {
      const field = form.elements[name];
      if (field.type === "checkbox") { field.checked = Boolean(value); } else { field.value = value; }
    }
  };

  const readForm = () => Object.fromEntries(Object.keys(NOTHING).map((name) => {
    const field = form.elements[name];
    return [name, field.type === "checkbox" ? (field.checked ? "1" : "") : field.value];
  }));

  const follow = (isStep) => {
    wanted = readForm();
    const hash = toHash(wanted);
    const address = hash ? `#${hash}` : location.pathname + location.search;
    try {
      history[isStep ? "pushState" : "replaceState"]({ top: 0 }, "", address);
    } catch { // some browsers keep files from doing that
      location.hash = hash;
    }
    scroller.scrollTop = 0;
    apply();
  };

  const restore = () => {
    const isOurs = location.hash === "" || location.hash.includes("=") || heads.some((head) => head.id && `#${head.id}` === location.hash);
    if (!isOurs) { return; } // a place on the page
    wanted = fromHash(location.hash);
    fillForm();
    apply();
    scroller.scrollTop = (history.state && history.state.top) || 0;
    drawInView();
  };

  const offer = (name, choices) => {
    const field = form.elements[name];
    field.append(new Option(texts.filter_all, ""), ...choices.map(([value, text]) => new Option(text, value)));
    field.parentElement.hidden = choices.length === 0;
  };

  offer("rule", data.rules.map(([id, title, failing]) => [id, `${title} (${failing})`]));
  offer("parent", data.parents.map((name) => [name, name]));
  offer("kind", data.kinds.filter((_, number) => data.kindOf.includes(number.toString(36))));
  body.replaceChildren(above, below);
  [above, below].forEach((row) => row.setAttribute("aria-hidden", "true"));
  document.querySelectorAll(".more").forEach((line) => { line.hidden = true; });
  table.classList.add("live");
  scroller.classList.add("live");
  form.hidden = false;

  form.addEventListener("input", (event) => follow(event.target.name !== "q"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => follow(true))); // the fields are empty a moment later
  scroller.addEventListener("scroll", drawInView, { passive: true });
  window.addEventListener("resize", () => { height = 0; apply(); });
  window.addEventListener("popstate", restore);
  window.addEventListener("hashchange", restore);
  window.addEventListener("pagehide", () => {
    try { history.replaceState({ top: scroller.scrollTop }, ""); } catch { /* the place in the list is lost, no more */ }
  });
  window.addEventListener("beforeprint", () => draw(0, Math.min(found.length, PRINTED)));
  window.addEventListener("afterprint", drawInView);
  restore();
  if (!drawn.size) { apply(); }
  (window.requestIdleCallback || setTimeout)(() => prepareSearch(model));
})();
