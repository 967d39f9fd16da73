// A browser, a server for a folder, and a list of what went wrong.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

// The modules lie where the test has installed them, and not beside this file.
const require = createRequire(join(resolve(process.env.NODE_MODULES_FOLDER), "of-the-test.js"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const TYPES = {
    html: "text/html; charset=utf-8",
    css: "text/css; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    json: "application/json",
    svg: "image/svg+xml",
    png: "image/png",
    xml: "application/xml",
    ics: "text/calendar; charset=utf-8",
    md: "text/markdown; charset=utf-8",
    txt: "text/plain; charset=utf-8",
};

// Starts a browser that asks nobody for anything.
export const launch = () =>
    chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });

// Serves a folder below a path; returns its address, and what ends it.
export async function serve(folder, base = "/") {
    const server = createServer((request, response) => {
        const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
        const below = path.startsWith(base) ? path.slice(base.length) : null;
        const wanted = below === null ? null : resolve(folder, below.endsWith("/") || below === "" ? `${below}index.html` : below);
        const isInside = wanted !== null && (wanted + sep).startsWith(resolve(folder) + sep);
        const file = isInside && statSync(wanted, { throwIfNoEntry: false })?.isFile() ? wanted : null;
        const shown = file ?? join(folder, "404.html");
        response.writeHead(file ? 200 : 404, { "Content-Type": TYPES[shown.split(".").pop()] ?? "application/octet-stream" });
        response.end(readFileSync(shown));
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    const origin = `http://127.0.0.1:${server.address().port}`;
    return { origin, url: origin + base, close: () => new Promise((closed) => server.close(closed)) };
}

// The address of a folder on disk.
export const onDisk = (folder) => pathToFileURL(resolve(folder)).href + "/";

// All pages of a site, by their paths.
export function pagesOf(folder) {
    const below = (path) =>
        readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
            const inner = join(path, entry.name);
            return entry.isDirectory() ? below(inner) : [inner];
        });
    const pages = below(folder).filter((path) => path.endsWith(".html"));
    return pages.map((path) => relative(folder, path).split(sep).join("/")).sort();
}

// The address of a page below another, each part of its path encoded.
export const at = (base, page) => base + page.split("/").map(encodeURIComponent).join("/");

// What went wrong, said at the end.
export class Faults {
    #faults = [];
    #checks = 0;

    check(isRight, words) {
        this.#checks += 1;
        if (!isRight) this.#faults.push(words);
    }

    // Ends the program: with 1 when anything is wrong.
    end(what) {
        for (const fault of this.#faults.slice(0, 60)) console.log(fault);
        console.log(`${what}: ${this.#checks} checks, ${this.#faults.length} faults`);
        process.exit(this.#faults.length > 0 ? 1 : 0);
    }
}

// Notes every complaint of a page, and every request that leaves `origin`.
export function listen(page, faults, where, origin) {
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.check(false, `${where()}: console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.check(false, `${where()}: ${error}`));
    page.on("request", (request) => {
        const url = request.url();
        const isOurs = url.startsWith(origin) || url.startsWith("data:") || url.startsWith("blob:");
        faults.check(isOurs, `${where()}: asks ${url}`);
    });
    // What is on its way when the reader leaves is let go.
    const isLetGo = (request) => request.failure().errorText === "net::ERR_ABORTED";
    page.on("requestfailed", (request) => faults.check(isLetGo(request), `${where()}: fails to load ${request.url()}`));
    page.on("response", (response) => {
        const isMissing = response.status() >= 400 && response.request().resourceType() !== "document";
        faults.check(!isMissing, `${where()}: ${response.status()} for ${response.url()}`);
    });
}

// What the accessibility engine has against a page. Whether there is room for a finger is not asked where something that can
// be put away lies over the page.
export async function violations(page, isBare = true) {
    // Evaluated from outside, so that the page's own policy holds for the page alone.
    await page.evaluate(AXE);
    return page.evaluate(async (enabled) => {
        const found = await window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled } } });
        return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
    }, isBare);
}
