import i18next from "i18next";
import account from "./account.en.json";
import "./later";

// What concerns one's own account brings its words along. Spanish comes whole.
i18next.addResourceBundle("en", "translation", account, true, true);
