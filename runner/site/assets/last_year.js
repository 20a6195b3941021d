// The numbers of the year before beside the cells, while the switch over the tables is on. It stays on for other pages.
"use strict";

(() => {
  const KEY = "last-year-beside";
  const holder = document.getElementById("last-year");
  const box = holder.querySelector("input");
  const numbers = holder.dataset.numbers.split(",");
  const cells = document.querySelectorAll(".grid td[id]");
  let stays = true; // some browsers keep files from storing anything: then the address says it

  const stored = () => {
    try { return localStorage.getItem(KEY) === "1"; } catch { stays = false; return location.hash === "#last-year"; }
  };

  const store = (isOn) => {
    try { localStorage.setItem(KEY, isOn ? "1" : ""); } catch { stays = false; }
    if (!stays) {
      document.querySelectorAll(".years a").forEach((link) => { link.hash = isOn ? "last-year" : ""; });
    }
  };

  const show = (isOn) => {
    cells.forEach((cell, place) => {
      const shown = cell.querySelector(".before");
      if (shown) { shown.remove(); }
      if (isOn && numbers[place]) {
        const made = document.createElement("small");
        made.className = "before";
        made.textContent = numbers[place];
        cell.append(made);
      }
    });
  };

  box.checked = stored();
  box.addEventListener("change", () => { show(box.checked); store(box.checked); });
  if (box.checked) { show(true); store(true); }
  holder.hidden = false;
})();
