/** What floats over the page, in one file: it is fetched when the first of them is about to open. */
export { MenuPopover } from "./MenuPopover";
export { Tooltip } from "./Tooltip";
