// The form for a call: offers the device's time zone, fills in the times, and sends with progress.
// Without it the form works too: it shows times on request and is sent as any form is.

function offerZone(form) {
  // The device's guess is offered, never forced.
  const zone = form.elements.time_zone;
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = ({ value, dataset }) => [value, ...(dataset.otherNames ?? "").split(" ")];
  const option = [...zone.options].find((each) => each.value && names(each).includes(name));
  if (!option || zone.value) return;
  const take = button(`Use ${option.textContent} time, as on this device`, () => {
    zone.value = option.value;
    zone.focus();
    zone.dispatchEvent(new Event("change"));
  });
  zone.after(take);
  zone.addEventListener("change", () => {
    take.hidden = Boolean(zone.value);
  });
}

function takeOnlyZone(form) {
  // A country with one time needs no answer about the city; what was filled in goes with it.
  const { country, time_zone: zone } = form.elements;
  let filledIn = "";
  country.addEventListener("change", () => {
    if (zone.value !== filledIn) return;
    const label = country.selectedOptions[0].textContent;
    const group = [...zone.querySelectorAll("optgroup")].find((each) => each.label === label);
    filledIn = group?.children.length === 1 ? group.firstElementChild.value : "";
    if (zone.value === filledIn) return;
    zone.value = filledIn;
    zone.dispatchEvent(new Event("change"));
  });
}

function fillTimes(form) {
  const { time_zone: zone, callback_day: day, callback } = form.elements;
  const offer = form.querySelector(".offer");
  const wrapper = callback.closest(".times");
  offer.querySelector("button").hidden = true;
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  offer.append(status);
  let asked = 0;

  async function show() {
    const mine = ++asked;
    const address = new URL(form.dataset.times, location.href);
    address.searchParams.set("time_zone", zone.value);
    if (/^\d/.test(day.value)) address.searchParams.set("day", day.value);
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return; // another answer is on its way
      for (const field of [day, callback]) {
        const chosen = field.value;
        field.replaceChildren(...page.querySelectorAll(`[data-of=${field.name}] > *`));
        field.value = chosen;
        if (!field.value) field.selectedIndex = 0;
      }
      form.querySelector(".no-call").replaceWith(page.querySelector(".no-call"));
      offer.querySelector(".hint:not([role])")?.toggleAttribute("hidden", Boolean(zone.value));
      wrapper.hidden = callback.options.length < 2;
      status.textContent = wrapper.hidden ? "" : "Choose a time below.";
    } catch {
      offer.querySelector("button").hidden = false; // then the old way must do
    }
  }

  zone.addEventListener("change", show);
  day.addEventListener("change", () => {
    callback.value = "";
    if (/^\d/.test(day.value)) show();
    else wrapper.hidden = true;
  });
}

function weighFile(form) {
  // Tell at once that a file is too big, before a slow line has carried it.
  const file = form.elements.resume;
  const said = document.createElement("p");
  said.className = "error";
  said.setAttribute("role", "status");
  file.after(said);
  file.addEventListener("change", () => {
    const size = file.files[0]?.size ?? 0;
    const isTooBig = size > Number(file.dataset.mostBytes);
    said.textContent = isTooBig
      ? `This file has ${(size / 1024 / 1024).toFixed(1)} MB. We can take up to 5 MB.`
      : "";
  });
}

function sendInPlace(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "show_times") return;
    event.preventDefault();
    if (form.dataset.isSent) return; // once is enough
    form.dataset.isSent = "yes";
    send(form);
  });
}

function send(form) {
  const place = form.querySelector(".sending");
  const request = new XMLHttpRequest();
  const hasFile = form.elements.resume.files.length > 0;
  const bar = hasFile ? progress(place, request) : null;
  say(place, hasFile ? "Sending your answers and your file." : "Sending your answers.");
  const fail = (words) => {
    delete form.dataset.isSent;
    bar?.remove();
    say(place, words);
    place.classList.add("error");
  };
  place.classList.remove("error");
  request.responseType = "document";
  request.addEventListener("load", () => {
    const answer = request.response?.querySelector("form.ask");
    const address = new URL(request.responseURL || form.action, location.href);
    if (request.status < 400 && address.pathname !== new URL(form.action).pathname) {
      location.assign(address);
    } else if (answer) {
      replace(form, answer, request.response);
    } else if (request.status === 413 || request.status === 400) {
      fail("It was too big, or damaged on its way. Choose one file up to 5 MB, or send none.");
    } else {
      fail("Something went wrong on our side. Your answers are still here. Send them again.");
    }
  });
  request.addEventListener("error", () => {
    fail("We could not be reached. Your answers are still here. Send them again.");
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function progress(place, request) {
  const line = document.createElement("p");
  const bar = document.createElement("progress");
  const told = document.createElement("span");
  bar.max = 100;
  bar.setAttribute("aria-label", "Sending your file");
  line.append(bar, " ", told);
  place.before(line);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? Math.round((loaded / total) * 100) : 0;
    told.textContent = `${bar.value} % of ${(total / 1024 / 1024).toFixed(1)} MB`;
  });
  request.upload.addEventListener("load", () => {
    told.textContent = "Sent. We are checking the file.";
  });
  return line;
}

function say(place, words) {
  place.textContent = words;
}

async function replace(form, answer, page) {
  // The page came back with something to put right: show its form in place of this one.
  const isOwnPage = location.pathname === new URL(form.action).pathname;
  const hasErrors = page.title.startsWith("Error: ");
  if (isOwnPage) document.title = page.title;
  else document.title = (hasErrors ? "Error: " : "") + document.title.replace(/^Error: /, "");
  const script = answer.querySelector("script[src*='error-summary']");
  form.replaceWith(answer);
  enhance(answer);
  if (script) (await import(script.src)).showErrors();
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

export function enhance(form) {
  offerZone(form);
  takeOnlyZone(form);
  fillTimes(form);
  weighFile(form);
  sendInPlace(form);
}

for (const form of document.querySelectorAll("form.ask")) enhance(form);

// Whoever goes back to the form may send it again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.ask")) {
    delete form.dataset.isSent;
    form.querySelector(".sending").textContent = "";
  }
});
