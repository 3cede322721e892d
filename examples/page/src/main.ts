/** Serves the pages until it is stopped. */
import { servePages } from "./serve.ts";

const { url } = await servePages(Number(process.env["PORT"] ?? 8080));
console.log(`The current page: ${url}/\nOne that is too old: ${url}/old`);
