/** The commands as functions, for programs that want them without a process. */
export {};
