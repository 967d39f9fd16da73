// Every link and every anchor of every page leads somewhere: at the root, under a path, and from a folder on disk.

import { at, Faults, launch, onDisk, pagesOf, serve } from "./browser.mjs";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const pages = pagesOf(folder);
const [top, deep] = [await serve(folder, "/"), await serve(folder, "/a/b/")];

// The links of a page as the browser understands them, and what they may name on it.
const read = (page) =>
    page.evaluate(() => {
        const links = [...document.querySelectorAll("a[href], link[href], area[href]")].map((link) => link.href?.baseVal ? new URL(link.href.baseVal, document.baseURI).href : link.href);
        const parts = [...document.querySelectorAll("img[src], script[src]")].map((part) => part.src);
        const names = [...document.querySelectorAll("[id], a[name]")].map((part) => part.id || part.name);
        return { links: [...links, ...parts], names };
    });

for (const base of [top.url, deep.url, onDisk(folder)]) {
    const context = await browser.newContext();
    // Only what is written counts here; what scripts add is tried elsewhere.
    await context.route(/\.(css|js|png|svg|jpg)$/, (route) => route.abort());
    const page = await context.newPage();
    const seen = new Map();
    // What is found under no address knows its site only where that is served.
    const shown = base.startsWith("file:") ? pages.filter((path) => path !== "404.html") : pages;
    for (const path of shown) {
        await page.goto(at(base, path), { waitUntil: "domcontentloaded" });
        seen.set(path, await read(page));
    }
    const names = new Map([...seen].map(([path, { names }]) => [path, new Set(names)]));
    for (const [path, { links }] of seen) {
        for (const link of links.filter((link) => link.startsWith(base.startsWith("file:") ? "file:" : new URL(base).origin))) {
            const [address, fragment] = link.split("#");
            const below = address.startsWith(base) ? decodeURIComponent(address.slice(base.length)) : null;
            faults.check(below !== null, `${base} ${path}: ${link} leads out of the site`);
            if (below === null) continue;
            const file = below === "" || below.endsWith("/") ? `${below}index.html` : below;
            const isThere = existsSync(join(folder, file)) && statSync(join(folder, file)).isFile();
            faults.check(isThere, `${base} ${path}: ${link} leads nowhere`);
            const known = names.get(file);
            if (isThere && fragment && known && !/[=&]/.test(fragment)) {
                const name = decodeURIComponent(fragment);
                faults.check(name === "top" || known.has(name), `${base} ${path}: ${link} names nothing on its page`);
            }
        }
    }
    await context.close();
}
await browser.close();
await Promise.all([top.close(), deep.close()]);
faults.end("links");
