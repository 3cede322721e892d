/** What generated server stubs of revision 1 import; never changed after a release. */
export {};
