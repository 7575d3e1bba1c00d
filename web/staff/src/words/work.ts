import i18next from "i18next";
import work from "./work.en.json";
import "./later";

// Searching and working together bring their words along. Spanish comes whole.
i18next.addResourceBundle("en", "translation", work, true, true);
