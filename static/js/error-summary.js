// Moves focus to the list of errors, so that everyone starts with what went wrong.
const summary = document.querySelector(".error-summary");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.focus({ preventScroll: true });
    (control.closest(".field") ?? control).scrollIntoView();
  });
}
