import "@/ui/styles/index.css";
import "./staff.css";
import "@/theme/preferences";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "@/i18n";
import { router } from "./app/router";
import { queryClient, startSession } from "./app/session";
import en from "./en.json";

const session = startSession();
await startI18n({ en, es: () => import("./es.json") });
await session;

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
