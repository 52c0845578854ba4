/**
 * Keys of the office: `/` search, `j` `k` move in the list, `Enter` opens, `?` shows the keys, and any element with
 * `data-key` answers its own letter. Nothing happens while somebody types, or with Ctrl, Alt or Meta held.
 */
export function listenForKeys(root: Document = document): void {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // A key held down walks on through a list but never decides twice.
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    const target = event.target as HTMLElement;
    if (isTyping(target)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (root.querySelector("dialog[open]")) return;
    if (answer(root, event.key)) event.preventDefault();
  });
}

function isTyping(element: HTMLElement): boolean {
  return element.matches?.("input, textarea, select, [contenteditable]") ?? false;
}

function answer(root: Document, key: string): boolean {
  if (key === "/") return focusFirst(root, "[data-search]");
  if (key === "?") return showKeys(root);
  if (key === "j") return step(root, 1);
  if (key === "k") return step(root, -1);
  if (key.length !== 1) return false;
  const own = root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (!own) return false;
  own.focus();
  own.click();
  return true;
}

function focusFirst(root: Document, selector: string): boolean {
  const found = root.querySelector<HTMLInputElement>(selector);
  found?.focus();
  found?.select?.();
  return found !== null;
}

function showKeys(root: Document): boolean {
  const dialog = root.querySelector<HTMLDialogElement>("#keys");
  dialog?.showModal();
  return dialog !== null;
}

/** Moves to the next or previous row; a row is focused through its first link, so `Enter` opens it natively. */
function step(root: Document, by: 1 | -1): boolean {
  const links = [
    ...root.querySelectorAll<HTMLElement>("[data-rows] [data-row] a[href], [data-rows] a[data-row]"),
  ].filter(
    (link, index, all) => index === 0 || link.closest("[data-row]") !== all[index - 1]?.closest("[data-row]"),
  );
  if (links.length === 0) return false;
  const now = links.findIndex((link) => link.closest("[data-row]")?.contains(root.activeElement));
  const next = links[Math.min(links.length - 1, Math.max(0, now + by))];
  next?.focus();
  next?.scrollIntoView?.({ block: "nearest" });
  return true;
}
