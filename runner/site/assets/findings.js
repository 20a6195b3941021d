// What findings say of a cell, on hover and focus; and the findings as text. Without it the links of the cells lead there.
"use strict";

function words(element) {
  const copy = element.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden]")) hidden.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

(() => {
  const box = document.createElement("div");
  const byCell = new Map();
  box.id = "said-of-cell";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  for (const finding of document.querySelectorAll(".finding:not(.group), .inner-findings > li")) {
    if (finding.matches("details .finding")) continue; // waived
    const linked = [...finding.querySelectorAll(".trail a[href^='#']")].map((link) => decodeURIComponent(link.hash.slice(1)));
    for (const cell of [...linked, ...(finding.dataset.cells || "").split(" ")]) {
      if (!byCell.has(cell)) byCell.set(cell, []);
      byCell.get(cell).push(finding);
    }
  }

  let shown = null;
  function hide() {
    if (!shown) return;
    shown.link.removeAttribute("aria-describedby");
    if (shown.title) shown.cell.title = shown.title;
    shown = null;
    box.hidden = true;
  }

  function show(link) {
    const cell = link.closest("td");
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const said = byCell.get(cell.id) || (target ? [target] : []);
    if (!said.length || (shown && shown.link === link)) return;
    hide();
    const cause = target && target.querySelector(":scope > .cause, :scope > .diagnosis");
    box.replaceChildren(...[...said.map((finding) => finding.querySelector(".message")), cause].filter(Boolean).map((part) => {
      const line = document.createElement("p");
      line.textContent = words(part);
      return line;
    }));
    shown = { link, cell, title: cell.title };
    cell.removeAttribute("title");
    link.setAttribute("aria-describedby", box.id);
    box.hidden = false;
    place();
  }

  function place() {
    if (!shown) return;
    const at = shown.cell.getBoundingClientRect();
    const below = at.bottom + box.offsetHeight + 8 < document.documentElement.clientHeight;
    const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8);
    box.style.top = `${below ? at.bottom + 4 : Math.max(4, at.top - box.offsetHeight - 4)}px`;
    box.style.left = `${Math.max(8, left)}px`;
  }

  function linkOf(event) {
    const cell = event.target.closest && event.target.closest(".grid td.marked");
    return cell && cell.querySelector("a");
  }

  document.body.append(box);
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const link = linkOf(event);
      if (link) show(link); else hide();
    });
  }
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  window.addEventListener("scroll", place, { capture: true, passive: true }); // focus scrolls to what it comes to
})();

(() => {
  function told(finding, number) {
    const lines = [`${number}. ${words(finding.querySelector(":scope > .message"))}`];
    for (const part of finding.querySelectorAll(":scope > .diagnosis, :scope > .choice, :scope > .trail > div")) {
      if (part.tagName === "UL") lines.push(...[...part.children].map((one) => `   - ${words(one)}`));
      else if (part.tagName === "DIV") lines.push(`   ${[...part.children].map(words).join(" ")}`);
      else lines.push(`   ${words(part)}`);
    }
    for (const inner of finding.querySelectorAll(".inner-findings > li")) lines.push(`   - ${words(inner)}`);
    return lines.join("\n");
  }

  const texts = {
    "copy-findings": (button) => {
      const findings = [...document.querySelector("ol.findings").children];
      return [button.dataset.heading, ...findings.map((one, index) => told(one, index + 1)), ""].join("\n");
    },
    "copy-note": () => `${document.querySelector(".return-note").innerText}\n`,
  };

  function byHand(button, status, text) {
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.value = text;
    area.setAttribute("aria-label", words(button));
    button.parentElement.after(area);
    area.select();
    const copied = document.execCommand && document.execCommand("copy");
    if (copied) area.remove();
    status.textContent = copied ? button.dataset.copied : button.dataset.select;
  }

  for (const [id, text] of Object.entries(texts)) {
    const button = document.getElementById(id);
    if (!button) continue;
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text(button));
        status.textContent = button.dataset.copied;
      } catch {
        byHand(button, status, text(button));
      }
    });
  }
})();

// a table wider than the window begins where its most probably wrong cell is seen
for (const box of document.querySelectorAll(".scroll")) {
  const suspect = box.querySelector("td.suspect");
  const beyond = suspect ? suspect.getBoundingClientRect().right - box.getBoundingClientRect().right : 0;
  if (beyond > 0) box.scrollLeft += beyond + 8;
}
