// Pictures of pages: NAME PAGE WIDTH SCHEME, for each, and after that words to search for, if any.

import { at, Faults, launch, serve } from "./browser.mjs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const [folder, target, ...shots] = process.argv.slice(2);
const faults = new Faults();
const browser = await launch();
const site = await serve(folder);
mkdirSync(target, { recursive: true });
for (const shot of shots) {
    const [name, path, width, colorScheme, ...words] = shot.split(" ");
    const viewport = { width: Number(width), height: Number(width) < 500 ? 844 : 860 };
    const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    const response = await page.goto(at(site.url, path), { waitUntil: "load" });
    faults.check(response.ok(), `there is no page ${path}`);
    if (words.length > 0) {
        await page.keyboard.press("/");
        await page.locator("[role=combobox]").fill(words.join(" "));
        await page.locator("[role=option] mark").first().waitFor();
    }
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(target, `${name}.png`) });
    await context.close();
}
await browser.close();
await site.close();
faults.end("screenshots");
