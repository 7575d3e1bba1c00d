import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin, UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bootSource = () => readFileSync(here("./src/theme/boot.js"), "utf8");

/**
 * Puts `src/theme/boot.js` into the head as a classic, render-blocking script of its own: the theme
 * stands before the first paint, and the policy needs neither an inline script nor a nonce.
 */
function themeBoot(): Plugin {
  let base = "/";
  return {
    name: "threadwell-theme-boot",
    configResolved: (config) => void (base = config.base),
    configureServer(server) {
      server.middlewares.use(`${base}assets/theme-boot.js`, (_request, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(bootSource());
      });
    },
    buildStart() {
      if (this.environment.mode === "build")
        this.emitFile({ type: "asset", name: "theme-boot.js", source: bootSource() });
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const built = Object.values(bundle ?? {}).find(
          (file) => file.type === "asset" && file.names.includes("theme-boot.js"),
        );
        const src = base + (built?.fileName ?? "assets/theme-boot.js");
        return [{ tag: "script", attrs: { src }, injectTo: "head-prepend" }];
      },
    },
  };
}

/**
 * Leaves out the widgets' own words in languages that the product does not speak. The dictionary falls
 * back to English where a language is undefined.
 */
function ownLocalesOnly(): Plugin {
  const other = /react-aria[\w-]*\/.*\/intl\/(?:.*\/)?(?!en-US|es-ES)[a-z]{2}-[A-Z]{2}\.mjs$/;
  return {
    name: "threadwell-own-locales",
    enforce: "pre",
    load: (id) => (other.test(id) ? "export default undefined;" : undefined),
  };
}

/**
 * Empties the widgets' announcements by a way that the policy of trusted types allows. They set `innerHTML` to nothing, which is
 * an exception there: whoever typed a date would lose the page.
 */
function announcementsAsNodes(): Plugin {
  return {
    name: "threadwell-announcements-as-nodes",
    transform: {
      filter: { id: /react-aria\/dist\/private\/live-announcer\/LiveAnnouncer\.mjs$/ },
      handler(code) {
        const mended = code.replaceAll(/\.innerHTML = ''/g, ".replaceChildren()");
        if (mended === code || mended.includes("innerHTML")) this.error("the widgets announce in another way now");
        return { code: mended, map: null };
      },
    },
  };
}

/** The configuration that both apps share; `base` is where the server mounts the app. */
export function appConfig(app: "staff" | "portal", base: string, port: number): UserConfig {
  return {
    root: here(`./${app}`),
    base,
    publicDir: false,
    plugins: [ownLocalesOnly(), announcementsAsNodes(), react(), tailwindcss(), themeBoot()],
    resolve: { alias: { "@": here("./src") } },
    server: {
      port,
      proxy: { "/api": "http://localhost:4000" },
      fs: { allow: [here(".")] },
    },
    build: {
      outDir: here(`./dist/${app}`),
      emptyOutDir: true,
      // The policy allows fonts and images from the server alone, so nothing becomes a data: URI.
      assetsInlineLimit: 0,
      target: "es2022",
    },
  };
}
