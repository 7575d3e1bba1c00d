import "@/ui/styles/index.css";
import "@/ui/styles/accents.css";
import "./portal.css";
import "./account.css";
import "@/theme/preferences";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "@/i18n";
import en from "./words/first.en.json";
import { createPortalRouter } from "./router";
import { followTabs } from "./session/session";

async function start(): Promise<void> {
  await startI18n({ en, es: () => import("./words/es") });
  followTabs();
  // A page brought back from the browser's memory must not show what a session left behind.
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  const root = document.getElementById("root");
  if (root)
    createRoot(root).render(
      <StrictMode>
        <RouterProvider router={createPortalRouter()} />
      </StrictMode>,
    );
}

// Not awaited at the top: a chunk of words that imports a chunk of this module would wait for itself.
void start();
