/// <reference types="vite/client" />
/** Keeps the app itself on the phone: page, script, style, face. What the office says is never cached here. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

/** An event of Background Sync, which TypeScript's library does not know. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/lapangan/"), { allowlist: [/^\/lapangan\/?$/] }));

// The page that installs the app for the first time is served by it at once: its next screen may be without signal.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "use the new version") void self.skipWaiting();
});

// The keys of the outbox are in an open page only: the worker cannot send, but it can wake who can.
self.addEventListener("sync", (event) => {
  const woken = async () => {
    for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage("signal");
  };
  (event as SyncEvent).waitUntil(woken());
});
