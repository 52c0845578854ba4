/** A screen that is loaded when it is first opened: what an agent does not open costs nothing at the start. */
import type { ComponentType } from "preact";
import { useAnswer } from "./use";

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: Promise<ComponentType<P>> | undefined;
  return function Later(given: P) {
    loaded ??= load();
    const promise = loaded;
    const Loaded = useAnswer(() => promise, [promise]);
    return Loaded ? <Loaded {...given} /> : null;
  };
}
