// Opens the form for a call on the page that someone reads; without it, the link leads to the form.
const links = document.querySelectorAll("a[data-ask]");

async function open(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  const isOpen = document.querySelector("#ask-here");
  if (isOpen) {
    show(isOpen);
    return;
  }
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.dataset.ask);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const section = page.querySelector("#ask-here");
    const { enhance } = await import(page.querySelector("script").src);
    document.querySelector("main .columns").before(section);
    enhance(section.querySelector("form"));
    section.querySelector("[data-close]").addEventListener("click", () => {
      section.remove();
      document.title = document.title.replace(/^Error: /, "");
      link.focus();
    });
    show(section);
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function show(section) {
  section.querySelector("h2").focus({ preventScroll: true });
  section.scrollIntoView();
}

for (const link of links) link.addEventListener("click", open);
