// In: renderer/index.html and what it imports. Out: .build/renderer, served by the browser door (and later the desktop one).
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../.build/renderer",
    emptyOutDir: true,
    target: "es2022",
    // A data: URL would need its own opening in the page's content security policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline-created script; every Chromium we serve preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
