// What can be typed into the search box, told beside it. Each example is typed for whoever clicks it.
"use strict";

(function (search) {
  const { element } = search;
  const examples = [
    ['api token', "both words, in ids, titles, descriptions, log types, tags, techniques and values"],
    ['"api token" -test', "a phrase; and a word that must not be there"],
    ["field:action op:in value:destroy", "one comparison: the field, the operator, the value that is looked for"],
    ["technique:T1098 tactic:persistence", "ATT&CK, by id or by name"],
    ["logtype:cloudtrail tag:aws pack:aws", "a part of the name is enough"],
    ["severity:>=high -format:sigma", "also status:, id: and title:; > >= < <= for severities"],
    ["value:=destroy value:*.exe", "= asks for the whole value, * stands for anything"],
  ];

  // `onChoose` is given the example's text.
  search.help = function (onChoose) {
    const rows = examples.flatMap(([text, meaning]) => {
      const button = element("button", { type: "button" }, element("code", { textContent: text }));
      button.addEventListener("click", () => onChoose(text));
      return [element("dt", {}, button), element("dd", { textContent: meaning })];
    });
    return element("details", { className: "help" }, element("summary", { textContent: "How to search" }), element("dl", {}, ...rows));
  };
})(globalThis.picketSearch ??= {});
