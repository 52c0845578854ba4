/** A second press sends nothing twice: the first submit shuts the form's buttons (the server is idempotent anyway). */
export function submitOnce(root: Document = document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own name and value still travel with the form.
    setTimeout(() => setButtons(form, true));
  });
  // Coming back with the browser's back button finds the page as it was left: open the form again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
      delete form.dataset.sent;
      setButtons(form, false);
    }
  });
}

function setButtons(form: HTMLFormElement, shut: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")) {
    if (shut && !button.disabled) {
      button.disabled = true;
      button.dataset.shut = "yes";
      button.setAttribute("aria-busy", "true");
    } else if (!shut && button.dataset.shut) {
      button.disabled = false;
      delete button.dataset.shut;
      button.removeAttribute("aria-busy");
    }
  }
}
