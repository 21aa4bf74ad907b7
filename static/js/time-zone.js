// Offers the device's own time zone, and shows the times of a call in the zone that was chosen.
const zone = document.querySelector("#id_time_zone");
const callback = document.querySelector("#id_callback");
const offer = document.querySelector(".offer");

function deviceOption() {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = ({ value, dataset }) => [value, ...(dataset.otherNames ?? "").split(" ")];
  return [...zone.options].find((option) => option.value && names(option).includes(name));
}

async function showTimes() {
  const address = new URL(location.pathname, location.href);
  address.searchParams.set("time_zone", zone.value);
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const chosen = callback.value;
  callback.replaceChildren(...page.querySelectorAll("#id_callback > *"));
  callback.value = chosen;
  if (!callback.value) callback.selectedIndex = 0;
  offer.querySelector(".hint")?.toggleAttribute("hidden", Boolean(zone.value));
}

if (zone && callback && offer) {
  const show = offer.querySelector("button");
  show.hidden = true;
  zone.addEventListener("change", showTimes);
  const option = deviceOption();
  if (option && !zone.value) {
    const take = document.createElement("button");
    take.type = "button";
    take.className = "button quiet";
    take.textContent = `Use ${option.textContent} time, as on this device`;
    take.addEventListener("click", () => {
      zone.value = option.value;
      take.hidden = true;
      zone.focus();
      showTimes();
    });
    show.before(take);
  }
}
