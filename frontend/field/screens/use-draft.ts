/** A form that is kept at every keystroke: kill the app, and it stands where it stood. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useVault } from "../parts/use";

export interface Kept<T> {
  /** Undefined while it is read, null when there is no such draft (any more). */
  readonly value: T | null | undefined;
  /** What changes, or how to find it from what stands there now: for an answer that comes later. */
  readonly change: (change: Partial<T> | ((now: T) => Partial<T>)) => void;
  /** The phone has no room: what is on the screen is not on the disk. */
  readonly full: boolean;
}

/** With `blank` a form that nobody has begun is there, too; it becomes a draft with the first change. */
export function useDraft<T extends object>(id: string, kind: string, blank: T | null = null): Kept<T> {
  const { drafts } = useVault();
  const [value, setValue] = useState<T | null>();
  const [full, setFull] = useState(false);
  const newest = useRef<T | null>(null);
  const first = useRef(blank);
  useEffect(() => {
    let wanted = true;
    void drafts.find<T>(id).then((found) => {
      if (!wanted) return;
      newest.current = found?.value ?? first.current;
      setValue(newest.current);
    });
    return () => {
      wanted = false;
    };
  }, [drafts, id]);
  const change = useCallback(
    (change: Partial<T> | ((now: T) => Partial<T>)) => {
      if (!newest.current) return;
      newest.current = {
        ...newest.current,
        ...(typeof change === "function" ? change(newest.current) : change),
      };
      setValue(newest.current);
      drafts.keep(id, kind, newest.current).then(
        () => setFull(false),
        () => setFull(true),
      );
    },
    [drafts, id, kind],
  );
  return { value, change, full };
}
