/** What an application author needs to serve a contract. */
export {};
