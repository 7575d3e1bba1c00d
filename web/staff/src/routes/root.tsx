import { createRootRoute } from "@tanstack/react-router";
import { NotFound } from "../features/frame/NotFound";

export const rootRoute = createRootRoute({ notFoundComponent: NotFound });
