// Moves focus to the list of errors, so that everyone starts with what went wrong.
export function showErrors() {
  document.querySelector(".error-summary")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.focus({ preventScroll: true });
  (control.closest(".field") ?? control).scrollIntoView();
});

showErrors();
