/** Menus are native `details`, the drawer is a link target, dialogs are native: script only makes them politer. */
export function prepareMenus(root: Document = document): void {
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    for (const menu of root.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    const opener = target.closest<HTMLElement>("[data-opens]");
    const dialog = opener && root.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = target.closest("[data-closes]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog")?.close();
    }
    if (target.closest("[data-prints]")) window.print();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = root.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else if (location.hash === "#rail") {
      location.hash = "";
    }
  });
  // The name of the thing must be typed before its button works; without script the server asks.
  root.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    const wanted = input.dataset?.mustEqual;
    if (wanted === undefined) return;
    const button = input.form?.querySelector<HTMLButtonElement>("[data-waits]");
    if (button) button.disabled = input.value.trim() !== wanted;
  });
}
