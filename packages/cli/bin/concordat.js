#!/usr/bin/env node
/** What npm links as `concordat`. A file of its own, because a fresh checkout is linked before it is built. */
await import("../dist/main.js");
