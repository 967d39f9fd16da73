// Runs the reader that the site ships against a site, as a browser would, without a browser: node queries.mjs FOLDER.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const site = process.argv[2];
const here = new URL(".", import.meta.url).pathname;
const window = {};
const context = vm.createContext({ window });
const run = address => vm.runInContext(readFileSync(join(site, address.split("?")[0]), "utf8"), context, { filename: address });
// In a page, what a script puts on the window is a name that other scripts know.
const fetched = [];
const load = async address => {
  fetched.push(address);
  context.precedentSearch = window.precedentSearch;
  run(address);
};
await load("static/search/engine.js");
const search = window.precedentSearch;

let failures = 0, checks = 0;
const check = (holds, message) => {
  checks++;
  if (!holds) { failures++; console.error(`FAILED ${message}`); }
};
const same = (one, other, message) => check(JSON.stringify(one) === JSON.stringify(other), `${message}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`);

const cases = JSON.parse(readFileSync(join(here, "words.json"), "utf8"));
for (const [text, words] of cases.words) {
  same(search.chunks(text).map(chunk => [...new Set(search.split(chunk).map(part => part.word))]), words, `words of ${JSON.stringify(text)}`);
  for (const chunk of search.chunks(text)) {
    for (const { from, to } of search.split(chunk)) check(chunk.slice(from, to).length > 0 && to <= chunk.length, `places in ${chunk}`);
  }
}
for (const [name, key] of cases.names) same(search.key(name), key, `name ${JSON.stringify(name)}`);

const engine = search.create(load);
const find = (text, filters = {}, limit = 20) => engine.find(text, new Map(Object.entries(filters)), limit);
const name = found => found.id || found.title.map(([words]) => words).join("");
const words = pieces => pieces.map(([text]) => text).join("");
const marks = pieces => pieces.filter(piece => piece[1]).map(([text]) => text);

const questions = [
  // Ids, in many spellings.
  ["RFC-7", "RFC-0007"], ["rfc 0007", "RFC-0007"], ["rfc7", "RFC-0007"], ["RFC-0007", "RFC-0007"], ["rfc_7", "RFC-0007"], ["Rfc#7", "RFC-0007"],
  ["7", "RFC-0007"], ["0007", "RFC-0007"], ["RFC-0007-A1", "RFC-0007-A1"], ["rfc 7 a1", "RFC-0007-A1"], ["adr-0007", "ADR-0007"], ["adr 9", "ADR-0009"],
  ["dep 3", "DEP-0003"], ["12", "ADR-0012"], ["ADR-1", "ADR-0001"],
  // Other names.
  ["ADR-99", "ADR-0012"], ["adr 99", "ADR-0012"], ["gateway/limits.html", "ADR-0012"], ["0002-retries-with-backoff", "ADR-0002"], ["missing-section", "missing-section"],
  // Identifiers, whole and in parts.
  ["max_connections", "ADR-0001"], ["max connections", "ADR-0001"], ["connections", "ADR-0001"], ["HttpServer::bind", "ADR-0001"], ["httpserver", "ADR-0001"],
  ["server bind", "ADR-0001"], ["retryCount", "ADR-0002"], ["retry count", "ADR-0002"], ["idempotency", "ADR-0002"], ["payment-service", "ADR-0002"],
  ["payment service", "ADR-0002"], ["src/ledger/key_maker.rs", "ADR-0003"], ["key_maker", "ADR-0003"], ["key_maker.rs", "ADR-0003"], ["row_key", "ADR-0003"],
  ["export_window", "DEP-0003"], ["Retry-After", "ADR-0012"], ["status.example.org", "ADR-0012"], ["99.95", "ADR-0012"],
  // Words, beginnings of words, several words.
  ["smouldering", "On call"], ["smoul", "On call"], ["handover", "On call"], ["noisy neighbour", "RFC-0012"], ["invoices ledger", "RFC-0007"],
  ["reconciliation export", "RFC-0007"], ["token buck", "ADR-0012"], ["bottleneck", "ADR-0003"], ["shared cache", "ADR-0007"], ["how we decide", "How we decide"],
  ["tenants", "RFC-0012"], ["Tuesday pager", "On call"],
  // Tags and owners.
  ["C++", "ADR-0002"], ["c#", "ADR-0012"], ["messaging", "ADR-0009"], ["security lead gateway", "ADR-0012"],
  // Superseded ones stand below what took their place.
  ["broker orders shipping", "ADR-0009"], ["message broker", "ADR-0009"],
  // Letters of all sorts.
  ["grosse", "ADR-0010"], ["GRÖSSE", "ADR-0010"], ["Überweisung", "ADR-0010"], ["uberweisungen", "ADR-0010"], ["cafe", "ADR-0010"], ["naive", "ADR-0010"],
  ["lodz", "ADR-0010"], ["数据库", "ADR-0010"], ["数据", "ADR-0010"], ["ΣΊΣΥΦΟΣ", "ADR-0010"],
  // Slips of the fingers: a letter wrong, missing, too many, or two in each other's place.
  ["conections", "ADR-0001"], ["idempotancy", "ADR-0002"], ["smoldering", "On call"], ["handvoer", "On call"], ["bottlenecck", "ADR-0003"], ["tenats", "RFC-0012"],
  ["invoces ledgre", "RFC-0007"],
  // What is meant to harm.
  ["__proto__", "ADR-0011"], ["constructor", "ADR-0011"], ["toString", "ADR-0011"], ["hostilitext", "ADR-0011"], ["<script>", "ADR-0011"], ["</script><script>alert(1)</script>", "ADR-0011"],
  // Nothing.
  ["zanzibarian", null], ["xyzzyplugh", null], ["<>\"'&", null], ["\u0000\u2028", null], ["   ", null], ["hasOwnProperty", null], ["__lookupSetter__", null],
];
for (const [text, first] of questions) {
  const { shown } = await find(text);
  same(shown.length ? name(shown[0]) : null, first, `first result for ${JSON.stringify(text)}`);
}

// A record that others took the place of stands right below, and says so; asked for by its id it comes first.
const broker = await find("broker orders shipping");
same(broker.shown.slice(0, 2).map(name), ["ADR-0009", "ADR-0001"], "order of successor and predecessor");
same(broker.shown[1].successors, [["ADR-0009", "adr/0009-log-instead-of-broker.html"]], "what a superseded record says");
same((await find("ADR-1")).shown[0].status[1], "superseded", "status of a superseded record");

// All records of a number, what is in force first.
same((await find("7")).shown.slice(0, 2).map(name), ["RFC-0007", "ADR-0007"], "records of one number");

// Sections, with excerpts in which what was asked for is marked.
const jitter = (await find("jitter")).shown[0];
same([jitter.sections[0].anchor, words(jitter.sections[0].title), marks(jitter.sections[0].excerpt)], ["decision", "Decision", ["jitter"]], "the section of a word");
const pool = (await find("connections")).shown[0];
same(marks(pool.sections[0].excerpt), ["connections"], "the part of an identifier");
same(marks((await find("motivation noisy")).shown[0].sections[0].title), ["Motivation"], "a heading");
const hostile = (await find("hostilitext")).shown[0];
check(words(hostile.sections[0].excerpt).includes("or <b>bold</b>. The word"), `a text survives the index: ${JSON.stringify(hostile)}`);
check(words((await find("quote slash")).shown[0].sections[0].excerpt).includes("</script><script>alert(1)</script>, a \"quote\", a back\\slash"), "quotes and slashes survive");

same(words(hostile.title), "Text </script> wants \"to\" be \\ markup \u2028\u0000 end", "a title survives");

// Fewer words, when no page has them all.
const fewer = await find("jitter xyzzyplugh");
same([name(fewer.shown[0]), fewer.asked, fewer.matched], ["ADR-0002", 2, 1], "fewer words");
same((await find("jitter xyz ")).matched, 1, "fewer words, the last whole");

// A word that no page says is taken for the one that is most like it, and this is told. Numbers and what is found are left alone.
const slip = await find("conections");
same([slip.mended, marks(slip.shown[0].sections[0].excerpt)], [[["conections", "connections"]], ["connections"]], "a slip");
same((await find("connections")).mended, [], "no slip");
for (const text of ["rfc-77", "99.96", "jit", "xyzzyplugh"]) same((await find(text)).mended, [], `no slip in ${text}`);

await engine.widen();

// Facets count what the words leave, and narrow it down.
const ledger = await find("ledger");
const kinds = ledger.facets.find(facet => facet.name === "kind").options;
check(kinds.find(option => option.value === "RFC").count >= 1 && kinds.every(option => option.count > 0), "counts of kinds");
const narrowed = await find("ledger", { kind: "ADR", owner: "Ledger lead" });
check(narrowed.total > 0 && narrowed.shown.every(found => found.kind === "ADR"), "a facet narrows down");
check(narrowed.facets.find(facet => facet.name === "kind").options.length > 1, "the other kinds are still offered");
same((await find("", { tag: "messaging" })).shown.map(name), ["ADR-0009", "ADR-0001"], "a facet without words");
same((await find("", { door: "One-way" }, 20)).shown.map(name), ["RFC-0007", "ADR-0009"], "one-way doors");
same((await find("", { status: "Rejected" })).shown.map(name), ["ADR-0007"], "a status");
same((await find("ledger", { year: "1999" })).total, 0, "a year without records");
same((await find("", {})).total, 0, "no question, no results");
same((await find("C++")).total, 2, "a language is not a letter");
check((await find("decision", {}, 3)).shown.length === 3, "a limit");

// An index that is gone is opened anew once, and then given up.
const lost = search.create(async address => { if (/w\d/.test(address)) throw new Error("gone"); return load(address); });
let refused = false;
await lost.find("ledger", new Map(), 3).catch(() => { refused = true; });
check(refused, "a lost index is said to be lost");

// An index that is published anew while it is read is opened anew: the older one's list names files that are gone.
const older = {};
const moved = search.create(async address => {
  await load(address);
  if (address !== "search/index.js") return;
  // The list of the older one, as it was fetched before the site was published again.
  window.precedentSearch.put("index", { ...older.contents, marks: { words: "", texts: "", facets: "", wide: "" } });
});
await search.create(async address => {
  const script = readFileSync(join(site, address.split("?")[0]), "utf8");
  if (address === "search/index.js") older.contents = JSON.parse(script.slice(script.indexOf(",") + 1, script.lastIndexOf(")")));
  return load(address);
}).find("ledger", new Map(), 3);
same((await moved.find("ledger", new Map(), 3)).total, (await find("ledger")).total, "an index that was published anew");
check(await moved.widen(), "its wide facets are those of the new one");

// Nothing to find is an index, too.
const none = search.create(async address => {
  const values = { index: { entries: 0, words: [], texts: "", marks: { words: "", texts: "", facets: "f", wide: "w" } }, facets: { facets: [], successors: "" }, wide: [] };
  const [name] = address.match(/index|facets|wide/);
  window.precedentSearch.put(name, values[name]);
});
same((await none.find("conections", new Map(), 3)).total, 0, "an empty index");

// Two questions at once, as while typing, get the same index.
const both = search.create(load);
const [one, other] = await Promise.all([both.find("ledge", new Map(), 3), both.find("ledger", new Map(), 3)]);
check(one.total > 0 && other.total > 0, "two questions at once");

// A first question fetches the table of contents, the facets, the words and the texts that are shown, each once.
fetched.length = 0;
await search.create(load).find("broker", new Map(), 8);
check(fetched.length <= 8 && new Set(fetched).size === fetched.length, `files of a first question: ${fetched}`);
console.log(`${questions.length} questions, ${checks} checks`);
process.exit(failures ? 1 : 0);
