// The author of a record with the preview beside the editor: saves, breaks, mends, takes away.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Faults, launch, listen, violations } from "./browser.mjs";

const [url, folder, program] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 700 } });
const is = (isRight, words) => faults.check(isRight, words);
const soon = (page, condition, argument) => page.waitForFunction(condition, argument, { timeout: 30000 }).then(() => true, () => false);
const open = async (path, isHeard = true) => {
    const page = await context.newPage();
    if (isHeard) listen(page, faults, () => path, new URL(url).origin);
    await page.goto(url + path, { waitUntil: "load" });
    // A mark that a page loaded anew would not have.
    await page.evaluate(() => (window.isSame = true));
    return page;
};
const file = (path) => join(folder, path);
const change = (path, from, to) => {
    const text = readFileSync(file(path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
    writeFileSync(file(path), text.replace(from, to));
};
const says = (page, words) => soon(page, (words) => document.querySelector("main").textContent.includes(words), words);
const RECORD = "content/adr/0001-first.md";

// A save below the fold: the text is new, the page is the same, and so is the place in it.
const page = await open("adr/0001-first.html");
await page.evaluate(() => {
    document.getElementById("decision").scrollIntoView({ behavior: "instant" });
    document.querySelectorAll("main details").forEach((one) => (one.open = true));
    getSelection().selectAllChildren(document.querySelector("#decision + p"));
});
const place = () => page.evaluate(() => scrollY);
const before = await place();
change(RECORD, "Last words.", "Other last words.");
is(await says(page, "Other last words."), "a save does not reach the page");
is(await page.evaluate(() => window.isSame), "a change of the text loads the page anew");
is(before > 200 && (await place()) === before, `the place is lost: ${before}, ${await place()}`);
is((await page.evaluate(() => getSelection().toString())).length > 20, "what was selected is not selected any more");
is(await page.evaluate(() => [...document.querySelectorAll("main details")].every((one) => one.open)), "an open section is closed");

// A save above: what is being read stays where it is.
const top = () => page.evaluate(() => Math.round(document.getElementById("decision").getBoundingClientRect().top));
const stood = await top();
change(RECORD, "First words.", `${"First words, and more of them. ".repeat(40)}\n\nAnd more.`);
is(await says(page, "And more."), "a save above does not reach the page");
is(Math.abs((await top()) - stood) <= 2, `what is being read has moved from ${stood} to ${await top()}`);

// The table of contents goes on marking the place.
await page.evaluate(() => document.getElementById("consequences").scrollIntoView({ behavior: "instant" }));
is(await soon(page, () => document.querySelector(".contents [aria-current]")?.hash === "#consequences"), "the table of contents has stopped");
// A new heading needs the page anew, which comes back to its place.
const far = await place();
change(RECORD, "## Confirmation", "## Cost\n\nNone.\n\n## Confirmation");
is(await soon(page, () => Boolean(document.getElementById("cost")) && document.readyState === "complete"), "a new section does not come");
is(await soon(page, (far) => Math.abs(scrollY - far) < 2, far), `the place is lost with a new section: ${far}, ${await place()}`);
await page.evaluate(() => (window.isSame = true));

// A card says what its record says now.
change(RECORD, "And more.", "And more. See ADR-0002.");
is(await soon(page, () => Boolean(document.querySelector("article p a:is(.ref, .record)"))), "a reference does not come");
const card = async (words) => {
    await page.locator("article p a:is(.ref, .record)").first().focus({ timeout: 30000 }).catch(() => {});
    const isThere = await soon(page, (words) => document.querySelector(".peek")?.textContent.includes(words), words);
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement.blur());
    return isThere;
};
is(await card("Second"), "no card for a reference that came with a save");
change("content/adr/0002-second.md", 'title = "Second"', 'title = "Runner-up"');
is(await soon(page, () => document.querySelector('head script[src*="/cards/"]')?.src.includes("?")), "cards are not loaded again");
is(await card("Runner-up"), "a card says what its record said before");

// A script in a record is text or nothing.
await context.exposeFunction("ran", () => is(false, "a script of a record has run"));
change(RECORD, "Other last words.", "Third last words. <script>ran()</script><svg onload=ran()></svg> **bold**");
is(await says(page, "Third last words."), "a save with a script does not reach the page");

// What is wrong is shown over the page, as text, and goes with its cause.
const over = (page, words) => soon(page, (words) => document.querySelector("precedent-preview").shadowRoot.querySelector(".panel")?.textContent.includes(words), words);
const closed = (page) => soon(page, () => !document.querySelector("precedent-preview").shadowRoot.querySelector(".panel"));
const none = "[a](<nowhere-&lt;script&gt;ran()&lt;/script&gt;.md>)";
change(RECORD, "We decide,", `${none} We decide,`);
is(await over(page, "nowhere-<script>ran()</script>.md"), "a broken link is not shown over the page");
is((await over(page, RECORD)) && (await over(page, "line 19, column 6")), "nobody says where the link is");
await context.grantPermissions(["clipboard-read", "clipboard-write"]);
await page.locator("precedent-preview li.error .place").first().click();
is(await soon(page, (at) => navigator.clipboard.readText().then((text) => text === at), `${RECORD}:19:6`), "a place is not copied");
const complaints = await violations(page, false);
is(complaints.length === 0, `with findings over it: ${complaints}`);
const [width, right] = await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector("precedent-preview").getBoundingClientRect().right]);
is(width <= 1280 && right <= 1280, "the findings do not fit beside the page");
await page.locator("precedent-preview .close").click();
is(await closed(page), "the findings cannot be put away");
change(RECORD, "Third last words.", "Third last words, once more.");
is(await says(page, "Third last words, once more."), "a page with findings does not follow");
is(await closed(page), "what was put away comes back with the next save");
change(RECORD, none, "[a](<elsewhere.md>)");
is(await over(page, "elsewhere.md"), "another finding is not shown");
change(RECORD, "[a](<elsewhere.md>) ", "");
is(await closed(page), "what was mended is still shown");
change(RECORD, "Third last words, once more.", "Third last words.");
is(await says(page, "Third last words."), "a page without findings does not follow");

// What a step asks for besides does not make a record ready that has findings, and the question comes first.
const draft = await open("adr/0003-third.html");
is(await over(draft, "Proposed asks for nothing, while 1 finding is open."), "nothing is said of what is open before the next step");
const ready = await draft.evaluate(() => {
    const panel = document.querySelector("precedent-preview").shadowRoot.querySelector(".panel");
    const [title, first] = [panel?.querySelector("h3"), panel?.querySelector("li.error")];
    return { isFine: Boolean(panel?.querySelector(".fine")), isFirst: Boolean(first && title.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) };
});
is(!ready.isFine && ready.isFirst, `a record with findings looks ready: ${JSON.stringify(ready)}`);
await draft.close();

// What keeps the site from being built stands over the last good page.
mkdirSync(file("theme/templates"), { recursive: true });
writeFileSync(file("precedent.toml"), '[paths]\ntheme = "theme"\n');
writeFileSync(file("theme/templates/base.html"), "{% if %}");
is(await over(page, "could not be built"), "a fault of the theme is not shown");
is(await page.evaluate(() => document.querySelector("main").textContent.includes("Third last words.")), "the last good page is gone");
rmSync(file("theme/templates/base.html"));
is(await closed(page), "a fault of the theme is still shown");

// So does a page that its template cannot make, which is found only when it is made. The browser complains of the answer.
const home = await open("", false);
const title = await home.evaluate(() => document.querySelector("main h1").textContent);
writeFileSync(file("theme/templates/home.html"), '{% extends "default/home.html" %}{% block main %}{{ page.nowhere }}{% endblock main %}');
is(await over(home, "could not be made"), "a page that cannot be made does not say so");
is(await over(home, "theme/templates/home.html:1:"), "a page that cannot be made does not say where");
is(await home.evaluate((title) => window.isSame && document.querySelector("main h1").textContent === title, title), "the last good page gives way");
const fresh = await open("", false);
is(await fresh.evaluate(() => /\n *1 \|/.test(document.querySelector("pre").innerText)), "the reason is not shown line by line");
rmSync(file("theme/templates/home.html"));
is(await soon(home, () => document.querySelector("precedent-preview").hidden), "a page that can be made again does not say so");
is(await soon(fresh, (title) => document.querySelector("main h1")?.textContent === title, title), "a page does not come back");
await Promise.all([home.close(), fresh.close()]);
await page.evaluate(() => (window.isSame = true));

// Two tabs side by side, and one that is hidden meanwhile, see the same.
const second = await open("adr/0001-first.html");
change(RECORD, "Third last words.", "Fourth last words.");
is(await says(page, "Fourth last words."), "the first of two tabs does not follow");
is(await says(second, "Fourth last words."), "the second of two tabs does not follow");
const streams = await Promise.all([page, second].map((one) => one.evaluate(() => navigator.locks.query().then(({ held }) => held.length))));
is(streams.every((count) => count === 1), `the tabs hold ${streams} streams`);
// A hidden tab lets go of the stream, and sees what it has missed when it is seen again.
const hide = (one, isHidden) =>
    one.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
await hide(page, true);
change(RECORD, "Fourth last words.", "Words for one tab.");
is(await says(second, "Words for one tab."), "the tab that is seen does not take over");
is(await page.evaluate(() => !document.querySelector("main").textContent.includes("Words for one tab.")), "a hidden tab does work");
await hide(page, false);
is(await says(page, "Words for one tab."), "a tab that is seen again misses something");
change(RECORD, "Words for one tab.", "Fourth last words.");
is((await says(page, "Fourth last words.")) && (await says(second, "Fourth last words.")), "one of two tabs has stopped to follow");
const crowd = await Promise.all(Array.from({ length: 8 }, () => open("adr/0002-second.html")));
const queue = await second.evaluate(() => navigator.locks.query().then(({ held, pending }) => [held.length, pending.length]));
is(queue.join() === "1,9", `ten tabs hold and wait for ${queue}`);
change("content/adr/0002-second.md", "Last words.", "Words for a crowd.");
is((await Promise.all(crowd.map((one) => says(one, "Words for a crowd.")))).every(Boolean), "one of many tabs does not follow");
await Promise.all(crowd.map((one) => one.close()));
await page.close();
change(RECORD, "Fourth last words.", "Fifth last words.");
is(await says(second, "Fifth last words."), "the tab that is left does not follow");

// Style sheets and the log's own script: loaded anew.
const log = await open("log.html");
change(RECORD, "title = \"First\"", "title = \"First of all\"");
is(await says(log, "First of all"), "the log does not follow");
is(await says(second, "First of all"), "a title does not follow");
is(await soon(second, () => document.title.includes("First of all")), "the tab's title does not follow");

// A record that goes away, and comes back. The browser complains of what is not found.
await second.close();
const third = await open("adr/0001-first.html", false);
renameSync(file(RECORD), file("aside.md"));
is(await says(third, "No such page"), "a deleted record is still shown");
is(await says(third, RECORD), "nobody says which file is gone");
is(await third.evaluate(() => getComputedStyle(document.querySelector("h1")).fontFamily !== getComputedStyle(document.createElement("h1")).fontFamily && document.styleSheets.length > 2), "the page for what is not found has no style");
renameSync(file("aside.md"), file(RECORD));
is(await says(third, "Fifth last words."), "a record that is back is not shown");

await third.close();

// A preview that ends and starts again: the page says so, and catches up. The browser complains of what does not answer.
const start = async (port) => {
    const child = spawn(program, ["serve", "--port", port, "--as-of", "2026-02-02"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
    const [address] = await once(child.stdout, "data");
    // Findings may come with it.
    return { child, address: address.toString().split("\n")[0].trim() };
};
const one = await start("0");
const fourth = await context.newPage();
await fourth.goto(`${one.address}adr/0001-first.html`, { waitUntil: "load" });
is(await says(fourth, "Fifth last words."), "another preview of the same project shows something else");
one.child.kill();
await once(one.child, "exit");
const bar = (words) => soon(fourth, (words) => document.querySelector("precedent-preview").shadowRoot.textContent.includes(words), words);
is(await bar("has stopped"), "nobody says that the preview has stopped");
change(RECORD, "Fifth last words.", "Words of a night.");
const other = await start(new URL(one.address).port);
is(await says(fourth, "Words of a night."), "after a restart the page does not follow");
is(await soon(fourth, () => !document.querySelector("precedent-preview").shadowRoot.textContent.includes("has stopped")), "the preview is still said to have stopped");
change(RECORD, "Words of a night.", "Words of a morning.");
is(await says(fourth, "Words of a morning."), "after a restart the page follows once");
other.child.kill();

await browser.close();
faults.end("preview");
