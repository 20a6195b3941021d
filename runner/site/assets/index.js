// Filters of the overview. Without scripts the page shows everything and the form stays hidden.
"use strict";

(() => {
  const form = document.getElementById("filter");
  const table = document.getElementById("agencies");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing-shown");
  const heads = Array.from(table.tHead.rows[0].cells);
  const totals = Array.from(table.tFoot.rows[0].cells);
  const rows = Array.from(table.tBodies[0].rows, (row) => ({
    row,
    cells: Array.from(row.cells),
    name: row.cells[0].textContent.normalize("NFKC").toLowerCase(),
    found: Array.from(row.cells).slice(1).map((cell) => cell.dataset.found.split(" ").filter(Boolean)),
  }));

  const yearFromAddress = () => {
    const anchor = location.hash.slice(1);
    if (heads.some((head) => head.id && head.id === anchor)) {
      form.elements.year.value = anchor;
    }
  };

  const apply = () => {
    const words = form.elements.search.value.normalize("NFKC").toLowerCase().trim();
    const year = form.elements.year.value;
    const kind = form.elements.kind.value;
    const only = heads.findIndex((head) => year && head.id === year);
    const hidden = (column) => only > 0 && column > 0 && column !== only;
    for (const line of [heads, totals]) {
      line.forEach((cell, column) => { cell.hidden = hidden(column); });
    }
    let count = 0;
    for (const { row, cells, name, found } of rows) {
      const looked = only > 0 ? [found[only - 1]] : found;
      const fits = name.includes(words)
        && (only < 1 || looked[0].length > 0)
        && (!kind || looked.some((kinds) => kinds.includes(kind)));
      row.hidden = !fits;
      cells.forEach((cell, column) => { cell.hidden = hidden(column); });
      count += fits ? 1 : 0;
    }
    shown.textContent = shown.dataset.shown.replace("{shown}", count).replace("{total}", rows.length);
    nothing.hidden = count > 0;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => { yearFromAddress(); apply(); });
  yearFromAddress();
  apply();
})();
