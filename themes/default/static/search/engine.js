/* Answers questions from the index, whose scripts each call `put`. It reads words as src/search does. */
(scope => {
  "use strict";
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
  const LETTER = "\\p{Alphabetic}\\p{N}\\p{M}_", JOINT = "\\-./:@'’‐‑";
  const CHUNK = new RegExp(`[${LETTER}]+(?:[${JOINT}]{1,2}[${LETTER}]+)*(?:(?:\\+\\+|#)(?![${LETTER}]))?`, "gu");
  const JOINTS = new RegExp(`[${JOINT}]`, "u");
  const ALONE = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const LOWER = /[\p{Lowercase}0-9]/u, UPPER = /\p{Uppercase}/u, LOW = /\p{Lowercase}/u;
  const SPELT = new Map("ßss æae œoe þth øo łl đd ðd ıi ςσ ’' ‐- ‑-".split(" ").map(pair => [pair[0], pair.slice(1)]));
  const LONGEST = 63, MOST_CHUNKS = 12, MOST_SHARDS = 8, EXCERPT = 170, MARK = 5, ROW = 16;

  const cut = word => {
    const short = word.slice(0, LONGEST);
    return word.length > LONGEST && /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short;
  };
  const fold = word => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\0-\x7f]/gu, letter => SPELT.get(letter) || letter)
    .replace(/\p{M}|[^\p{Alphabetic}\p{N}_\-./:@'+#]/gu, "");
  const unpadded = word => word.replace(/(^|[^0-9.])0+(?=[0-9])/g, "$1");
  const plain = word => cut(unpadded(fold(word)));
  const key = text => cut(unpadded(fold(text.split(/[\s_#]+/u).filter(Boolean).join("-")).replace(/\+/g, "")
    .replace(/^([a-z]+)(?=[0-9])/, "$1-")));

  /* A chunk whole, between its joints, and down to its leaves. */
  const split = chunk => {
    const parts = [], seen = (from, to, leaf) => {
      const word = plain(chunk.slice(from, to));
      if (word) parts.push({ word, from, to, leaf });
    };
    seen(0, chunk.length);
    let at = 0;
    for (const piece of chunk.replace(/[+#]+$/, "").split(JOINTS)) {
      if (piece) {
        seen(at, at + piece.length);
        const letters = Array.from(piece);
        let start = at, here = at;
        letters.forEach((letter, number) => {
          const before = letters[number - 1], next = letters[number + 1];
          if (number && ((before === "_") !== (letter === "_") || ALONE.test(before) || ALONE.test(letter) ||
            (LOWER.test(before) && UPPER.test(letter)) || (UPPER.test(before) && UPPER.test(letter) && next && LOW.test(next)))) {
            if (before !== "_") seen(start, here, true);
            start = here;
          }
          here += letter.length;
        });
        if (!/_$/.test(piece)) seen(start, here, true);
      }
      at += piece.length + 1;
    }
    return parts;
  };

  /* What is asked for; the last word may still be open. */
  const read = text => {
    const asked = [];
    for (const match of text.matchAll(CHUNK)) {
      const parts = split(match[0]);
      if (!parts.length) continue;
      const open = match.index + match[0].length === text.length && !/^[0-9.]+$|[+#]$/.test(match[0]);
      const leaves = [...new Set(parts.filter(part => part.leaf).map(part => part.word))];
      const same = asked.find(other => other.whole === parts[0].word);
      if (same) same.open = same.open || open;
      else if (asked.length < MOST_CHUNKS) asked.push({ whole: parts[0].word, leaves, open, typed: match[0] });
    }
    return asked;
  };

  const numbers = text => {
    const found = [];
    let value = 0, scale = 1;
    for (const digit of text) {
      const five = VALUE.get(digit);
      value += (five & 31) * scale;
      scale *= 32;
      if (five < 32) { found.push(value); value = 0; scale = 1; }
    }
    return found;
  };
  const postings = text => {
    let entry = 0;
    return numbers(text).map(number => [entry += number >> 6, (number & 63) / 63]);
  };
  const unpack = text => {
    const words = [], lists = [];
    let last = "";
    for (const line of text ? text.split("|") : []) {
      const blank = line.indexOf(" ");
      last = last.slice(0, VALUE.get(line[0])) + line.slice(1, blank);
      words.push(last);
      lists.push(line.slice(blank + 1));
    }
    return { words, lists };
  };
  /* How many of a sorted list stand before a word. */
  const before = (list, word) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };

  /* How many letters are wrong, missing, too many, or in the place of their neighbour; more than `most` is not told apart. */
  const distance = (one, other, most) => {
    let above = [], last = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      [above, last, row] = [last, row, [i]];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (j > 1 && i > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], above[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row[other.length];
  };

  const put = new Map();

  /* Answers from one index, as it was published once: `contents` is its list of files, `shard` fetches one of them. */
  const edition = async (contents, shard) => {
    const words = number => shard(`w${number}`, contents.marks.words, number, unpack);
    const texts = number => shard(`t${number}`, contents.marks.texts, Math.floor(number / ROW));
    const starts = [];
    let entries = 0, isWhole = false;
    for (const count of numbers(contents.texts)) { starts.push(entries); entries += count; }

    const own = facet => {
      const of = Array.from({ length: contents.entries }, () => []);
      facet.lists.forEach((list, value) => {
        let entry = 0;
        for (const step of numbers(list)) of[entry += step].push(value);
      });
      return { ...facet, of };
    };
    const facets = await shard("facets", contents.marks.facets, 0, value => {
      const successors = new Map(), pairs = numbers(value.successors);
      for (let at = 0, entry = 0; at < pairs.length; at += 2) {
        entry += pairs[at];
        successors.set(entry, (successors.get(entry) || []).concat(pairs[at + 1]));
      }
      return { list: value.facets.map(own), successors };
    });
    /* Facets with many values come after the first answer; says whether they are new. */
    const widen = async () => {
      const list = await shard("wide", contents.marks.wide, 0, value => value.map(own));
      if (!isWhole) facets.list = facets.list.concat(list);
      return !isWhole && (isWhole = true);
    };

    /* The entries with a word, or with any that opens so, and its weight in them. */
    const holding = async (word, isOpen) => {
      const first = Math.max(0, before(contents.words, word + "\0") - 1);
      const most = word.length > 2 || contents.words.length < 9 ? MOST_SHARDS : 1, loaded = [];
      let number = first;
      do {
        if (number < contents.words.length) loaded.push(words(number));
      } while (isOpen && ++number < first + most && contents.words[number] < word + "\uffff");
      const found = new Map();
      for (const { words, lists } of await Promise.all(loaded)) {
        for (let at = before(words, word); at < words.length; at++) {
          if (isOpen ? !words[at].startsWith(word) : words[at] !== word) break;
          const share = 0.7 + 0.3 * word.length / words[at].length, list = postings(lists[at]);
          /* Whoever types "an" does not mean "and". */
          if (share < 1 && list.length > 25 && 4 * list.length > contents.entries) continue;
          for (const [entry, weight] of list) {
            if (weight * share > (found.get(entry) || 0)) found.set(entry, weight * share);
          }
        }
      }
      const rarity = Math.log(1 + (contents.entries - found.size + 0.5) / (found.size + 0.5));
      for (const [entry, weight] of found) found.set(entry, weight * rarity);
      return found;
    };

    /* The word of the log that is most like one that no page says: one slip in a short word, two in a longer one, and none in its
       first two letters. Numbers are never taken for others, nor is the beginning of a word. */
    const likeliest = async (word, isOpen) => {
      if (word.length < 4 || /[0-9]/.test(word)) return null;
      const stem = word.slice(0, 2), most = word.length < 8 ? 1 : 2, near = before(contents.words, word) - MOST_SHARDS / 2;
      const from = Math.max(0, near, before(contents.words, stem) - 1);
      const to = Math.min(from + MOST_SHARDS, before(contents.words, stem + "\uffff"));
      const loaded = [];
      for (let number = from; number < to; number++) loaded.push(words(number));
      let best = null;
      for (const shard of await Promise.all(loaded)) {
        for (const [at, other] of shard.words.entries()) {
          if (isOpen && other.startsWith(word)) return null;
          if (!other.startsWith(stem) || Math.abs(other.length - word.length) > most) continue;
          const slips = distance(word, other, most), said = shard.lists[at].length;
          if (slips <= most && (!best || slips < best.slips || (slips === best.slips && said > best.said))) best = { other, slips, said };
        }
      }
      return best && best.other;
    };

    /* A chunk is there whole, or in all its parts. */
    const chunk = async asked => {
      const leaves = asked.leaves.filter(leaf => leaf !== asked.whole);
      const [whole, ...parts] = await Promise.all([holding(asked.whole, asked.open),
        ...leaves.map((leaf, at) => holding(leaf, asked.open && at === leaves.length - 1))]);
      if (!parts.length) return whole;
      const found = new Map();
      for (const entry of parts[0].keys()) {
        if (parts.every(part => part.has(entry))) found.set(entry, parts.reduce((sum, part) => sum + part.get(entry), 0) / parts.length);
      }
      for (const [entry, weight] of whole) found.set(entry, Math.max(found.get(entry) || 0, 1.5 * weight));
      return found;
    };

    /* A superseded entry stands right below its successor, when both were found. */
    const ordered = (ranked, named) => {
      if (!ranked.some(entry => facets.successors.has(entry))) return ranked;
      const place = new Map(ranked.map((entry, at) => [entry, at]));
      const path = (entry, depth) => {
        const over = named.has(entry) ? [] : (facets.successors.get(entry) || []).filter(other => place.has(other));
        const own = String(place.get(entry)).padStart(9, "0");
        return over.length && depth < 9 ? path(over.sort((one, other) => place.get(one) - place.get(other))[0], depth + 1) + own : own;
      };
      const paths = new Map(ranked.map(entry => [entry, path(entry, 0)]));
      return ranked.sort((one, other) => paths.get(one) < paths.get(other) ? -1 : 1);
    };

    const passing = (entries, filters, except) => facets.list.reduce((left, { name, values, of }) => {
      const wanted = filters.get(name);
      return wanted && name !== except ? left.filter(entry => of[entry].some(value => values[value] === wanted)) : left;
    }, entries);

    const counted = (entries, filters) => facets.list.map(({ name, label, values, of }) => {
      const counts = values.map(() => 0);
      for (const entry of passing(entries, filters, name)) for (const value of of[entry]) counts[value]++;
      const options = values.map((value, at) => ({ value, count: counts[at] }));
      return { name, label, options: options.filter(option => option.count || filters.get(name) === option.value) };
    });

    const all = () => {
      const kind = (facets.list.find(facet => facet.name === "kind") || { of: [] }).of;
      const first = entry => (kind[entry] || [])[0] || 0;
      return Array.from({ length: contents.entries }, (_, entry) => entry).sort((one, other) => first(one) - first(other) || other - one);
    };

    const answer = async (text, filters, limit) => {
      if ([...filters].some(([name, value]) => value && facets.list.every(facet => facet.name !== name))) await widen();
      const asked = read(text);
      const name = key(text);
      const [names, ...found] = await Promise.all([/[0-9\-./_]/.test(text) ? holding("#" + name, false) : new Map(), ...asked.map(chunk)]);
      const mended = [];
      for (const [at, { whole, open, typed }] of asked.entries()) {
        const meant = found[at].size || names.size ? null : await likeliest(whole, open);
        if (!meant) continue;
        mended.push([typed, meant]);
        asked[at] = { whole: meant, leaves: [meant], open: false, typed };
        found[at] = await holding(meant, false);
      }
      const named = new Set([...names].sort((one, other) => other[1] - one[1]).map(([entry]) => entry));
      const scores = new Map(), counts = new Map();
      for (const map of found) for (const [entry, weight] of map) {
        scores.set(entry, (scores.get(entry) || 0) + weight);
        counts.set(entry, (counts.get(entry) || 0) + 1);
      }
      let matched = asked.length;
      const having = () => [...counts].filter(([, count]) => count === matched).map(([entry]) => entry);
      let entries = having();
      while (!entries.length && !named.size && matched > 1) { matched--; entries = having(); }
      entries = entries.filter(entry => !named.has(entry)).sort((one, other) => scores.get(other) - scores.get(one) || one - other);
      entries = text.trim() ? [...named, ...entries] : [...filters.values()].some(Boolean) ? all() : [];
      const kept = passing(entries, filters);
      const ranked = text.trim() ? ordered(kept, named) : kept;
      const shown = await Promise.all(ranked.slice(0, limit).map(entry => show(entry, named.has(entry) ? [] : asked)));
      return { total: ranked.length, mended, asked: asked.length, matched: entries.length ? matched : 0, shown, facets: counted(text.trim() ? entries : all(), filters) };
    };

    const show = async (entry, asked) => {
      const number = before(starts, entry + 1) - 1;
      const [address, id, title, kind, status, successors, summary, sections] = (await texts(number))[entry - starts[number]];
      const scored = sections.map(([anchor, heading, words], at) => {
        const marks = matches(words, asked), head = matches(heading, asked);
        const distinct = new Set([...marks, ...head].map(mark => mark.asked)).size;
        return { anchor, heading, head, words, marks, distinct, at, score: 20 * distinct + (head.length ? 10 : 0) + Math.min(9, marks.length) };
      }).filter(section => section.distinct).sort((one, other) => other.score - one.score || one.at - other.at);
      const best = scored.filter((section, at) => at < 2 && section.distinct === scored[0].distinct);
      const lead = best.find(section => !section.anchor);
      return {
        address, id, kind, status, successors,
        title: marked(title, matches(title, asked)),
        lead: lead ? excerpt(lead.words, lead.marks) : best.length ? [] : excerpt(summary, matches(summary, asked)),
        sections: best.filter(section => section.anchor).map(section => ({
          anchor: section.anchor, title: marked(section.heading, section.head), excerpt: excerpt(section.words, section.marks)
        }))
      };
    };

    return { name: JSON.stringify(contents.marks), answer, widen };
  };

  const create = run => {
    let files = new Map(), current = null;
    const load = (name, address, make) => {
      if (!files.has(address)) {
        const file = run(address).then(() => {
          if (!put.has(name)) throw new Error(`${address} is not part of the index`);
          const value = put.get(name);
          put.delete(name);
          return make ? make(value) : value;
        });
        file.catch(() => files.delete(address));
        files.set(address, file);
      }
      return files.get(address);
    };
    /* The name of a file ends in a mark, so that no older one of its number is taken for it; a row of texts shares one. */
    const shard = (name, marks, at, make) => load(name, `search/${name}-${marks.slice(MARK * at, MARK * (at + 1))}.js`, make);
    const open = async again => edition(await load("index", `search/index.js${again}`), shard);

    /* An index that was published anew meanwhile is opened once more. */
    const ask = async question => {
      const known = current = current || open("");
      try {
        return await question(await known);
      } catch (fault) {
        if (current === known) {
          files = new Map();
          current = open(`?${Date.now()}`);
        }
        const [older, newer] = await Promise.all([known.catch(() => null), current.catch(() => null)]);
        if (!newer) current = null;
        if (!newer || (older && older.name === newer.name)) throw fault;
        return question(newer);
      }
    };
    return {
      find: (text, filters, limit) => ask(index => index.answer(text, filters, limit)),
      widen: () => ask(index => index.widen())
    };
  };

  const matches = (text, asked) => {
    const found = [];
    for (const match of text.matchAll(CHUNK)) {
      const parts = split(match[0]);
      asked.forEach(({ whole, leaves, open }, number) => {
        const is = word => part => part.word === word || (open && word === leaves[leaves.length - 1] && part.word.startsWith(word));
        const hit = parts.find(part => part.word === whole || (open && part.word.startsWith(whole)));
        for (const part of hit ? [hit] : leaves.flatMap(leaf => parts.filter(is(leaf)))) {
          found.push({ from: match.index + part.from, to: match.index + part.to, asked: number });
        }
      });
    }
    return found.sort((one, other) => one.from - other.from || other.to - one.to);
  };

  /* A text in pieces: words, and whether they are marked. */
  const marked = (text, marks) => {
    const pieces = [];
    let at = 0;
    for (const { from, to } of marks) {
      if (to <= at) continue;
      if (from > at) pieces.push([text.slice(at, from), false]);
      pieces.push([text.slice(Math.max(at, from), to), true]);
      at = to;
    }
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  };

  /* The stretch of a text with most of what is asked for. */
  const excerpt = (text, marks) => {
    let start = 0, most = 0;
    marks.forEach((mark, at) => {
      const near = marks.slice(at, at + 50).filter(other => other.to <= mark.from + EXCERPT - 40);
      const worth = 50 * new Set(near.map(other => other.asked)).size + near.length;
      if (worth > most) { most = worth; start = mark.from; }
    });
    if (start < 60) start = 0;
    else {
      const blank = text.indexOf(" ", start - 45);
      start = blank >= 0 && blank < start ? blank + 1 : start;
    }
    let end = Math.min(text.length, start + EXCERPT);
    if (end < text.length) {
      const blank = text.lastIndexOf(" ", end);
      if (blank > start + EXCERPT / 2) end = blank;
      else if (/[\ud800-\udbff]/.test(text[end - 1])) end--;
    }
    const inside = marks.filter(mark => mark.from >= start && mark.to <= end).map(mark => ({ ...mark, from: mark.from - start, to: mark.to - start }));
    const pieces = marked(text.slice(start, end), inside);
    if (start > 0) pieces.unshift(["… ", false]);
    if (end < text.length) pieces.push([" …", false]);
    return pieces;
  };

  scope.precedentSearch = { put: (name, value) => { put.set(name, value); }, create, key, chunks: text => text.match(CHUNK) || [], split };
})(typeof window === "undefined" ? globalThis : window);
