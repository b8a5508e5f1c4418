// A citation to copy, with the address of this desk before the path.
(() => {
  const cite = document.querySelector("#cite");
  const copy = document.querySelector("#copy");
  if (!cite || !copy) return;
  cite.textContent = cite.textContent.replace(/^\/record\//m, `${location.origin}/record/`);
  if (!navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(cite.textContent);
    document.querySelector("#copied").textContent = "Copied.";
  });
})();
