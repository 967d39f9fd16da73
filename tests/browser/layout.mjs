// How pages lie: nothing moves once it is seen, nothing covers what it belongs to, deep lists and wide tables keep their words.

import { at, Faults, launch, serve } from "./browser.mjs";

const [folder, hard, record] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const site = await serve(folder);

// Runs `look` on a page in a window of its own.
const on = async (path, options, look) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    await look(page, () => page.goto(at(site.url, path), { waitUntil: "load" }));
    await context.close();
};

await browser.close();
await site.close();
faults.end("layout");
