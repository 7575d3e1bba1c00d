import account from "./account.es.json";
import admin from "./admin.es.json";
import first from "./first.es.json";
import later from "./later.es.json";
import work from "./work.es.json";

/** All of the staff app's Spanish words. */
export default { ...account, ...first, ...later, ...work, ...admin };
