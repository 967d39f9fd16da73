// What a reader waits for and downloads, in a real browser: the bytes of a first page and of a first query, the time from the
// index to its first result, and tasks that keep a page from answering.
//
//   cargo test --test browser pictures     # installs what drives the browser
//   NODE_MODULES_FOLDER=target/tmp/browser-modules node benches/reader.mjs SITE [RUNS]

import { at, launch, pagesOf, serve } from "../tests/browser/browser.mjs";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [folder, runs = "5"] = process.argv.slice(2);
const site = await serve(folder);
const browser = await launch();
const pages = pagesOf(folder);
const middle = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

// The bytes of what a page has asked for, as a server that compresses would send them.
const weigh = (urls) =>
    [...new Set(urls)].reduce((sum, url) => {
        const path = decodeURIComponent(new URL(url).pathname).slice(1) || "index.html";
        return sum + gzipSync(readFileSync(join(folder, path))).length;
    }, 0);

const open = async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const urls = [];
    page.on("request", (request) => urls.push(request.url()));
    await page.addInitScript(() => {
        window.long = [];
        new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask", buffered: true });
    });
    return { context, page, urls, long: () => page.evaluate(() => Math.max(0, ...window.long)) };
};

const largest = pages.map((page) => [statSync(join(folder, page)).size, page]).sort((one, other) => other[0] - one[0])[0];
console.log(`${pages.length} pages; the largest is ${largest[1]} with ${kilobytes(largest[0])}`);

const shown = ["index.html", "log.html", "log/board.html", "log/graph.html", "health.html", pages.find((page) => /^rfcs?\//.test(page))];
for (const path of shown.filter((path) => pages.includes(path))) {
    const tasks = [];
    let bytes = 0;
    for (let run = 0; run < Number(runs); run++) {
        const { context, page, urls, long } = await open();
        await page.goto(at(site.url, path), { waitUntil: "load" });
        bytes = weigh(urls);
        await page.waitForTimeout(1500);
        tasks.push(await long());
        await context.close();
    }
    console.log(`${path}: ${kilobytes(bytes)} gzipped for a first visit; longest task ${middle(tasks).toFixed(0)} ms`);
}

for (const query of ["7", "cache", "idempotency key", "object sto"]) {
    const [times, again, tasks] = [[], [], []];
    let bytes = 0;
    for (let run = 0; run < Number(runs); run++) {
        const { context, page, urls, long } = await open();
        await page.goto(at(site.url, "index.html"), { waitUntil: "load" });
        await page.waitForTimeout(300);
        await page.evaluate(() => (window.long.length = 0));
        const before = urls.length;
        await page.keyboard.press("/");
        const field = page.locator("[role=combobox]");
        await field.waitFor();
        // The time is taken in the page, from the keystroke to the first result in it.
        const ask = (words) =>
            page.evaluate(async (words) => {
                const field = document.querySelector("[role=combobox]");
                document.querySelectorAll("[role=option]").forEach((one) => (one.dataset.old = ""));
                const start = performance.now();
                field.value = words;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise((next) => setTimeout(next));
                while (!document.querySelector("[role=option][aria-selected=true]:not([data-old])")) await new Promise(requestAnimationFrame);
                return performance.now() - start;
            }, words);
        times.push(await ask(query));
        bytes = weigh(urls.slice(before));
        await ask("adr");
        again.push(await ask(query));
        tasks.push(await long());
        await context.close();
    }
    console.log(`“${query}”: ${kilobytes(bytes)} gzipped; first result after ${middle(times).toFixed(0)} ms, with the index loaded ${middle(again).toFixed(0)} ms; longest task ${middle(tasks).toFixed(0)} ms`);
}
await browser.close();
await site.close();
