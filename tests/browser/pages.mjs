// Every kind of page, small and wide, light and dark, with and without scripts: nothing complains, nothing sticks out.

import { at, Faults, launch, listen, pagesOf, serve, violations } from "./browser.mjs";

const [folder, ...named] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const site = await serve(folder);
const pages = pagesOf(folder);
for (const page of named) faults.check(pages.includes(page), `there is no page ${page}`);

for (const javaScriptEnabled of [true, false]) {
    for (const colorScheme of ["light", "dark"]) {
        for (const width of [390, 1280]) {
            const context = await browser.newContext({ javaScriptEnabled, colorScheme, viewport: { width, height: 900 } });
            const page = await context.newPage();
            let path = "";
            const where = () => `${path} ${width} px ${colorScheme} ${javaScriptEnabled ? "with" : "without"} scripts`;
            listen(page, faults, where, site.origin);
            for (path of named) {
                await page.goto(at(site.url, path), { waitUntil: "load" });
                // A page without scripts is measured by what would let it scroll.
                const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth).catch(() => 0);
                faults.check(overflow <= 0, `${where()}: sticks out by ${overflow} px`);
                const title = await page.title();
                faults.check(title.length > 0, `${where()}: has no title`);
                const text = await page.locator("main").innerText();
                faults.check(text.trim().length > 20, `${where()}: says nothing`);
                if (javaScriptEnabled) {
                    for (const violation of await violations(page)) faults.check(false, `${where()}: ${violation}`);
                }
            }
            await context.close();
        }
    }
}
// The narrowest screen that the guidelines ask for.
const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
const page = await context.newPage();
for (const path of named) {
    await page.goto(at(site.url, path), { waitUntil: "load" });
    const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    faults.check(overflow <= 0, `${path} 320 px: sticks out by ${overflow} px`);
}
await browser.close();
await site.close();
faults.end("pages");
