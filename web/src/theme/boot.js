// Runs before the first paint and sets what the reader chose: theme, density, language.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("threadwell.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    var density = localStorage.getItem("threadwell.density");
    if (density === "compact") root.dataset.density = density;
    var language = localStorage.getItem("threadwell.language");
    if (language === "en" || language === "es") root.lang = language;
  } catch {
    // Storage can be switched off; the system's theme and the page's own language stand then.
  }
})();
