/** What generated client stubs of revision 1 import; never changed after a release. */
export {};
