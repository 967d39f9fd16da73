// Nothing that a record says ever runs, whatever is done with its pages.

import { at, Faults, launch, onDisk, pagesOf, serve } from "./browser.mjs";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...words] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const site = await serve(folder);

// Old addresses lead on at once; they are read, and not stayed on.
const onward = (path) => readFileSync(join(folder, path), "utf8").match(/http-equiv="refresh" content="0; ?url=([^"]*)"/)?.[1];
for (const path of pagesOf(folder)) {
    const target = onward(path);
    if (target) faults.check(/^[\w./%-]+\.html$/.test(target), `${path} leads on to ${target}`);
}

for (const base of [site.url, onDisk(folder)]) {
    const context = await browser.newContext();
    let path = "";
    const ran = (how) => faults.check(false, `${base} ${path}: ${how}`);
    await context.exposeFunction("ran", () => ran("a payload ran"));
    const page = await context.newPage();
    page.on("dialog", (dialog) => {
        ran(`a payload said ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on("request", (request) => {
        const url = request.url();
        const isOurs = url.startsWith(site.origin) || url.startsWith("file:") || url.startsWith("data:image/");
        // Pictures by https are the one thing from elsewhere that a text may show.
        const isPicture = request.resourceType() === "image" && url.startsWith("https:");
        faults.check(isOurs || isPicture, `${base} ${path}: asks ${url.slice(0, 100)}`);
    });
    for (path of pagesOf(folder).filter((path) => !onward(path))) {
        await page.goto(at(base, path), { waitUntil: "load" });
        // Whatever waits for a pointer, a key or a scroll gets it.
        await page.evaluate(() => {
            for (const part of document.querySelectorAll("main *")) {
                for (const name of ["mouseover", "pointerenter", "focus", "focusin", "toggle", "animationstart", "error", "load"]) {
                    part.dispatchEvent(new Event(name, { bubbles: true }));
                }
            }
        });
        const links = await page.evaluate(() => [...document.querySelectorAll("a[href], area[href], form[action], svg a")].map((link) => String(link.href?.baseVal ?? link.href ?? link.action)));
        for (const link of links) {
            faults.check(/^(https?|file|mailto):/.test(new URL(link, page.url()).href), `${base} ${path}: links ${link.slice(0, 80)}`);
        }
        const marks = await page.evaluate(() => document.querySelectorAll("main script, main iframe, main object, main embed, main form:not([id='log:filters']), main [onerror], main [onload], main [onclick], main [style]").length);
        faults.check(marks === 0, `${base} ${path}: ${marks} parts that only a payload would bring`);
    }
    // The search shows words of records, too.
    path = "search";
    await page.goto(at(base, "index.html"), { waitUntil: "load" });
    const field = page.locator("input[type=search]:visible").first();
    // On a busy machine a key may come before the page listens, or while the search still closes.
    const pressUntil = async (key, isVisible) => {
        for (let tries = 0; tries < 20 && (await field.isVisible()) !== isVisible; tries += 1) {
            await page.keyboard.press(key);
            await field.waitFor({ state: isVisible ? "visible" : "hidden", timeout: 2000 }).catch(() => {});
        }
    };
    for (const word of words) {
        await pressUntil("/", true);
        await field.fill(word, { timeout: 30000 });
        await page.waitForTimeout(150);
        await pressUntil("Escape", false);
    }
    await page.waitForTimeout(200);
    faults.check(true, "");
    await context.close();
}
await browser.close();
await site.close();
faults.end("hostile");
