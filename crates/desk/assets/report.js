// A report and its records: what is selected is shown on both sides, and tied by a line.
(() => {
  const report = document.querySelector(".doc");
  if (!report || !window.onrecord) return;
  const svg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const { go, here } = window.onrecord;

  // Records can be stepped through, and lead to their line in the account.
  for (const record of report.querySelectorAll(".rec")) {
    record.tabIndex = -1;
    const line = record.querySelector(".to-line");
    if (line) record.dataset.href = line.href;
  }

  const links = svg("svg");
  links.classList.add("links");
  links.setAttribute("aria-hidden", "true");
  report.append(links);

  // From the last word of each passage in the text to the record beside it.
  function draw() {
    links.replaceChildren();
    const record = here();
    if (!record || !record.closest(".doc")) return;
    const kind = ["s", "e", "p", "f"].find((name) => record.classList.contains(name));
    links.setAttribute("class", `links ${kind || ""}`);
    const origin = report.getBoundingClientRect();
    const to = record.getBoundingClientRect();
    const x = to.left - origin.left;
    const y = to.top - origin.top + Math.min(14, to.height / 2);
    for (const passage of passages(record.id)) {
      const from = passage.closest(".text").getBoundingClientRect();
      const words = [...passage.getClientRects()].at(-1);
      if (!words) continue;
      const startX = words.right - origin.left;
      const startY = words.bottom - origin.top;
      const edge = from.right - origin.left + 4;
      const bend = (x - edge) / 2;
      const path = svg("path");
      path.setAttribute("d", `M${startX} ${startY}H${edge}C${edge + bend} ${startY} ${x - bend} ${y} ${x} ${y}`);
      links.append(path);
    }
  }

  // The last element of each passage: elements of one passage follow each other without a gap.
  function passages(anchor) {
    const all = [...report.querySelectorAll(`.u.${CSS.escape(anchor)}`)];
    const follows = (a, b) => {
      const gap = document.createRange();
      gap.setStartAfter(a);
      gap.setEndBefore(b);
      return a.closest(".text") === b.closest(".text") && gap.toString() === "";
    };
    return all.filter((one, i) => !all[i + 1] || !follows(one, all[i + 1]));
  }

  // The address names what is selected, so that it can be passed on; the page stays where it is.
  document.addEventListener("record", (event) => {
    const record = event.detail;
    if (!record.closest(".doc")) return;
    if (location.hash !== `#${record.id}`) {
      const top = scrollY;
      location.replace(`#${record.id}`);
      scrollTo({ top, behavior: "instant" });
      record.scrollIntoView({ block: "nearest" });
    }
    draw();
  });

  // Words lead to their record, a click on a record selects it, and so does an address.
  report.addEventListener("click", (event) => {
    if (event.target.closest("a:not(.go):not(.to-record), summary, button")) return;
    const link = event.target.closest("a.go, a.to-record");
    const record = link ? document.getElementById(link.hash.slice(1)) : event.target.closest(".rec");
    if (!record || getSelection().toString()) return;
    event.preventDefault();
    go(record);
  });
  const named = () => {
    const record = document.getElementById(decodeURIComponent(location.hash.slice(1)).replace(/^e-/, ""));
    if (record && record.matches(".doc .rec") && record !== here()) go(record);
  };
  addEventListener("hashchange", named);
  addEventListener("resize", draw);
  report.addEventListener("toggle", draw, true);
  named();
})();
