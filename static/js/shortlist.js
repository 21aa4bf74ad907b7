// Keeps a shortlist on this device, if its owner asks for that; the pages work without it.
const KEY = "shortlist";
const MOST = 20;
const PAGE = "/shortlist/";

function entries(query) {
  return [...new Set(new URLSearchParams(query).getAll("o"))].filter(Boolean).slice(0, MOST);
}

function address(list) {
  return list.length ? `${PAGE}?${list.map((entry) => `o=${entry}`).join("&")}` : PAGE;
}

function kept() {
  try {
    return entries(localStorage.getItem(KEY) ?? "");
  } catch {
    return []; // a browser may refuse to keep anything
  }
}

function keep(list) {
  try {
    if (list.length) localStorage.setItem(KEY, address(list).slice(PAGE.length + 1));
    else localStorage.removeItem(KEY);
  } catch {
    // then the address alone holds the list
  }
}

function same(one, other) {
  return one.length === other.length && one.every((entry, place) => entry === other[place]);
}

function spoken(count) {
  return count === 1 ? "1 occupation" : `${count} occupations`;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function link(words, list) {
  const made = document.createElement("a");
  made.href = address(list);
  made.textContent = words;
  return made;
}

function paragraph(...parts) {
  const made = document.createElement("p");
  made.append(...parts);
  return made;
}

function addLinks() {
  // “Add to shortlist” adds to the list of this device, and keeps it.
  for (const add of document.querySelectorAll("a[data-add]")) {
    const mine = kept();
    const list = [...new Set([...mine, add.dataset.add])];
    if (list.length > MOST) continue;
    add.href = address(list);
    if (mine.includes(add.dataset.add)) add.textContent = "On your shortlist";
    add.addEventListener("click", () => keep(list));
  }
}

function sayWhatIsKept(place, here) {
  const mine = kept();
  const say = (...parts) => {
    place.replaceChildren(...parts);
    place.hidden = parts.length === 0;
  };
  const forget = () => {
    keep([]);
    say(paragraph("This device keeps no shortlist now."));
  };
  const keepThis = () => {
    keep(here);
    sayWhatIsKept(place, here);
  };
  if (here.length && same(mine, here)) {
    say(paragraph("This device keeps this list."), button("Forget it", forget));
  } else if (mine.length) {
    const open = link(`Open the shortlist of this device: ${spoken(mine.length)}`, mine);
    say(
      paragraph(open),
      ...(here.length ? [button("Keep this list instead", keepThis)] : []),
      button("Forget it", forget),
    );
  } else if (here.length) {
    say(button("Keep this list on this device", keepThis));
  } else {
    say();
  }
}

function followChanges(here) {
  // Whoever takes out or moves an entry of the kept list means the kept list too.
  document.querySelector(".shortlist")?.addEventListener("click", (event) => {
    const changed = event.target.closest(".change a");
    if (changed && same(kept(), here)) keep(entries(changed.search));
  });
}

function offerCopyAndPrint(field) {
  const actions = field.closest("section").querySelector(".actions");
  const copy = button("Copy the address", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      copy.textContent = "Copied";
    } catch {
      field.focus();
      field.select();
    }
  });
  actions.append(copy, button("Print", () => window.print()));
}

addLinks();
const place = document.querySelector("[data-shortlist]");
if (place) {
  const here = entries(place.dataset.shortlist);
  sayWhatIsKept(place, here);
  followChanges(here);
  const field = document.querySelector("#address");
  if (field) offerCopyAndPrint(field);
}
