/** Compares two releases and says what changed and whom it breaks. */
export {};
