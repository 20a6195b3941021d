// Tables that are complete without it: sorted by a click on a head, searched by words.
"use strict";

(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.order || cell.textContent.trim();
  };

  const sort = (table, column, head) => {
    const before = head.getAttribute("aria-sort");
    const isNumber = /^[\d<]/.test(valueOf(table.tBodies[0].rows[0], column)); // of numbers, the greatest are asked for first
    const isDown = before ? before === "ascending" : isNumber;
    for (const other of table.tHead.rows[0].cells) { other.removeAttribute("aria-sort"); }
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [valueOf(row, column), row]);
    rows.sort(([one], [other]) => (isDown ? collator.compare(other, one) : collator.compare(one, other)));
    body.append(...rows.map(([, row]) => row));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, column, head));
    });
  }

  const form = document.getElementById("search");
  if (!form) { return; }
  const box = form.querySelector("input");
  const sections = Array.from(document.querySelectorAll(".searched"), (section) => ({
    section,
    rows: Array.from(section.querySelectorAll("tbody tr"), (row) => [folded(row.textContent), row]),
  }));
  const find = () => {
    const words = folded(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { section, rows } of sections) {
      let shown = 0;
      for (const [text, row] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      section.hidden = shown === 0;
      found += shown;
    }
    form.querySelector("output").textContent = words.length ? String(found) : "";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", find);
  if (box.value) { find(); } // what the browser kept from before
})();
