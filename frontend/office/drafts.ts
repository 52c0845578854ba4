/**
 * What was typed is never lost: a form with `data-draft="key"` is kept in this tab's sessionStorage while it is filled
 * in, and put back when an expired session has sent the person through sign-in.
 *
 * Kept for one person only (`body[data-user]`), never in localStorage, thrown away at sign-out and once the server says
 * the form was taken. Passwords and fields with `data-draft-skip` are not kept.
 */
const PREFIX = "perisai:draft:";

interface Draft {
  readonly values: Record<string, string[]>;
  readonly sent: boolean;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function keepDrafts(root: Document = document, store: Storage = sessionStorage): void {
  const user = root.body.dataset.user ?? "";
  const page = root.body.dataset.page ?? "";
  root.addEventListener("submit", (event) => {
    if ((event.target as HTMLElement).hasAttribute("data-signs-out")) clear(store, PREFIX);
  });
  if (!user) {
    // At sign-in: whatever was on its way did not arrive, so it waits for its owner again.
    for (const name of names(store, PREFIX)) change(store, name, (draft) => ({ ...draft, sent: false }));
    return;
  }
  const mine = `${PREFIX}${user}:`;
  for (const name of names(store, PREFIX)) if (!name.startsWith(mine)) store.removeItem(name);
  for (const done of root.querySelectorAll<HTMLElement>("[data-draft-done]")) {
    store.removeItem(mine + done.dataset.draftDone);
  }
  const forms = [...root.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  if (page !== "error") {
    const here = new Set(forms.map((form) => mine + form.dataset.draft));
    for (const name of names(store, mine)) {
      if (!here.has(name) && read(store, name)?.sent) store.removeItem(name);
    }
  }
  for (const form of forms) watch(form, mine + form.dataset.draft, store);
}

function watch(form: HTMLFormElement, name: string, store: Storage): void {
  const draft = read(store, name);
  // A form that comes back with the server's findings already holds what was typed.
  if (draft && form.dataset.draftBound === undefined) {
    restore(form, draft);
    form.querySelector<HTMLElement>("[data-draft-notice]")?.removeAttribute("hidden");
  }
  const blank = collect(form);
  const keep = (sent: boolean) => write(store, name, { values: collect(form), sent });
  form.addEventListener("input", () => keep(false));
  form.addEventListener("change", () => keep(false));
  form.addEventListener("submit", () => keep(true));
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    store.removeItem(name);
    form.reset();
    form.querySelector<HTMLElement>("[data-draft-notice]")?.setAttribute("hidden", "");
  });
  if (form.dataset.draftBound !== undefined) write(store, name, { values: blank, sent: false });
}

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      !["hidden", "password", "file", "submit", "button"].includes(element.type) &&
      !element.hasAttribute("data-draft-skip"),
  );
}

export function collect(form: HTMLFormElement): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const field of fields(form)) {
    values[field.name] ??= [];
    if (isChoice(field) && !field.checked) continue;
    if (field instanceof HTMLSelectElement) {
      values[field.name]?.push(
        ...[...field.options].filter((option) => option.selected).map((option) => option.value),
      );
    } else {
      values[field.name]?.push(field.value);
    }
  }
  return values;
}

export function restore(form: HTMLFormElement, draft: Draft): void {
  for (const field of fields(form)) {
    const kept = draft.values[field.name];
    if (!kept) continue;
    if (isChoice(field)) field.checked = kept.includes(field.value);
    else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = kept.includes(option.value);
    } else field.value = kept.shift() ?? "";
    field.dispatchEvent(new Event("restored", { bubbles: true }));
  }
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function names(store: Storage, prefix: string): string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? "").filter((name) =>
    name.startsWith(prefix),
  );
}

function read(store: Storage, name: string): Draft | null {
  try {
    return JSON.parse(store.getItem(name) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function write(store: Storage, name: string, draft: Draft): void {
  try {
    store.setItem(name, JSON.stringify(draft));
  } catch {
    // The tab's storage is full or shut: the form works on without a draft.
  }
}

function change(store: Storage, name: string, by: (draft: Draft) => Draft): void {
  const draft = read(store, name);
  if (draft) write(store, name, by(draft));
}

function clear(store: Storage, prefix: string): void {
  for (const name of names(store, prefix)) store.removeItem(name);
}
