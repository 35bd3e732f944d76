// The names that rules share with others: log types, tags, techniques; and the comparisons of which these are part.
//
// A rule's row holds numbers of names, one or a list. Every key press asks all rules for all of them, so each column puts
// those of all rules into one array, behind each other.
"use strict";

(function (search) {
  const places = Object.fromEntries(["PAGE", "ID", "TITLE", "DESCRIPTION", "SEVERITY", "FORMAT", "STATUS", "PACK", "LOG_TYPES", "TAGS",
    "TACTICS", "TECHNIQUES", "INDICATORS"].map((name, place) => [name, place]));

  // {starts, numbers}: where the numbers of each rule begin, and of the last end.
  function flattened(rows, place) {
    const numbers = [];
    const starts = new Uint32Array(rows.length + 1);
    for (let rule = 0; rule < rows.length; rule += 1) {
      const of = rows[rule][place];
      if (typeof of !== "number") for (const one of of) numbers.push(one);
      else if (of >= 0) numbers.push(of);
      starts[rule + 1] = numbers.length;
    }
    return { starts, numbers: Uint32Array.from(numbers) };
  }

  class Column {
    #starts;
    #numbers;
    names;
    pairs;  // ATT&CK's: id and name
    folded;

    constructor(rows, place, names) {
      const isPaired = Array.isArray(names[0]);
      this.names = names;
      this.pairs = isPaired ? names : null;
      this.folded = names.map((one) => search.fold(isPaired ? one.join(" ") : one));
      ({ starts: this.#starts, numbers: this.#numbers } = flattened(rows, place));
    }

    get ruleCount() {
      return this.#starts.length - 1;
    }

    // `isMeant`: by number.
    hasAny(rule, isMeant) {
      for (let at = this.#starts[rule]; at < this.#starts[rule + 1]; at += 1) if (isMeant[this.#numbers[at]]) return true;
      return false;
    }

    // A mark for each rule that has a name that is meant.
    withAny(isMeant) {
      const marks = new Uint8Array(this.ruleCount);
      for (let rule = 0; rule < marks.length; rule += 1) marks[rule] = this.hasAny(rule, isMeant) ? 1 : 0;
      return marks;
    }

    // One more for each name that each of the rules has.
    countInto(counts, rules) {
      const starts = this.#starts;
      const numbers = this.#numbers;
      for (const rule of rules) for (let at = starts[rule]; at < starts[rule + 1]; at += 1) counts[numbers[at]] += 1;
    }
  }

  // What rules compare: field, operator and value of each.
  class Comparisons {
    #starts;
    #numbers;

    constructor(rows) {
      ({ starts: this.#starts, numbers: this.#numbers } = flattened(rows, places.INDICATORS));
    }

    // A mark for each rule of which one comparison is meant in all three, by number.
    withAny(fields, operators, values) {
      const starts = this.#starts;
      const numbers = this.#numbers;
      const marks = new Uint8Array(starts.length - 1);
      for (let rule = 0; rule < marks.length; rule += 1) {
        for (let at = starts[rule]; at < starts[rule + 1] && !marks[rule]; at += 3) {
          marks[rule] = values[numbers[at + 2]] & fields[numbers[at]] & operators[numbers[at + 1]];
        }
      }
      return marks;
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

  Object.assign(search, { columnsOf, Comparisons, places });
})(globalThis.picketSearch ??= {});
