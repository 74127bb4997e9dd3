import js from "@eslint/js";
import globals from "globals";
import jsdoc from "eslint-plugin-jsdoc";

/** What keeps the code small, plain, and safe where it meets foreign text. */
const honest = {
  "array-callback-return": "error",
  "arrow-body-style": "error",
  "complexity": ["error", 8],
  "consistent-return": "error",
  "curly": "error",
  "default-case": "error",
  "eqeqeq": "error",
  "max-depth": ["error", 2],
  "max-lines": ["error", 250],
  "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
  "max-params": ["error", 3],
  "no-alert": "error",
  "no-console": "error",
  "no-else-return": "error",
  "no-eval": "error",
  "no-implicit-coercion": "error",
  "no-implied-eval": "error",
  "no-param-reassign": "error",
  "no-restricted-globals": ["error", "event", "name", "parent", "top", "status", "length"],
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "what is foreign goes in as text" },
    { property: "outerHTML", message: "what is foreign goes in as text" },
    { property: "insertAdjacentHTML", message: "what is foreign goes in as text" },
    { object: "document", property: "write" },
    { object: "document", property: "cookie", message: "there are none in a frame" },
  ],
  "no-shadow": "error",
  "no-unneeded-ternary": "error",
  "no-unused-vars": "error",
  "no-useless-rename": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  "require-unicode-regexp": "error",
  "strict": ["error", "never"],
};

/** The platform's library is spoken with in one module alone, and storage in another. */
const rooms = [
  {
    files: ["**/static/*.js"],
    ignores: ["**/static/frame.js"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "[name='BX24']", message: "frame.js alone speaks with the platform" },
        { selector: "[name='postMessage']", message: "frame.js alone speaks with the platform" },
      ],
    },
  },
  {
    files: ["**/static/*.js"],
    ignores: ["**/static/storage.js"],
    rules: {
      "no-restricted-globals": ["error", "event", "name", "parent", "top", "localStorage", "sessionStorage"],
    },
  },
];

/** Every declaration says what it is; types belong to tsc, which reads the same comments. */
const documented = {
  "jsdoc/require-jsdoc": ["error", { publicOnly: false, require: { FunctionDeclaration: true } }],
  "jsdoc/require-param": "error",
  "jsdoc/require-param-name": "error",
  "jsdoc/check-param-names": "error",
  "jsdoc/require-returns": "error",
  "jsdoc/check-tag-names": ["error", { typed: false }],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.js"], plugins: { jsdoc }, rules: { ...js.configs.recommended.rules, ...honest, ...documented } },
  { files: ["**/static/*.js"], languageOptions: { globals: globals.browser } },
  ...rooms,
  {
    files: ["**/tests/*.js", "**/interop/*.js", "**/*.config.js"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { "max-lines": ["error", 400], "max-lines-per-function": "off", "no-restricted-properties": "off" },
  },
];
