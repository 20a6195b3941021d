// What the overview knows, without the page: reads the data, finds, filters, sorts and counts. Pure functions.
"use strict";

const overviewModel = (() => {
  const STATES = ["error", "likely", "advisory", "not_assessable", "pass"];
  const RANK = { error: 0, likely: 1, missing: 2, advisory: 3, not_assessable: 4, pass: 5, not_due: 6, none: 7 };
  const NOTHING = { q: "", year: "", state: "", rule: "", parent: "", kind: "", changed: "", sort: "name" };

  const folded = (text) => text.normalize("NFKC").toLowerCase();

  const readOutcome = (written) => {
    const [head, rules] = written.split(";");
    const changed = head[1] === "+";
    const counts = head.slice(changed ? 2 : 1).split(",").map(Number);
    const gravest = head[0] === "p" ? "pass" : head[0] === "n" ? "not_assessable" : STATES[counts.findIndex(Boolean)];
    return { gravest, changed, counts, rules: rules ? rules.split(",").map((rule) => parseInt(rule, 36)) : [] };
  };

  // a cell: the reports of an agency and year as numbers of outcomes, or why there are none
  const readCell = (written, outcomes) => {
    const absent = { "": "none", "!": "missing", "~": "not_due" }[written] || "";
    const reports = absent ? [] : written.split(".").map((number) => parseInt(number, 36));
    return cellWith(absent, reports, outcomes);
  };

  const cellWith = (absent, reports, outcomes) => ({
    absent,
    reports,
    errors: reports.reduce((sum, number) => sum + outcomes[number].counts[0], 0),
    rank: Math.min(absent ? RANK[absent] : RANK.none, ...reports.map((number) => RANK[outcomes[number].gravest])),
  });

  // the words a name can be found by: itself, its pinyin and the initials of that
  const searchable = (name, pinyin, readings) => {
    const read = Array.from(name, (character, place) => (readings && readings[place]) || pinyin[character] || character);
    return [name, read.join(""), read.map((syllable) => syllable[0]).join("")].map(folded).join("\n");
  };

  const read = (data) => {
    const outcomes = data.outcomes ? data.outcomes.split(" ").map(readOutcome) : [];
    const known = new Map(); // most cells of a site are alike: what is asked of them is asked once
    const cellOf = (written) => {
      if (!known.has(written)) { known.set(written, { ...readCell(written, outcomes), number: known.size }); }
      return known.get(written);
    };
    const parents = data.parentOf.split(" ");
    let before = "";
    const agencies = data.names.map((written, number) => {
      const name = before.slice(0, parseInt(written[0], 36)) + written.slice(1); // shares its beginning with the one before
      before = name;
      return {
        number,
        name,
        others: data.otherNames[number] || [],
        text: null,
        parent: parents[number] ? parseInt(parents[number], 36) : -1,
        kind: data.kindOf[number] === "-" ? "" : data.kinds[parseInt(data.kindOf[number], 36)][0],
        cells: data.cells[number].split("|").map(cellOf),
      };
    });
    return { data, agencies, outcomes, cells: Array.from(known.values()) };
  };

  // made when there is time: a page that is only looked at does not wait for it
  const textOf = (agency, { data }) => {
    if (agency.text === null) {
      const others = agency.others.map((name) => searchable(name, data.pinyin));
      agency.text = [searchable(agency.name, data.pinyin, data.readings[agency.number]), ...others].join("\n");
    }
    return agency.text;
  };

  const prepareSearch = (model) => { model.agencies.forEach((agency) => textOf(agency, model)); };

  const outcomeFits = (outcome, wanted, rule) => {
    const place = ["error", "likely", "advisory"].indexOf(wanted.state);
    return (!wanted.state || (place < 0 ? outcome.gravest === wanted.state : outcome.counts[place] > 0))
      && (rule < 0 || outcome.rules.includes(rule))
      && (!wanted.changed || outcome.changed);
  };

  // The agencies that fit, with what of each is counted. A report fits by state, rule, change and year together.
  const select = (model, wanted) => {
    const { data, agencies, outcomes } = model;
    const words = folded(wanted.q).split(/\s+/).filter(Boolean);
    const rule = wanted.rule ? data.rules.findIndex(([id]) => id === wanted.rule) : -1;
    const parentName = wanted.parent;
    const only = data.years.indexOf(wanted.year);
    const asked = Boolean(wanted.state || wanted.rule || wanted.changed || only >= 0);
    const unknownRule = Boolean(wanted.rule) && rule < 0;
    const fits = outcomes.map((outcome) => !unknownRule && outcomeFits(outcome, wanted, rule));
    const absenceFits = (absent) => !wanted.rule && !wanted.changed && absent !== ""
      && (wanted.state ? absent === wanted.state : absent === "missing" || absent === "not_due");
    const pickedOf = model.cells.map((cell) => {
      const reports = cell.reports.filter((number) => fits[number]);
      if (!reports.length && !absenceFits(cell.absent)) { return null; }
      return reports.length === cell.reports.length ? cell : cellWith(cell.absent, reports, outcomes);
    });
    const pick = (cell, column) => (only >= 0 && column !== only ? null : pickedOf[cell.number]);
    const found = [];
    for (const agency of agencies) {
      if ((wanted.kind && agency.kind !== wanted.kind) || (parentName && data.parents[agency.parent] !== parentName)) { continue; }
      if (words.length) {
        const text = textOf(agency, model);
        if (!words.every((word) => text.includes(word))) { continue; }
      }
      const picked = asked ? agency.cells.map(pick) : agency.cells;
      if (!asked || picked.some(Boolean)) { found.push({ agency, picked }); }
    }
    return sorted(found, wanted.sort);
  };

  // the least first; what is the same stays in the order of names, which is that of the data
  const SORTING = {
    state: ({ picked }) => picked.reduce((least, cell) => (cell && cell.rank < least ? cell.rank : least), RANK.none),
    errors: ({ picked }) => -picked.reduce((sum, cell) => (cell ? sum + cell.errors : sum), 0),
    // the last year with a report against the one before it; last where there is nothing to compare
    change: ({ agency }) => {
      const years = agency.cells.filter((cell) => cell.reports.length);
      return years.length < 2 ? Infinity : years[years.length - 2].errors - years[years.length - 1].errors;
    },
  };

  const sorted = (found, sort) => {
    const key = SORTING[sort];
    if (!key) { return found; }
    const groups = new Map(); // few keys, many agencies
    for (const one of found) {
      const own = key(one);
      if (groups.has(own)) { groups.get(own).push(one); } else { groups.set(own, [one]); }
    }
    const keys = Array.from(groups.keys()).sort((one, other) => (one < other ? -1 : 1));
    return keys.flatMap((own) => groups.get(own));
  };

  // How many reports and findings the selection holds, in all and by year.
  const count = ({ data, outcomes }, found) => {
    const none = () => ({ reports: 0, missing: 0, kinds: {}, findings: [0, 0, 0] });
    const years = data.years.map(none);
    for (const { picked } of found) {
      picked.forEach((cell, column) => {
        if (!cell || cell.absent === "none") { return; }
        const sum = years[column];
        sum.missing += cell.absent === "missing" ? 1 : 0;
        sum.reports += cell.reports.length;
        for (const number of cell.reports) {
          const { gravest, counts } = outcomes[number];
          sum.kinds[gravest] = (sum.kinds[gravest] || 0) + 1;
          counts.forEach((many, place) => { sum.findings[place] += many; });
        }
      });
    }
    const all = years.reduce((sum, year) => {
      sum.reports += year.reports;
      sum.missing += year.missing;
      Object.entries(year.kinds).forEach(([kind, many]) => { sum.kinds[kind] = (sum.kinds[kind] || 0) + many; });
      year.findings.forEach((many, place) => { sum.findings[place] += many; });
      return sum;
    }, none());
    return { agencies: found.length, years, all };
  };

  // The state in the address. Links from other pages name a year by its anchor alone: #year-2023
  const fromHash = (hash) => {
    const text = hash.replace(/^#/, "");
    const year = /^year-([^=&]+)$/.exec(text);
    if (year) { return { ...NOTHING, year: year[1] === "unknown" ? "unknown-year" : year[1] }; }
    const given = new URLSearchParams(text.includes("=") ? text : "");
    return Object.fromEntries(Object.entries(NOTHING).map(([name, usual]) => [name, given.get(name) || usual]));
  };

  const toHash = (wanted) => {
    const told = Object.entries(NOTHING).filter(([name, usual]) => wanted[name] && wanted[name] !== usual);
    return new URLSearchParams(told.map(([name]) => [name, wanted[name]])).toString();
  };

  const pageOf = ({ data }, agency, column, place) => {
    const other = data.pages[agency.number] && data.pages[agency.number][column];
    return other ? other[place] : `${encodeURIComponent(data.years[column])}/${encodeURIComponent(agency.name)}.html`;
  };

  const agencyPageOf = ({ data }, agency) => (
    agency.number in data.agencyPages ? data.agencyPages[agency.number] : `agencies/${encodeURIComponent(agency.name)}.html`);

  return { NOTHING, STATES, read, prepareSearch, select, count, fromHash, toHash, pageOf, agencyPageOf };
})();

if (typeof module !== "undefined") { module.exports = overviewModel; }
