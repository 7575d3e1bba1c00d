import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.ts"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ["{src,staff,portal}/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks, "jsx-a11y": jsxA11y },
    languageOptions: { globals: globals.browser },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // The one field of a page that just opened may take focus: dialogs, pickers, sign-in.
      "jsx-a11y/no-autofocus": "off",
      // Scrolling regions must be reachable by keyboard.
      "jsx-a11y/no-noninteractive-tabindex": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      // Nothing of a patient may reach these, and no other code has a reason to.
      "no-restricted-globals": [
        "error",
        { name: "sessionStorage", message: "Nothing is kept in the browser's storage." },
        { name: "localStorage", message: "Use src/theme/preferences.ts: display choices only." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text only." },
        { selector: "MemberExpression[property.name='innerHTML']", message: "Text only." },
      ],
    },
  },
  // Tests look into storage to prove that it is empty.
  { files: ["**/*.test.{ts,tsx}"], rules: { "no-restricted-globals": "off" } },
  { files: ["**/*.{js,mjs}", "*.ts"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
