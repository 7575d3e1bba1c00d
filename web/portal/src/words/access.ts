import i18next from "i18next";
import access from "./access.en.json";

// Words of the pages about accounts: they come with the first such page. Spanish comes whole.
i18next.addResourceBundle("en", "translation", access, true, true);
