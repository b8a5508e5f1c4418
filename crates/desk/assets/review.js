// Keys of buttons: whatever has `data-key` is pressed by it.
"use strict";
(() => {
  const { key } = window.onrecord;
  for (const one of document.querySelectorAll("main [data-key]")) {
    key(one.dataset.key, one.dataset.what, () => {
      const focus = one.dataset.focus && document.querySelector(one.dataset.focus);
      const field = focus && focus.querySelector("select, input:not([type=hidden])");
      if (field) {
        focus.scrollIntoView({ block: "nearest" });
        field.focus();
      } else one.click();
    });
  }
})();
