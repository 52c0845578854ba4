import { resolve } from "node:path";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const here = (path: string) => resolve(import.meta.dirname, path);

/** Where Django serves the build; the page itself and the service worker stand at /lapangan/. */
const FILES = "/static/built/field/";

/** The phone's build has a config of its own: no chunk is shared with the office, so neither can grow the other. */
export default defineConfig({
  root: here("field"),
  base: FILES,
  publicDir: false,
  plugins: [
    VitePWA({
      strategies: "injectManifest",
      srcDir: ".",
      filename: "sw.ts",
      registerType: "prompt",
      injectRegister: false,
      // A file of the server's own (web/static/brand): its address must not change, the installed app is known by it.
      manifest: false,
      injectManifest: {
        globPatterns: ["index.html", "assets/*.{js,css,svg}", "assets/*-latin-wght-*.woff2"],
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({
              ...entry,
              url: entry.url === "index.html" ? "/lapangan/" : FILES + entry.url,
            })),
            warnings: [],
          }),
        ],
      },
    }),
  ],
  define: { __BUILT_ON__: JSON.stringify(new Date().toISOString().slice(0, 10)) },
  build: {
    outDir: here("../src/perisai/web/static/built/field"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    // Android 8 phones still get Chrome; Safari 16 is the first that may install to the home screen with push.
    target: ["chrome87", "firefox115", "safari16"],
  },
});
