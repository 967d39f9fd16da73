// Pre-reads, opened from the disk: they ask for nothing, run nothing, fit every screen and print.

import { Faults, launch, listen, violations } from "./browser.mjs";
import { pathToFileURL } from "node:url";

const files = process.argv.slice(2).map((file) => pathToFileURL(file).href);
const faults = new Faults();
const browser = await launch();
for (const javaScriptEnabled of [true, false]) {
    for (const colorScheme of ["light", "dark"]) {
        for (const width of [320, 390, 1280]) {
            const context = await browser.newContext({ javaScriptEnabled, colorScheme, viewport: { width, height: 900 } });
            await context.exposeFunction("ran", () => faults.check(false, `${file}: a payload ran`));
            const page = await context.newPage();
            let file = "";
            const where = () => `${file} ${width} px ${colorScheme} ${javaScriptEnabled ? "with" : "without"} scripts`;
            // What would be asked for is refused by the page's own policy, which says so on the console.
            listen(page, faults, where, "file:///no-such-file");
            for (file of files) {
                page.removeAllListeners("request");
                page.on("request", (request) => faults.check(request.url() === file || request.url().startsWith("data:"), `${where()}: asks ${request.url()}`));
                await page.goto(file, { waitUntil: "load" });
                const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth).catch(() => 0);
                faults.check(overflow <= 0, `${where()}: sticks out by ${overflow} px`);
                faults.check((await page.locator(".asks").innerText()).includes("Decision needed"), `${where()}: does not say what is to be decided`);
                const marks = await page.locator("script, iframe, object, embed, form, link, [onerror], [onload], [onclick], [style]").count();
                faults.check(marks === 0, `${where()}: ${marks} parts that only a payload would bring`);
                for (const link of await page.locator("a").evaluateAll((links) => links.map((link) => String(link.href?.baseVal ?? link.href)))) {
                    faults.check(/^(https?:|mailto:)/.test(link) || link.startsWith(`${file}#`), `${where()}: links ${link}`);
                }
                if (javaScriptEnabled) {
                    for (const violation of await violations(page)) faults.check(false, `${where()}: ${violation}`);
                }
                const names = await page.locator("a[href^='#']").evaluateAll((links) => links.map((link) => decodeURIComponent(link.hash.slice(1))));
                for (const name of names) {
                    const there = await page.locator(`[id="${name.replace(/["\\]/g, "\\$&")}"]`).count();
                    faults.check(there === 1, `${where()}: #${name} leads to ${there} places`);
                }
            }
            await context.close();
        }
    }
}
const page = await browser.newPage();
for (const file of files) {
    await page.goto(file, { waitUntil: "load" });
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    faults.check(sheets >= 2 && sheets < 40, `${file}: prints on ${sheets} sheets`);
    // On paper the cover has a sheet of its own.
    await page.emulateMedia({ media: "print" });
    const apart = await page.locator(".sheet").evaluate((sheet) => getComputedStyle(sheet).breakBefore);
    faults.check(apart === "page", `${file}: the text follows the cover on one sheet`);
    await page.emulateMedia({ media: null });
}
await browser.close();
faults.end("pre-reads");
