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

  const readCell = (written) => {
    if (written === "" || written === "!" || written === "~") {
      return { absent: { "": "none", "!": "missing", "~": "not_due" }[written], reports: [] };
    }
    return { absent: "", reports: written.split(".").map((number) => parseInt(number, 36)) };
  };

  // the words a name can be found by: itself, its pinyin and the initials of that
  const searchable = (name, pinyin, readings) => {
    const read = Array.from(name, (character, place) => (readings && readings[place]) || pinyin[character] || character);
    return [name, read.join(""), read.map((syllable) => syllable[0]).join("")].map(folded).join("\n");
  };

  const read = (data) => {
    const known = new Map(); // most cells of a site are alike
    const cellOf = (written) => {
      if (!known.has(written)) { known.set(written, readCell(written)); }
      return known.get(written);
    };
    const parents = data.parentOf.split(" ");
    const agencies = data.names.map((name, number) => ({
      number,
      name,
      others: data.otherNames[number] || [],
      text: null,
      parent: parents[number] ? parseInt(parents[number], 36) : -1,
      kind: data.kindOf[number] === "-" ? "" : data.kinds[Number(data.kindOf[number])][0],
      cells: data.cells[number].split("|").map(cellOf),
    }));
    return { data, agencies, outcomes: data.outcomes ? data.outcomes.split(" ").map(readOutcome) : [] };
  };

  // made at the first search: a page that is only looked at does not wait for it
  const textOf = (agency, { data }) => {
    if (agency.text === null) {
      const others = agency.others.map((name) => searchable(name, data.pinyin));
      agency.text = [searchable(agency.name, data.pinyin, data.readings[agency.number]), ...others].join("\n");
    }
    return agency.text;
  };

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
    const parent = wanted.parent ? data.parents.indexOf(wanted.parent) : -1;
    const only = data.years.indexOf(wanted.year);
    const asked = Boolean(wanted.state || wanted.rule || wanted.changed || only >= 0);
    const unknownRule = Boolean(wanted.rule) && rule < 0;
    const fits = outcomes.map((outcome) => !unknownRule && outcomeFits(outcome, wanted, rule));
    const absenceFits = (absent) => !wanted.rule && !wanted.changed && absent !== ""
      && (wanted.state ? absent === wanted.state : absent === "missing" || absent === "not_due");
    const found = [];
    for (const agency of agencies) {
      if ((wanted.kind && agency.kind !== wanted.kind) || (wanted.parent && agency.parent !== parent)) { continue; }
      if (words.length) {
        const text = textOf(agency, model);
        if (!words.every((word) => text.includes(word))) { continue; }
      }
      const picked = agency.cells.map((cell, column) => {
        if (only >= 0 && column !== only) { return null; }
        const reports = cell.reports.filter((number) => fits[number]);
        return reports.length || absenceFits(cell.absent) ? { absent: cell.absent, reports } : null;
      });
      if (!asked || picked.some(Boolean)) { found.push({ agency, picked }); }
    }
    return sorted(found, wanted.sort, model);
  };

  const errorsOf = (numbers, outcomes) => numbers.reduce((sum, number) => sum + outcomes[number].counts[0], 0);

  const SORTING = {
    state: ({ picked }, outcomes) => Math.min(7, ...picked.filter(Boolean).flatMap((cell) => (
      cell.absent ? [RANK[cell.absent]] : cell.reports.map((number) => RANK[outcomes[number].gravest])))),
    errors: ({ picked }, outcomes) => -picked.reduce((sum, cell) => sum + (cell ? errorsOf(cell.reports, outcomes) : 0), 0),
    // the last year with a report against the one before it; last where there is nothing to compare
    change: ({ agency }, outcomes) => {
      const years = agency.cells.filter((cell) => cell.reports.length).map((cell) => errorsOf(cell.reports, outcomes));
      return years.length < 2 ? Infinity : years[years.length - 2] - years[years.length - 1];
    },
  };

  const sorted = (found, sort, { outcomes }) => {
    const key = SORTING[sort];
    if (!key) { return found; } // the data are in the order of names
    const keys = new Map(found.map((one) => [one, key(one, outcomes)]));
    return found.sort((one, other) => {
      const [first, second] = [keys.get(one), keys.get(other)];
      return first === second ? one.agency.number - other.agency.number : first < second ? -1 : 1;
    });
  };

  // How many reports and findings the selection holds, in all and by year.
  const count = ({ data, outcomes }, found) => {
    const none = () => ({ reports: 0, missing: 0, kinds: {}, findings: [0, 0, 0] });
    const years = data.years.map(none);
    for (const { picked } of found) {
      picked.forEach((cell, column) => {
        if (!cell) { return; }
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

  return { NOTHING, STATES, read, select, count, fromHash, toHash, pageOf };
})();

if (typeof module !== "undefined") { module.exports = overviewModel; }
