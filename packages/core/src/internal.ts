/** Names for Concordat's own packages; outside the promise of stability. */
export {};
