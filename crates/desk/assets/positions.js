
// Positions as of a day: a slider over the days on which something changed, beside the field for the date.
(() => {
  const form = document.querySelector("#as-of-form");
  if (!form) return;
  const days = form.dataset.days.split(" ").filter((day) => day);
  const field = form.querySelector("#as_of");
  if (days.length < 2) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(days.length - 1);
  slider.setAttribute("aria-label", "As of: days on which something changed");
  // The last of the days up to the one that is chosen.
  const after = field.value ? days.findIndex((day) => day > field.value) : -1;
  slider.value = String(after < 0 ? days.length - 1 : Math.max(0, after - 1));
  const show = () => {
    field.value = days[Number(slider.value)];
    slider.setAttribute("aria-valuetext", field.value);
  };
  slider.addEventListener("input", show);
  slider.addEventListener("change", () => {
    show();
    form.requestSubmit();
  });
  field.before(slider, " ");
})();
