import "@/ui/styles/index.css";
import "@/theme/preferences";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "@/i18n";
import en from "./en.json";

await startI18n({ en, es: () => import("./es.json") });

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode>{null}</StrictMode>);
