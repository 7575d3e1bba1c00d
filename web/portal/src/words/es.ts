import access from "./access.es.json";
import first from "./first.es.json";
import later from "./later.es.json";

/** All of the portal's Spanish words. */
export default { ...first, ...later, ...access };
