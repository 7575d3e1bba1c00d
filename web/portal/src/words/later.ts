import i18next from "i18next";
import later from "./later.en.json";

// The first screen goes without these words; the pages behind it bring them along. Spanish comes whole.
i18next.addResourceBundle("en", "translation", later, true, true);
