import { createRoute } from "@tanstack/react-router";
import { FramePage } from "./FramePage";
import { rootRoute } from "./root";

export const frameRoute = createRoute({ getParentRoute: () => rootRoute, id: "frame", component: FramePage });
