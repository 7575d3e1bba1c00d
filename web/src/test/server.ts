import { setupServer } from "msw/node";

/** The mock of the API for tests; each test says what it answers. */
export const server = setupServer();
