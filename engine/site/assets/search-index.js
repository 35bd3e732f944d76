// Which rules a query finds, and in which order: {exact id, title, the rest}, each in the catalog's own order.
//
// A term's answer is a mark for each rule, kept, so that a key press decides only the term that it changed; and a word
// that grew is sought only in the rules that had it when it was shorter. Texts are lower-cased and put together once.
// Names are shared by many rules: a term is asked of each name once, then of the rules by the numbers of their names.
// (An index of words was tried: it took longer to build than it ever saved, because most of what one types is so short
// that it stands in nearly every rule, or so long that few rules are left.)
"use strict";

(function (search) {
  const { fits, fold } = search;
  const rulesAtOnce = 250;  // of which the index is built before the page may do something else
  const remembered = 64;    // answers
  const { ID, TITLE, DESCRIPTION, LOG_TYPES, TAGS, TECHNIQUES, INDICATORS } = search.places;

  // Initial Access is also initial-access, initial_access and InitialAccess.
  const joined = (text) => text.replace(/[ _-]/g, "");

  function nameFits(asked, column, number) {
    if (!column.pairs) return fits(asked, column.folded[number]);
    const plain = { ...asked, pieces: asked.pieces.map(joined) };
    return column.pairs[number].some((name) => fits(plain, joined(fold(name))));
  }

  // Which severities a term means: `hi` is high, because it is on the way there.
  function severitiesOf({ operator, pattern: asked }, names) {
    const isMeant = (name) => name.startsWith(asked.pieces[0]) || fits(asked, name);
    const limit = names.findIndex(isMeant);
    return names.map((name, i) => {
      if (limit < 0) return false;
      switch (operator) {
        case ">=": return i >= limit;
        case ">": return i > limit;
        case "<=": return i <= limit;
        case "<": return i < limit;
        default: return isMeant(name);
      }
    });
  }

  // The oldest is forgotten.
  function remember(answers, name, marks) {
    if (answers.size === remembered) answers.delete(answers.keys().next().value);
    answers.set(name, marks);
  }

  class SearchIndex {
    #data;
    #rules;
    #columns;
    #names = {};
    #ids = [];
    #titles = [];
    #texts = [];
    #answers = new Map();
    #parts = new Map();  // of the answers those to a text without *, by that text
    #comparisons;
    #meantNames = new Map();  // of fields, operators and values: which are meant by a pattern
    #building;
    #isBuilt = false;

    constructor(data, columns) {
      this.#data = data;
      this.#rules = data.rules;
      this.#columns = columns;
      this.#building = this.#build();
    }

    // Goes on building while there is time, in milliseconds; whether there is more to do.
    buildFor(timeRemaining) {
      while (timeRemaining() > 1) {
        if (this.#building.next().done) return false;
      }
      return true;
    }

    *#build() {
      this.#names = { field: this.#data.fields.map(fold), op: this.#data.kinds.map(fold), value: this.#data.values.map(fold) };
      yield;
      this.#comparisons = new search.Comparisons(this.#rules);
      yield;
      for (let rule = 0; rule < this.#rules.length; rule += 1) {
        const row = this.#rules[rule];
        this.#ids.push(fold(row[ID]));
        this.#titles.push(fold(row[TITLE]));
        this.#texts.push(this.#textOf(row, this.#ids[rule], this.#titles[rule]));
        if (rule % rulesAtOnce === 0) yield;
      }
      this.#isBuilt = true;
      // The first questions cost several times what they cost once the browser has compiled their code.
      for (const question of ["e", "e s", "t*n", "er"]) {
        yield;
        this.#find(question);
      }
    }

    // Everything that words are sought in; a line end keeps a phrase from beginning in one text and ending in the next.
    #textOf(row, id, title) {
      const { logtype, tag, technique } = this.#columns;
      const parts = [id, title, fold(row[DESCRIPTION])];
      for (const one of row[LOG_TYPES]) parts.push(logtype.folded[one]);
      for (const one of row[TAGS]) parts.push(tag.folded[one]);
      for (const one of row[TECHNIQUES]) parts.push(technique.folded[one]);
      for (let i = 2; i < row[INDICATORS].length; i += 3) parts.push(this.#names.value[row[INDICATORS][i]]);
      return parts.join("\n");
    }

    // The numbers of the rules that a text finds, the best first.
    find(typed) {
      while (!this.#isBuilt) this.#building.next();
      return this.#find(typed);
    }

    #find(typed) {
      const terms = search.parseQuery(typed);
      const kept = new Uint8Array(this.#rules.length).fill(1);
      for (const term of terms) {
        const marks = this.#answer(term);
        const unwanted = term.exclude ? 1 : 0;
        let isAnyLeft = 0;
        for (let rule = 0; rule < kept.length; rule += 1) {
          kept[rule] &= marks[rule] ^ unwanted;
          isAnyLeft |= kept[rule];
        }
        if (!isAnyLeft) return [];
      }
      const found = [];
      for (let rule = 0; rule < kept.length; rule += 1) if (kept[rule]) found.push(rule);
      return this.#ranked(found, terms, fold(typed.trim()));
    }

    #ranked(found, terms, typed) {
      const texts = terms.filter((term) => term.key === "text" && !term.exclude).map((term) => term.pattern);
      if (texts.length === 0) return found;
      const ids = new Set([typed, ...texts.map((asked) => asked.pieces.join("*"))]);
      const ranks = [[], [], []];
      for (const rule of found) {
        if (ids.has(this.#ids[rule])) ranks[0].push(rule);
        else ranks[texts.every((asked) => fits(asked, this.#titles[rule])) ? 1 : 2].push(rule);
      }
      return ranks[0].concat(ranks[1], ranks[2]);
    }

    #answer(term) {
      const parts = term.key === "indicator" ? Object.entries(term.parts).map(([key, part]) => key + part.name) : [term.pattern.name];
      const name = [term.key, term.operator, ...parts].join("\n");
      let marks = this.#answers.get(name);
      if (!marks) {
        marks = this.#decide(term);
        remember(this.#answers, name, marks);
      }
      return marks;
    }

    #decide(term) {
      const asked = term.pattern;
      switch (term.key) {
        case "text": return this.#withText(asked);
        case "indicator": return this.#withIndicator(term.parts);
        case "id": return Uint8Array.from(this.#ids, (id) => fits(asked, id));
        case "title": return Uint8Array.from(this.#titles, (title) => fits(asked, title));
        case "severity": return this.#columns.severity.withAny(severitiesOf(term, this.#columns.severity.folded));
        default: {
          const column = this.#columns[term.key];
          return column.withAny(column.folded.map((_, number) => nameFits(asked, column, number)));
        }
      }
    }

    #withIndicator(parts) {
      return this.#comparisons.withAny(...["field", "op", "value"].map((key) => this.#meant(key, parts[key])));
    }

    // A mark for each name of a part that is meant; all of them if nothing is asked of it.
    #meant(key, asked) {
      const name = `${key}\n${asked?.name ?? ""}`;
      let marks = this.#meantNames.get(name);
      if (!marks) {
        marks = asked ? Uint8Array.from(this.#names[key], (one) => fits(asked, one)) : new Uint8Array(this.#names[key].length).fill(1);
        remember(this.#meantNames, name, marks);
      }
      return marks;
    }

    #withText(asked) {
      const before = this.#answerToPart(asked.pieces);
      const marks = new Uint8Array(this.#rules.length);
      for (let rule = 0; rule < marks.length; rule += 1) {
        if ((!before || before[rule]) && this.#hasText(asked, this.#texts[rule])) marks[rule] = 1;
      }
      if (asked.pieces.length === 1) remember(this.#parts, asked.pieces[0], marks);
      return marks;
    }

    // Pieces of a word with * must stand in one line of a rule's text, and in one word of it.
    #hasText(asked, text) {
      if (asked.pieces.length === 1) return text.includes(asked.pieces[0]);
      return fits(asked, text) && text.split(/[ \n]/).some((word) => fits(asked, word));
    }

    // What is known of a text that is part of what is asked now; of several the longest, which fewer rules have.
    #answerToPart(pieces) {
      let best = "";
      for (const part of this.#parts.keys()) {
        if (part.length > best.length && pieces.some((piece) => piece.includes(part))) best = part;
      }
      return this.#parts.get(best);
    }
  }

  search.SearchIndex = SearchIndex;
})(globalThis.picketSearch ??= {});
