import i18next from "i18next";
import later from "./later.en.json";

// Signing in and the inbox go without these words; what opens after them brings them along. Spanish comes whole.
i18next.addResourceBundle("en", "translation", later, true, true);
