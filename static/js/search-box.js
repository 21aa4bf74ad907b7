// Suggests pages while one types into a search box, and lists the latest searches of this device.
// The ARIA pattern "editable combobox with list autocomplete"; without it the plain form works.
const KEY = "searches";
const MOST_KEPT = 5;
const FEWEST_LETTERS = 2;
const PAUSE = 120; // milliseconds without a key before the server is asked

function tidy(text) {
  return text.trim().replace(/\s+/g, " ");
}

function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return list.filter((one) => typeof one === "string" && one).slice(0, MOST_KEPT);
  } catch {
    return []; // a browser may refuse to keep anything
  }
}

function keep(text) {
  const others = kept().filter((one) => one.toLowerCase() !== text.toLowerCase());
  try {
    localStorage.setItem(KEY, JSON.stringify([text, ...others].slice(0, MOST_KEPT)));
  } catch {
    // then there are no recent searches
  }
}

function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

function made(tag, attributes = {}, ...parts) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...parts);
  return element;
}

function described({ title, code, edition, kind, note }) {
  // Spaces stand between the parts, so that they are read as words.
  return [
    ["name", title || "Only its code is in our copy"],
    ["code", code],
    ["note", edition ? `${kind}, ${edition}` : kind],
    ["note said", note],
  ].flatMap(([name, words]) => (words ? [made("span", { class: name }, words), " "] : []));
}

class SearchBox {
  #input;
  #popup;
  #heading;
  #list;
  #forget;
  #status;
  #choices = [];
  #active = -1;
  #timer;
  #asking;
  #answers = new Map();

  constructor(input) {
    this.#input = input;
    const id = `${input.id}-suggestions`;
    this.#heading = made("p", { class: "note" }, "Recent searches on this device");
    this.#list = made("ul", { id, role: "listbox", "aria-label": "Suggestions" });
    this.#list.tabIndex = -1; // else Tab stops at a list that scrolls
    this.#forget = made("button", { type: "button" }, "Clear recent searches");
    this.#popup = made("div", { class: "suggestions" }, this.#heading, this.#list, this.#forget);
    this.#popup.hidden = true;
    this.#status = made("p", { class: "visually-hidden", role: "status" });
    input.type = "text"; // a field of type search is no combobox to HTML
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-expanded": "false",
    })) {
      input.setAttribute(name, value);
    }
    input.after(this.#popup, this.#status);
    this.#listen();
  }

  get #text() {
    return tidy(this.#input.value);
  }

  get #isOpen() {
    return !this.#popup.hidden;
  }

  #listen() {
    const leaves = ({ relatedTarget }) => {
      const stays = relatedTarget === this.#input || this.#popup.contains(relatedTarget);
      if (!stays) this.close();
    };
    this.#input.addEventListener("input", () => this.#follow());
    this.#input.addEventListener("focus", () => this.#offerKept());
    this.#input.addEventListener("click", () => this.#offerKept());
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#input.addEventListener("focusout", leaves);
    this.#popup.addEventListener("focusout", leaves);
    this.#popup.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.#input.focus();
      this.close();
    });
    this.#popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const place = [...this.#list.children].indexOf(target.closest("[role=option]"));
      this.#choices[place]?.();
    });
    this.#forget.addEventListener("click", () => {
      forget();
      this.#input.focus();
      this.close();
      this.#say("Recent searches are cleared.");
    });
    this.#input.form.addEventListener("submit", () => {
      this.close();
      if (this.#text) keep(this.#text);
    });
  }

  #press(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#move(step);
    } else if (event.key === "Home" || event.key === "End") {
      this.#activate(-1); // and the cursor goes to that end of the text
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choices[this.#active]();
    } else if (event.key === "Escape" && (this.#isOpen || this.#input.value)) {
      event.preventDefault();
      if (!this.#isOpen) this.#input.value = "";
      this.close();
    }
  }

  async #move(step) {
    if (!this.#isOpen) {
      if (this.#text) await this.#suggest();
      else this.#offerKept();
    }
    const size = this.#choices.length;
    if (!this.#isOpen || !size) return;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    this.#activate((from + step + size) % size);
  }

  #activate(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === place));
    });
    const option = this.#list.children[place];
    if (option) {
      this.#input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #follow() {
    this.#stop();
    if (this.#text.length < FEWEST_LETTERS) {
      this.close();
      this.#offerKept();
    } else {
      this.#activate(-1);
      this.#timer = setTimeout(() => this.#suggest(), PAUSE);
    }
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  async #suggest() {
    this.#stop();
    const asked = this.#text;
    if (asked.length < FEWEST_LETTERS) return;
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const found = await this.#ask(asked, asking.signal);
      const isWanted = !asking.signal.aborted && asked === this.#text;
      if (isWanted && document.activeElement === this.#input) this.#offer(found);
    } catch {
      if (!asking.signal.aborted) this.close(); // no answer: the plain form is there
    }
  }

  async #ask(text, signal) {
    const address = new URL(this.#input.dataset.suggestions, location.href);
    address.searchParams.set("q", text.toLowerCase());
    for (const name of ["edition", "kind"]) {
      const value = this.#input.form.elements[name]?.value;
      if (value) address.searchParams.set(name, value);
    }
    if (!this.#answers.has(address.href)) {
      const answer = await fetch(address, { signal, credentials: "omit" });
      if (!answer.ok) throw new Error(answer.statusText);
      this.#answers.set(address.href, (await answer.json()).suggestions);
    }
    return this.#answers.get(address.href);
  }

  #offer(found) {
    const choices = found.map((one) => ({
      parts: described(one),
      choose: () => {
        keep(one.title || one.code);
        this.close();
        location.assign(one.url);
      },
    }));
    this.#show(choices, { label: "Suggestions", areKept: false });
    const count = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    this.#say(
      found.length
        ? `${count}. Use the up and down arrows to choose one.`
        : "No suggestions. Press Enter to search.",
    );
  }

  #offerKept() {
    const texts = kept();
    if (this.#isOpen || this.#input.value || !texts.length) return;
    const choices = texts.map((text) => ({
      parts: [text],
      choose: () => {
        this.#input.value = text;
        this.#input.form.requestSubmit();
      },
    }));
    this.#show(choices, { label: "Recent searches", areKept: true });
    this.#say(texts.length === 1 ? "1 recent search." : `${texts.length} recent searches.`);
  }

  #show(choices, { label, areKept }) {
    this.#choices = choices.map(({ choose }) => choose);
    this.#list.setAttribute("aria-label", label);
    this.#list.replaceChildren(
      ...choices.map(({ parts }, at) =>
        made("li", { id: `${this.#list.id}-${at}`, role: "option" }, ...parts),
      ),
    );
    this.#heading.hidden = this.#forget.hidden = !areKept;
    this.#popup.hidden = !choices.length;
    this.#input.setAttribute("aria-expanded", String(this.#isOpen));
    this.#activate(-1);
  }

  #say(words) {
    this.#status.textContent = words;
  }

  close() {
    this.#stop();
    this.#show([], { label: "Suggestions", areKept: false });
    this.#say("");
  }
}

const boxes = [...document.querySelectorAll("input[data-suggestions]")].map(
  (input) => new SearchBox(input),
);
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const box of boxes) box.close();
});
