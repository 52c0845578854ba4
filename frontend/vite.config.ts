/// <reference types="vitest/config" />
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import purgeCSSPlugin from "@fullhuman/postcss-purgecss";
import type { Plugin as PostcssPlugin } from "postcss";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => resolve(import.meta.dirname, path);
const packageFile = (path: string) => here(`node_modules/${path}`);

/** What the server reads from the build besides the manifest: icons for templates, TrueType faces for documents. */
function forTheServer(): Plugin {
  return {
    name: "perisai-for-the-server",
    apply: "build",
    generateBundle() {
      const names = readFileSync(here("office/icons.txt"), "utf8").split("\n").filter(Boolean);
      const icons: Record<string, string> = {};
      for (const name of names) {
        const svg = readFileSync(packageFile(`@tabler/icons/icons/outline/${name}.svg`), "utf8");
        icons[name] = svg
          .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
          .replaceAll(/\s*\n\s*/g, "");
      }
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(icons) });
      for (const weight of ["400Regular", "500Medium", "600SemiBold", "700Bold"]) {
        const file = `PlusJakartaSans_${weight}.ttf`;
        const source = readFileSync(packageFile(`@expo-google-fonts/plus-jakarta-sans/${weight}/${file}`));
        this.emitFile({ type: "asset", fileName: `paper-fonts/${file}`, source });
      }
    },
  };
}

/** Of Tabler's sheet only what a template, a view or a script names in full stays: 90 KB instead of 670. */
function onlyNamedTabler(): PostcssPlugin {
  const purge = purgeCSSPlugin({
    content: [here("../src/perisai/web/**/*.{html,py}"), here("office/**/*.ts")],
  }) as PostcssPlugin;
  return {
    postcssPlugin: "only-named-tabler",
    OnceExit: (root, helpers) =>
      helpers.result.opts.from?.endsWith("tabler.css") ? purge.OnceExit?.(root, helpers) : undefined,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [forTheServer()],
  css: { postcss: { plugins: [onlyNamedTabler()] } },
  build: {
    outDir: here("../src/perisai/web/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // The page policy lets fonts and styles come from files only.
    assetsInlineLimit: 0,
    // Chrome 109 is the last that runs on the old office machines.
    target: ["chrome109", "firefox115", "safari16"],
    rolldownOptions: { input: ["office/main.ts"] },
  },
  test: {
    environment: "happy-dom",
    include: ["{office,field}/**/*.test.{ts,tsx}", "generated/**/*.test.ts"],
    // A busy machine is no bug: tests are about answers, never about time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
