/** What screens ask of the open vault; each is drawn again when the answer changes. */
import { useEffect, useState } from "preact/hooks";
import type { CommandRow } from "../store/tables";
import { type Vault, vault } from "../store/vault";
import type { Kind, Rows } from "../wire/shapes";

/** The open vault. Screens that ask for it are only drawn while there is one. */
export function useVault(): Vault {
  const open = vault.value;
  if (!open) throw new Error("no vault is open");
  return open;
}

/** The answer of `ask`, undefined until it is there; asked again when one of `on` changes. */
export function useAnswer<T>(ask: () => Promise<T>, on: readonly unknown[]): T | undefined {
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    let wanted = true;
    void ask().then(
      (found) => {
        if (wanted) setAnswer(() => found);
      },
      (problem) => {
        // The vault was locked while its answer was on the way: nobody waits for it any more.
        if (wanted) throw problem;
      },
    );
    return () => {
      wanted = false;
    };
  }, on);
  return answer;
}

/** All rows of a kind in the copy; undefined while the first look at them goes on. */
export function useRows<K extends Kind>(kind: K): readonly Rows[K][] | undefined {
  const { copy } = useVault();
  return useAnswer(() => copy.all(kind), [copy, kind, copy.version.value]);
}

export function useRow<K extends Kind>(kind: K, id: string): Rows[K] | null | undefined {
  const { copy } = useVault();
  return useAnswer(async () => (await copy.one(kind, id)) ?? null, [copy, kind, id, copy.version.value]);
}

/** The rows of one member or period. */
export function useGroup<K extends "code" | "month" | "line">(
  kind: K,
  group: string,
): readonly Rows[K][] | undefined {
  const { copy } = useVault();
  return useAnswer(() => copy.of(kind, group), [copy, kind, group, copy.version.value]);
}

/** The outbox in the order in which it was filled, from this tab and others. */
export function useOutbox(): readonly CommandRow[] | undefined {
  const { commands } = useVault();
  const [rows, setRows] = useState<readonly CommandRow[]>();
  useEffect(() => commands.watch(setRows), [commands]);
  return rows;
}
