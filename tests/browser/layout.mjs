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

// What is seen first stays where it is when scripts and data come.
for (const width of [390, 1280]) {
    for (const path of ["index.html", "log.html", "search.html", record]) {
        await on(path, { viewport: { width, height: 900 } }, async (page, open) => {
            await page.addInitScript(() => {
                window.moved = 0;
                const watch = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.moved += entry.value)));
                watch.observe({ type: "layout-shift", buffered: true });
            });
            await open();
            await page.waitForTimeout(600);
            const moved = await page.evaluate(() => window.moved);
            faults.check(moved < 0.02, `${path} ${width} px: moves by ${moved.toFixed(3)}`);
        });
    }
}

// The filters are there before their script is: what is typed into them meanwhile counts, with what the address asks for.
await on("log.html", {}, async (page) => {
    let hold;
    const held = new Promise((go) => (hold = go));
    await page.route(/static\/log\.js$/, (route) => held.then(() => route.continue()));
    await page.goto(`${site.url}log.html#status=accepted`, { waitUntil: "commit" });
    const words = page.locator("#log\\:filters [name=q]");
    await words.fill("Record 25");
    await words.press("Enter");
    hold();
    const found = () => document.querySelectorAll("#log\\:found tbody tr").length === 13 && /status=accepted.*q=Record/.test(location.hash);
    const is = await page.waitForFunction(found, null, { timeout: 20000 }).then(() => true, () => false);
    faults.check(is, `what is typed before the filters' script is there is lost: ${page.url()}`);
});

// A search that cannot be loaded leaves its page in peace, with the ways that are left.
await on("search.html", {}, async (page, open) => {
    let opened = 0;
    page.on("framenavigated", () => (opened += 1));
    await page.route(/search\/engine\.js$/, (route) => route.abort());
    await open();
    await page.waitForTimeout(600);
    faults.check(opened === 1, `the page of a search that cannot be loaded opens ${opened} times`);
    faults.check((await page.locator("main").innerText()).includes("The log"), "a search that cannot be loaded leads nowhere");
});

// Without scripts too, a drawing larger than its frame opens where most of its lines meet.
for (const javaScriptEnabled of [true, false]) {
    for (const width of [390, 1280]) {
        await on("log/graph.html", { javaScriptEnabled, viewport: { width, height: 844 } }, async (page, open) => {
            await open();
            const [hub, frame] = [await page.locator(".graph .hub").boundingBox(), await page.locator(".graph").boundingBox()];
            const is = (start, size) => hub[start] >= frame[start] && hub[start] + hub[size] <= frame[start] + frame[size];
            const words = `${width} px ${javaScriptEnabled ? "with" : "without"} scripts`;
            faults.check(is("x", "width") && is("y", "height"), `the graph does not open where its lines meet, ${words}`);
            faults.check(frame.height <= 844, `the graph is ${frame.height} px high, ${words}`);
        });
    }
}

// Who prints the graph finds it afterwards where it was left.
await on("log/graph.html", { viewport: { width: 390, height: 844 } }, async (page, open) => {
    await open();
    await page.waitForTimeout(200);
    const place = () => page.evaluate(() => [document.querySelector(".graph").scrollLeft, document.querySelector(".graph").scrollTop].map(Math.round).join());
    await page.evaluate(() => document.querySelector(".graph").scrollTo({ left: -5, top: 0, behavior: "instant" }));
    const before = await place();
    await page.emulateMedia({ media: "print" });
    await page.waitForTimeout(100);
    await page.emulateMedia({ media: "screen" });
    await page.waitForTimeout(200);
    faults.check((await place()) === before, `printing moves the graph from ${before} to ${await place()}`);
});

// The card of a reference at the foot of the window stands above it.
await on(record, { viewport: { width: 1280, height: 700 } }, async (page, open) => {
    await open();
    const reference = page.locator("main a.ref").last();
    await reference.evaluate((link) => scrollTo({ top: link.getBoundingClientRect().bottom + scrollY - innerHeight + 8, behavior: "instant" }));
    await page.keyboard.press("Tab");
    await reference.focus();
    const card = page.locator(".peek");
    await card.waitFor();
    const [above, below] = [await card.boundingBox(), await reference.boundingBox()];
    const isApart = above.y + above.height <= below.y || above.y >= below.y + below.height;
    faults.check(isApart, "a card covers the reference that it is about");
});

await on(hard, { viewport: { width: 390, height: 844 } }, async (page, open) => {
    await open();
    const narrowest = await page.evaluate(() => Math.min(...[...document.querySelectorAll(".text li")].map((item) => item.clientWidth)));
    faults.check(narrowest > 150, `a list item is ${narrowest} px wide`);
    // Text in letters from right to left begins at the right, with its bullets and its line.
    const sides = await page.evaluate(() => {
        const direction = (part) => getComputedStyle(document.querySelector(`[id="كلمات"] ~ ${part}`)).direction;
        const heading = document.querySelector('[id="كلمات"]');
        const range = document.createRange();
        range.selectNodeContents(heading.firstChild);
        return [direction("ul"), direction("blockquote"), range.getBoundingClientRect().right > heading.getBoundingClientRect().right - 60];
    });
    faults.check(sides.join() === "rtl,rtl,true", `letters from right to left are set ${sides}`);
});

// A head of a table is left out where nothing stands in it, and only there.
await on(hard, {}, async (page, open) => {
    await open();
    for (const media of ["screen", "print"]) {
        await page.emulateMedia({ media });
        const shown = (cell) => page.locator("table", { has: page.locator("td", { hasText: cell }) }).last().locator("thead").isVisible();
        const heads = [await shown(/^a$/), await shown(/^bare$/)];
        faults.check(heads.join() === "true,false", `heads of plain cells and of empty ones, on ${media}: ${heads}`);
    }
});

// On paper nothing is cut off: there a table cannot be scrolled.
await on(hard, { viewport: { width: 660, height: 900 } }, async (page, open) => {
    await page.emulateMedia({ media: "print" });
    await open();
    const cut = await page.evaluate(() => [...document.querySelectorAll("th, td")].filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1).length);
    faults.check(cut === 0, `${cut} cells of a table are cut off on paper`);
});

// In colours of the system only the way that is taken has a line below it.
await on("log.html", { forcedColors: "active" }, async (page, open) => {
    await open();
    const lines = await page.evaluate(() => {
        const canvas = getComputedStyle(document.documentElement).backgroundColor;
        return [...document.querySelectorAll(".ways a")].filter((way) => getComputedStyle(way).borderBlockEndColor !== canvas).length;
    });
    faults.check(lines === 1, `${lines} ways have a line below them in forced colours`);
});
await browser.close();
await site.close();
faults.end("layout");
