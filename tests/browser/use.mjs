// A reader with a keyboard: searches, narrows the log down, looks at a reference, chooses dark, prints.

import { at, Faults, launch, listen, onDisk, serve } from "./browser.mjs";

const [folder, record] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const [top, deep] = [await serve(folder, "/"), await serve(folder, "/a/b/")];

for (const base of [top.url, deep.url, onDisk(folder)]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const origin = base.startsWith("file:") ? "file:" : new URL(base).origin;
    listen(page, faults, () => base, origin);
    const is = (isRight, words) => faults.check(isRight, `${base}: ${words}`);
    const soon = (condition, argument) => page.waitForFunction(condition, argument, { timeout: 20000 }).then(() => true, () => false);

    // Search opens by a key, finds an id and a word, and Enter opens what is chosen.
    await page.goto(at(base, "index.html"), { waitUntil: "load" });
    const before = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => /search\/(?!open)/.test(one.name)).length);
    is(before === 0, "the search is loaded before it is opened");
    await page.keyboard.press("/");
    const field = page.locator("[role=combobox]");
    await field.waitFor({ timeout: 20000 });
    is(await field.evaluate((one) => one === document.activeElement), "the search does not take the focus");
    for (const id of ["rfc 1", "RFC-0001", "rfc1"]) {
        await field.fill(id);
        is(await soon(() => document.querySelector("[role=option][aria-selected=true]")?.textContent.includes("RFC-0001")), `“${id}” does not find RFC-0001`);
    }
    await field.fill("mermaid");
    is(await soon(() => document.querySelectorAll("[role=option] mark").length > 2), "words that match are not marked");
    const first = await field.getAttribute("aria-activedescendant");
    await page.keyboard.press("ArrowDown");
    is((await field.getAttribute("aria-activedescendant")) !== first, "the arrow keys choose nothing");
    await page.keyboard.press("Escape");
    is(await soon(() => !document.querySelector("dialog[open]")), "Escape does not close the search");
    await page.keyboard.press("Control+k");
    await field.fill("rfc 1");
    await soon(() => document.querySelector("[role=option][aria-selected=true]")?.textContent.includes("RFC-0001"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/rfc\/0001-/, { timeout: 20000 }).catch(() => is(false, "Enter does not open what is chosen"));

    // On the page of the search too, the key that opens it elsewhere does not spoil what is typed after it.
    await page.goto(at(base, "search.html"), { waitUntil: "load" });
    await field.waitFor({ timeout: 20000 });
    await field.focus();
    await page.keyboard.type("/rfc/1");
    is((await field.inputValue()) === "rfc/1", "a slash before what is searched for is typed, or one in it is not");

    // What is typed before the list is there stays, whenever the list comes.
    const words = page.locator("#log\\:filters [name=q]");
    let hold;
    const held = new Promise((go) => (hold = go));
    await page.route(/log\/data[^/]*\.js$/, (route) => held.then(() => route.continue()));
    await page.goto(at(base, "log.html"), { waitUntil: "load" });
    await words.waitFor({ state: "visible" });
    await words.focus();
    await page.keyboard.type("a");
    hold();
    is(await soon(() => document.querySelector("#log\\:filters [name=kind]").options.length > 2), "the list does not come");
    is(await soon(() => /q=a/.test(location.hash)), "what was typed before the list came is gone");
    await page.unroute(/log\/data[^/]*\.js$/);

    // A slash in a field is a letter, and arrow keys scroll.
    await page.goto(at(base, "index.html"), { waitUntil: "load" });
    await page.goto(at(base, "log.html"), { waitUntil: "load" });
    // The filters are there once their script is.
    await words.waitFor({ state: "visible" });
    await words.focus();
    await page.keyboard.type("a/b");
    is(await soon(() => document.querySelector("#log\\:filters [name=q]").value === "a/b"), "a slash cannot be typed");
    // Words are looked for in titles, ids and tags.
    await words.fill("checks formats");
    const found = () => [...document.querySelectorAll("#log\\:found .id")].map((id) => id.textContent).join() === "RFC-0001";
    is(await soon(found), "a word of a title and a tag do not find the record that has them");
    await words.fill("");
    is(await soon(() => document.querySelector("#log\\:found").hidden), "the list stays narrowed down when nothing is looked for");

    // The log narrows down by the keyboard alone, says so, and the address holds what was chosen.
    const kind = page.locator("#log\\:filters [name=kind]");
    await kind.focus();
    is(await soon(() => document.querySelector("#log\\:filters [name=kind]").options.length > 2), "the log's filters are not filled");
    await page.keyboard.press("E");
    await page.keyboard.press("Enter");
    is(await soon(() => /kind=/.test(location.hash)), "what was chosen is not in the address");
    is(await soon(() => document.querySelectorAll("#log\\:found tbody tr").length === 1), "the log is not narrowed down");
    is(await soon(() => /1\b/.test(document.querySelector("#log\\:filters [role=status]").textContent)), "nobody says how many are left");
    const shared = page.url();
    await page.goto("about:blank");
    await page.goto(shared, { waitUntil: "load" });
    is(await soon(() => document.querySelectorAll("#log\\:found tbody tr").length === 1), "an address that was passed on shows something else");

    // The graph opens where most of its lines meet, however small the window is.
    for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(at(base, "log/graph.html"), { waitUntil: "load" });
        const shown = await page.evaluate(() => {
            const hub = document.querySelector(".graph .hub").getBoundingClientRect();
            const frame = document.querySelector(".graph").getBoundingClientRect();
            return hub.left >= frame.left && hub.right <= frame.right && hub.top >= frame.top && hub.bottom <= frame.bottom;
        });
        is(shown, `the graph does not open where its lines meet, ${width} px wide`);
    }

    // On a small screen a register hides none of its columns.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(at(base, "log/register/metrics.html"), { waitUntil: "load" });
    const cut = await page.evaluate(() => [...document.querySelectorAll(".register td")].filter((cell) => cell.getBoundingClientRect().right > innerWidth).length);
    is(cut === 0, `${cut} cells of a register are out of sight`);
    await page.setViewportSize({ width: 1280, height: 900 });

    // A reference shows what it leads to, by focus, and Escape takes that away.
    await page.goto(at(base, record), { waitUntil: "load" });
    const reference = page.locator("main a.ref, main a.record").first();
    await reference.focus();
    is(await soon(() => document.querySelector(".peek .peek-title")?.textContent.length > 3), "no card for a reference with the focus");
    await page.keyboard.press("Escape");
    is(await soon(() => !document.querySelector(".peek")), "Escape does not take the card away");

    // Dark is kept from page to page, and set before anything is painted.
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.locator("header .theme").click();
    const dark = await ground();
    is(dark !== light, "the button for dark does nothing");
    await page.goto(at(base, "log.html"), { waitUntil: "commit" });
    await page.waitForSelector("body");
    is((await ground()) === dark, "dark is not kept");

    // The place in the table of contents follows the reader.
    await page.goto(at(base, record), { waitUntil: "load" });
    await page.evaluate(() => document.querySelector("article h2:nth-of-type(3)")?.scrollIntoView());
    is(await soon(() => document.querySelector("nav [aria-current]:not(header *)")), "the table of contents does not mark the place");

    // On paper a record has its head and its facts, and no navigation.
    await page.emulateMedia({ media: "print" });
    const paper = await page.evaluate(() => {
        const isShown = (part) => part.getClientRects().length > 0 && getComputedStyle(part).visibility !== "hidden";
        return {
            head: isShown(document.querySelector("h1")) && document.querySelector("main").innerText.includes("Approver"),
            navigation: [...document.querySelectorAll("nav, header button, [data-search], .skip")].filter(isShown).map((part) => part.className || part.tagName),
        };
    });
    is(paper.head, "a record on paper has no head");
    is(paper.navigation.length === 0, `a record on paper shows ${paper.navigation}`);
    const pdf = await page.pdf({ format: "A4" });
    is(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 10000, "a record cannot be printed");
    await context.close();
}

// A finger gets no cards.
const touch = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
const page = await touch.newPage();
await page.goto(at(top.url, record), { waitUntil: "load" });
const card = await page.evaluate(async () => {
    const reference = document.querySelector("main a.ref, main a.record");
    reference.addEventListener("click", (event) => event.preventDefault());
    for (const type of ["pointerenter", "pointerover"]) reference.dispatchEvent(new PointerEvent(type, { pointerType: "touch", bubbles: true }));
    await new Promise((later) => setTimeout(later, 800));
    return Boolean(document.querySelector(".peek"));
});
faults.check(!card, "a finger gets a card");
await touch.close();
await browser.close();
await Promise.all([top.close(), deep.close()]);
faults.end("use");
