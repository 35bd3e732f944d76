// The names that rules share with others: log types, tags, techniques.
//
// A rule's row holds numbers of names, one or a list. Every key press asks all rules for all of them, so each column puts
// those of all rules into one array, behind each other.
"use strict";

(function (search) {
  const places = Object.fromEntries(["PAGE", "ID", "TITLE", "DESCRIPTION", "SEVERITY", "FORMAT", "STATUS", "PACK", "LOG_TYPES", "TAGS",
    "TACTICS", "TECHNIQUES", "INDICATORS"].map((name, place) => [name, place]));

  class Column {
    #starts;  // by rule, and the end
    #numbers;
    names;
    pairs;  // ATT&CK's: id and name
    folded;

    constructor(rows, place, names) {
      const isPaired = Array.isArray(names[0]);
      this.names = names;
      this.pairs = isPaired ? names : null;
      this.folded = names.map((one) => search.fold(isPaired ? one.join(" ") : one));
      const numbers = [];
      this.#starts = new Uint32Array(rows.length + 1);
      for (let rule = 0; rule < rows.length; rule += 1) {
        const of = rows[rule][place];
        if (typeof of !== "number") for (const one of of) numbers.push(one);
        else if (of >= 0) numbers.push(of);
        this.#starts[rule + 1] = numbers.length;
      }
      this.#numbers = Uint32Array.from(numbers);
    }

    // `isMeant`: by number.
    hasAny(rule, isMeant) {
      for (let at = this.#starts[rule]; at < this.#starts[rule + 1]; at += 1) if (isMeant[this.#numbers[at]]) return true;
      return false;
    }

    // A mark for each rule that has a name that is meant.
    withAny(isMeant) {
      const marks = new Uint8Array(this.#starts.length - 1);
      for (let rule = 0; rule < marks.length; rule += 1) marks[rule] = this.hasAny(rule, isMeant) ? 1 : 0;
      return marks;
    }

    // One more for each name that the rule has.
    countInto(counts, rule) {
      for (let at = this.#starts[rule]; at < this.#starts[rule + 1]; at += 1) counts[this.#numbers[at]] += 1;
    }
  }

  // By the keys of queries and facets.
  function columnsOf(data) {
    const column = (place, names) => new Column(data.rules, places[place], names);
    return {
      severity: column("SEVERITY", data.severities), format: column("FORMAT", data.formats),
      status: column("STATUS", data.statuses), pack: column("PACK", data.packs),
      logtype: column("LOG_TYPES", data.logTypes), tag: column("TAGS", data.tags),
      tactic: column("TACTICS", data.tactics), technique: column("TECHNIQUES", data.techniques),
    };
  }

  Object.assign(search, { columnsOf, places });
})(globalThis.picketSearch ??= {});
