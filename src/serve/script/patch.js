// Puts what has changed of a page in place, and leaves the rest of it as the reader has it.

// What the reader, or a script for the reader, has set: an open section, the place in the table of contents.
const isKept = (element, name) =>
  (name === "open" && element.matches("details, dialog")) || (name === "aria-current" && element.closest(".contents")) || name === "aria-describedby";

const attributes = (old, next) => {
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value && !isKept(old, name)) old.setAttribute(name, value);
};

const isAlike = (old, next) => old.nodeType === next.nodeType && old.nodeName === next.nodeName && (old.id || "") === (next.id || "");

const morph = (old, next) => {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  attributes(old, next);
  children(old, next);
};

// The most pairs of nodes that are compared; beyond it all of them come anew.
const MOST_PAIRS = 20000;

// The equal ends stay; between them a node that is alike is changed, and the others come and go.
const children = (parent, next) => {
  const old = [...parent.childNodes];
  const wanted = [...next.childNodes];
  let start = 0;
  while (start < old.length && start < wanted.length && old[start].isEqualNode(wanted[start])) start++;
  let end = 0;
  while (end < old.length - start && end < wanted.length - start && old.at(-1 - end).isEqualNode(wanted.at(-1 - end))) end++;
  const left = old.slice(start, old.length - end);
  const after = end ? old[old.length - end] : null;
  // An equal node further on is worth more than one that is alike here.
  const take = (node, isWanted) => left.findIndex((one) => isWanted(one, node));
  const rest = wanted.slice(start, wanted.length - end);
  if (left.length * rest.length > MOST_PAIRS) {
    rest.forEach((node) => parent.insertBefore(document.adoptNode(node), after));
    for (const gone of left) gone.remove();
    return;
  }
  rest.forEach((node, at) => {
    // A blank between two paragraphs is like any other: for it no paragraph is given up.
    const isText = node.nodeType === Node.TEXT_NODE;
    let place = isText ? (left[0]?.nodeType === Node.TEXT_NODE ? 0 : -1) : take(node, (one) => one.isEqualNode(node));
    if (place < 0 && !isText) {
      const isWantedLater = (one) => rest.slice(at + 1).some((later) => one.isEqualNode(later) || (one.id && isAlike(one, later)));
      place = take(node, (one) => isAlike(one, node) && !isWantedLater(one));
    }
    if (place < 0) return parent.insertBefore(document.adoptNode(node), left[0] ?? after);
    for (const gone of left.splice(0, place)) gone.remove();
    morph(left.shift(), node);
  });
  for (const gone of left) gone.remove();
};

// The scripts of every page bear that the text is changed under them; of others that is not known.
const BORNE = /(?:^|\/)static\/(?:theme|precedent|search\/open)\.js$/;
const bears = (page) =>
  [...page.scripts].every((one) => one.dataset.build !== undefined || (!one.closest("main") && BORNE.test(one.getAttribute("src") ?? ""))) &&
  !page.getElementById("search:page");

const contents = () => [...document.querySelectorAll(".contents a")];
const places = (page) => [...page.querySelectorAll(".contents a")].map((link) => link.getAttribute("href")).join("\n");
const heading = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

// What stands at the top of the window, to be held there.
const anchor = () => {
  if (scrollY === 0) return null;
  const blocks = document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, pre, tr, figure, blockquote, summary)");
  for (const block of blocks) {
    const { top, bottom } = block.getBoundingClientRect();
    if (bottom > 0 && bottom > top) return { block, top };
  }
  return null;
};

// Changes the page into another one; says whether it could, so that all that was read, opened and marked is still there. If it
// could not, the page is to be loaded.
export const patch = (next) => {
  const [old, fresh] = [document.querySelector("main"), next.querySelector("main")];
  if (!old || !fresh || !bears(next) || places(document) !== places(next)) return false;
  const marked = contents().map((link) => [link, heading(link)]);
  const held = anchor();
  old.querySelector(".peek")?.remove();
  morph(old, fresh);
  if (document.title !== next.title) document.title = next.title;
  if (held?.block.isConnected) {
    const moved = held.block.getBoundingClientRect().top - held.top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  }
  // The table of contents follows the very headings that it was given.
  return marked.every(([link, target]) => link.isConnected && (!target || heading(link) === target));
};
