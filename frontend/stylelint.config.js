/** The stylesheet of every page: no mistakes, nothing from elsewhere, no height that depends on the frame's. */
export default {
  extends: "stylelint-config-recommended",
  rules: {
    "color-named": "never",
    // The order is the page's, from top to bottom.
    "no-descending-specificity": null,
    "function-url-scheme-disallowed-list": ["/.*/"],
    "selector-max-id": 0,
    // They would grow with the frame, which grows with them.
    "unit-disallowed-list": ["vh", "dvh", "svh", "lvh"],
  },
};
