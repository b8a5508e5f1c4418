// Keys, and links between records and their words. Every page can be read and used without it.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // What the keys do, for the page and for the list of them.
  const keys = new Map();
  const key = (name, what, act) => keys.set(name, { what, act });

  const records = () => all(".rec[id]");
  let here = null;

  function go(record) {
    if (!record) return;
    if (here) here.classList.remove("here");
    here = record;
    here.classList.add("here");
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("record", { detail: here }));
  }

  function step(by) {
    const list = records();
    if (list.length === 0) return;
    const at = here ? list.indexOf(here) : -1;
    const to = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
    go(list[to]);
  }

  key("/", "search", () => $("#find").focus());
  key("j", "next record", () => step(1));
  key("k", "previous record", () => step(-1));
  key("Enter", "open the record", () => here && here.dataset.href && location.assign(here.dataset.href));
  key("w", "why: what is behind it", () => {
    const why = here && $("details", here);
    if (why) why.open = !why.open;
    else if (here && here.dataset.href) location.assign(here.dataset.href);
  });
  key("?", "these keys", () => help());

  // `g`, then a letter, goes to a page.
  const pages = all(".top nav a").map((a) => [a.dataset.key, a]);
  let going = false;

  function help() {
    const dialog = $("#keys");
    dialog.textContent = "";
    const head = document.createElement("h2");
    head.id = "keys-head";
    head.textContent = "Keys";
    const list = document.createElement("dl");
    list.className = "facts";
    const row = (name, what) => {
      const dt = document.createElement("dt");
      for (const one of name === " " ? ["space"] : name.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = one;
        dt.append(kbd, " ");
      }
      const dd = document.createElement("dd");
      dd.textContent = what;
      list.append(dt, dd);
    };
    for (const [name, { what }] of keys) row(name, what);
    for (const [name, a] of pages) row(`g ${name}`, `to ${a.textContent}`);
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.append(head, list, close);
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || $("dialog[open]")) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    if (going) {
      going = false;
      const page = pages.find(([name]) => name === event.key);
      if (page) {
        event.preventDefault();
        location.assign(page[1].href);
      }
      return;
    }
    if (event.key === "g") {
      going = true;
      return;
    }
    // Enter and space do what they do on links and buttons.
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("a, button, summary")) return;
    const known = keys.get(event.key);
    if (known) {
      event.preventDefault();
      known.act();
    }
  });

  const button = $("#help");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  }

  // A record and its words light up together: every element of one record has its anchor as a class.
  const lit = (anchor, on) => all(`.${CSS.escape(anchor)}`).forEach((one) => one.classList.toggle("lit", on));
  const anchorOf = (element) => {
    const record = element && element.closest(".doc .rec, .doc .u");
    return record && (record.id.replace(/^e-/, "") || [...record.classList].find((name) => document.getElementById(name)));
  };
  document.addEventListener("pointerover", (event) => {
    const anchor = anchorOf(event.target);
    if (anchor) lit(anchor, true);
  });
  document.addEventListener("pointerout", (event) => {
    const anchor = anchorOf(event.target);
    if (anchor) lit(anchor, false);
  });
  document.addEventListener("record", (event) => {
    all(".chosen-words").forEach((one) => one.classList.remove("chosen-words"));
    if (!event.detail.closest(".doc")) return;
    all(`.u.${CSS.escape(event.detail.id)}`).forEach((one, i) => {
      one.classList.add("chosen-words");
      if (i === 0) one.scrollIntoView({ block: "nearest" });
    });
  });

  window.onrecord = { key, go, step, here: () => here, records };
})();
