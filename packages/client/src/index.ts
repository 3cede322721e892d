/** What an application author needs to call a contract. */
export {};
