/** Where one is, kept behind the `#` of the address: it never reaches a server, and works without one. */
import { signal } from "@preact/signals";

const here = (): string => location.hash.slice(1) || "/";

export const place = signal(here());

window.addEventListener("hashchange", () => {
  place.value = here();
  scrollTo(0, 0);
});

export function go(path: string): void {
  location.hash = path;
}

/** Without a step in the history: "back" leads to where one was before. */
export function goInstead(path: string): void {
  history.replaceState(null, "", `#${path}`);
  place.value = here();
}

/** The parts of a path named in a pattern like `/peserta/:id`, or null when it does not fit. */
export function fits(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  const given = path.split("?")[0]?.split("/") ?? [];
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(":")) found[part.slice(1)] = decodeURIComponent(given[at] ?? "");
    else if (part !== given[at]) return null;
  }
  return found;
}
