/** What an application author writes and catches: contracts, releases, errors. */
export {};
