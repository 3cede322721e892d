/** What a test of a contract, a server or a client needs instead of a network and a clock. */
export {};
