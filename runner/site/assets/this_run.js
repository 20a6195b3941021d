// The hour of the run and how long its steps took: what differs from run to run lies beside the collection.
"use strict";

(() => {
  const told = window.thisRun;
  const steps = document.getElementById("steps");
  if (!told || !steps) { return; }
  for (const place of steps.querySelectorAll("[data-step]")) {
    const seconds = told.seconds[place.dataset.step];
    place.textContent = seconds === undefined ? "–" : steps.dataset.seconds.replace("{seconds}", seconds.toFixed(1));
  }
  const line = document.createElement("div");
  const name = document.createElement("dt");
  const time = document.createElement("dd");
  name.textContent = steps.dataset.begun;
  time.textContent = told.begun;
  line.append(name, time);
  steps.prepend(line);
  steps.hidden = false;
})();
