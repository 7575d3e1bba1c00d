import "@/ui/styles/index.css";
import "./staff.css";
import "@/theme/preferences";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "@/i18n";
import { App } from "./App";
import { publicPage } from "./app/publicPage";
import { startSession } from "./app/session";
import en from "./words/first.en.json";

async function start(): Promise<void> {
  // What a mail's link opens needs no session and looks for none.
  const session = publicPage() ? undefined : startSession();
  await startI18n({ en, es: () => import("./words/es") });
  await session;
  const root = document.getElementById("root");
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
}

// Not awaited at the top: a chunk that imports from this one would wait for itself.
void start();
