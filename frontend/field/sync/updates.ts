/** The service worker: it keeps the app itself on the phone, and never an answer of the office. */
import { signal } from "@preact/signals";

/** A new version that waits until the agent says so. */
const waiting = signal<ServiceWorker | null>(null);

/** Whether the app itself lies on the phone whole, so that every screen opens without signal. */
export const appKept = signal("serviceWorker" in navigator && navigator.serviceWorker.controller !== null);

export const useUpdate = (): boolean => waiting.value !== null;

export async function register(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/lapangan/sw.js", { scope: "/lapangan/" });
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) waiting.value = registration.waiting;
  };
  look();
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", look),
  );
  let reloaded = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    appKept.value = true;
    // Only after the agent asked: the first worker of all takes over without a reload.
    if (waiting.value && !reloaded) {
      reloaded = true;
      location.reload();
    }
  });
}

/** Everything that waits lies on the disk; the page starts anew with the new version. */
export const update = (): void => waiting.value?.postMessage("use the new version");

/** Asks the system to wake the app when there is signal again, where it can. */
export async function wakeWithSignal(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration("/lapangan/");
  await (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
    ?.register("signal")
    .catch(() => undefined);
}

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | null = null;

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event as InstallPrompt;
});

export const installed = (): boolean => matchMedia("(display-mode: standalone)").matches;

/** Opens the system's own question. False where there is none: then words must do. */
export async function install(): Promise<boolean> {
  if (!offered) return false;
  await offered.prompt();
  return true;
}
