import i18next from "i18next";
import admin from "./admin.en.json";
import "./work";

// Running the practice brings its words along. Spanish comes whole.
i18next.addResourceBundle("en", "translation", admin, true, true);
