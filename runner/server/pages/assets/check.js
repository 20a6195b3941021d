"use strict";
/*
 * One file: the form is sent as it is and the browser shows the page that comes back.
 * Several: they are sent together, and a line for each report leads to its page (the same form with the report chosen).
 * Without this script the form works all the same. Nothing is kept but in the variables of this page.
 */
(() => {
  const form = document.getElementById("check");
  const input = document.getElementById("files");
  const state = document.getElementById("state");
  const bar = document.getElementById("bar");
  const progress = document.getElementById("progress");
  const results = document.getElementById("results");
  const reports = document.getElementById("reports");

  const showState = (text, part) => {
    progress.hidden = false;
    state.textContent = text;
    if (part === undefined) bar.removeAttribute("value");
    else bar.value = part;
  };

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  /* a form of its own for each report: it opens beside this page, which keeps the files */
  const pageForm = (files, report) => {
    const own = element("form");
    own.method = "post";
    own.enctype = "multipart/form-data";
    own.action = form.action;
    own.target = "_blank";
    const held = element("input");
    held.type = "file";
    held.name = "file";
    held.multiple = true;
    held.hidden = true;
    held.files = files;
    const chosen = element("input");
    chosen.type = "hidden";
    chosen.name = "report";
    chosen.value = report;
    own.append(held, chosen, element("button", form.dataset.open));
    return own;
  };

  const findingLine = (finding) => {
    const line = element("li", undefined, "finding " + finding.severity);
    const message = element("p", undefined, "message");
    message.append(element("span", form.dataset[finding.severity], "severity " + finding.severity), " " + finding.message);
    line.append(message);
    return line;
  };

  const reportLine = (files, answer, report) => {
    const line = element("li");
    const name = [report.agency, report.year].filter(Boolean).join(" ") || report.report;
    line.append(element("h3", name), element("p", report.report, "hint"));
    if (report.reason) line.append(element("p", report.reason, "reason"));
    if (report.status === "unreadable") return line;
    const found = answer.findings.filter((one) => one.report === report.report && one.status === "fail" && one.severity !== "info");
    const list = element("ul", undefined, "found");
    list.append(...found.map(findingLine));
    if (found.length === 0 && report.status === "pass") line.append(element("p", form.dataset.none));
    line.append(list, pageForm(files, report.report));
    return line;
  };

  const showAnswer = (files, answer) => {
    progress.hidden = true;
    results.hidden = false;
    reports.replaceChildren(...answer.reports.map((report) => reportLine(files, answer, report)));
  };

  const sendTogether = (files) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const file of files) body.append("file", file);
    results.hidden = true;
    request.open("POST", form.dataset.answer);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) showState(form.dataset.sending, event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => showState(form.dataset.checking));
    request.addEventListener("error", () => showState(form.dataset.lost, 0));
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) showAnswer(files, request.response);
      else showState(request.response && request.response.error ? request.response.error.message : form.dataset.lost, 0);
    });
    showState(form.dataset.sending, 0);
    request.send(body);
  };

  const check = () => {
    if (input.files.length === 0) return;
    if (input.files.length > 1) {
      sendTogether(input.files);
      return;
    }
    showState(form.dataset.checking);
    form.submit();
  };

  input.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    check();
  });
  /* the page that comes back from the browser's memory is as it was left: ready for another file */
  window.addEventListener("pageshow", () => { progress.hidden = true; });
})();
