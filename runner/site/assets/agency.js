// Marks of numbers lead to their cells on the pages of the years, where the marks are too many for the page to hold the links.
"use strict";

for (const cell of document.querySelectorAll(".history td:is(.operand, :has(> sup))")) {
  const line = cell.parentElement;
  const row = line.parentElement;
  const year = row.parentElement.tHead.rows[0].cells[cell.cellIndex].querySelector("a");
  const column = row.dataset.columns.split(" ")[line.sectionRowIndex - 1]; // the first line is the label of the row
  const link = document.createElement("a");
  link.href = `${year.getAttribute("href")}#${row.dataset.row}.${column}`;
  link.append(...cell.childNodes);
  cell.append(link);
}
