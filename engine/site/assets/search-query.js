// The language of the search box: what a person typed, as terms that every rule is asked.
//
//   token  "api token"  -test         texts that must, or must not, be in the rule
//   Run*Instances                     * stands for anything
//   field:action op:in value:destroy  of one comparison, as they stand together
//   tag:aws  technique:T1098          a part of the name is enough
//   id:=AWS.Root  title:aws*          = and * ask for the whole of it
//   severity:>=high                   > >= < <= as well
//
// Nothing that can be typed is an error, because every query is half typed at some time: what is no key is text, a
// key that has no value yet asks nothing, a quote that is not closed goes to the end.
"use strict";

(function (search) {
  const longestQuery = 1000;  // a link could bring any; what is beyond is not read
  const keys = ["field", "op", "value", "technique", "tactic", "id", "title", "severity", "logtype", "tag", "format",
    "status", "pack"];
  const indicatorKeys = new Set(["field", "op", "value"]);
  const written = new RegExp(String.raw`\s*(-?)(?:(${keys.join("|")}):([<>]=?|=)?)?(?:"([^"]*)"?|(\S+))?`, "giy");

  // Texts are compared in lower case, and any blanks between two words are one.
  function fold(text) {
    return text.toLowerCase().replace(/ *[^\S ]\s*| {2,}/g, " ");
  }

  // `whole`: the pieces must make up all of a text, with anything between them; else they are somewhere in it, in order.
  function pattern(text, isLiteral, isWhole) {
    const folded = fold(text);
    const pieces = isLiteral ? [folded] : folded.split("*");
    return { pieces, whole: isWhole, name: `${isWhole ? "=" : ""}${isLiteral ? '"' : ""}${folded}` };
  }

  // The place behind the pieces from `first` to before `last`, found one after the other; -1 if one is not there.
  // The leftmost place of each is as good as any, so that no pattern takes more than one walk over the text.
  function behind(pieces, first, last, text, from) {
    let place = from;
    for (let i = first; i < last; i += 1) {
      const found = text.indexOf(pieces[i], place);
      if (found < 0) return -1;
      place = found + pieces[i].length;
    }
    return place;
  }

  function fits({ pieces, whole }, text) {
    if (pieces.length === 1) return whole ? text === pieces[0] : text.includes(pieces[0]);
    if (!whole) return behind(pieces, 0, pieces.length, text, 0) >= 0;
    const last = pieces.length - 1;
    if (!text.startsWith(pieces[0]) || !text.endsWith(pieces[last])) return false;
    const place = behind(pieces, 1, last, text, pieces[0].length);
    return place >= 0 && place + pieces[last].length <= text.length;
  }

  function termOf([, sign, key, operator = "", quoted, bare]) {
    const text = quoted ?? bare ?? "";
    const exclude = sign === "-";
    const isLiteral = quoted !== undefined;
    if (!text.trim()) return null;
    if (!key) return { key: "text", exclude, pattern: pattern(text, isLiteral, false) };
    const name = key.toLowerCase();
    if (name === "severity") return { key: name, exclude, operator, pattern: pattern(text, isLiteral, true) };
    const isWhole = operator === "=" || (!isLiteral && text.includes("*")) || name === "op";
    const asked = operator.startsWith("=") ? text : operator + text;
    return { key: name, exclude, pattern: pattern(asked, isLiteral, isWhole) };
  }

  // A term of a comparison's field, operator and value: one that stands beside it joins it, unless it asks again for what
  // is asked already. Excluded ones stand alone.
  function joinIndicator(terms, term) {
    const last = terms.at(-1);
    if (last?.key === "indicator" && !last.exclude && !term.exclude && !(term.key in last.parts)) {
      last.parts[term.key] = term.pattern;
      return;
    }
    terms.push({ key: "indicator", exclude: term.exclude, parts: { [term.key]: term.pattern } });
  }

  // The terms of a query: {key, exclude, pattern}; of a severity also its `operator`; of a comparison
  // {key: "indicator", exclude, parts: {field, op, value}}, each part a pattern, or absent.
  function parseQuery(typed) {
    const terms = [];
    const text = typed.slice(0, longestQuery).trim();
    written.lastIndex = 0;
    while (written.lastIndex < text.length) {
      const term = termOf(written.exec(text));
      if (!term) continue;
      if (indicatorKeys.has(term.key)) joinIndicator(terms, term);
      else terms.push(term);
    }
    return terms;
  }

  Object.assign(search, { fits, fold, longestQuery, parseQuery });
})(globalThis.picketSearch ??= {});
