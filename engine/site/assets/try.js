// Try it: an event in a box on a rule's page, and what the rule says of it, as one types. The engine that answers is in
// a script beside this one and is fetched when the box is first used: it is large, and most readers only read.
//
// Everything shown comes from rules and events, which anybody may have written: it reaches the page by textContent only.
"use strict";

(() => {
  const section = document.getElementById("try");
  if (section === null) return;

  const ruleId = section.dataset.rule;
  // A page that is full leaves out the events of some tests.
  const withEvents = [...document.querySelectorAll("details.test")].filter((test) => test.querySelector("pre.event"));
  const tests = withEvents.map((test) => ({
    name: test.dataset.name ?? "",
    event: test.querySelector("pre.event").textContent,
  }));

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // --- the box ---

  const choice = element("select");
  choice.id = "try-test";
  for (const {name} of tests) choice.append(element("option", "", name));
  const choiceLabel = element("label", "", "Start from the test ");
  choiceLabel.append(choice);

  const box = element("textarea");
  box.id = "try-event";
  box.rows = 14;
  box.spellcheck = false;
  box.autocapitalize = "off";
  box.autocomplete = "off";
  const boxLabel = element("label", "", "Event");
  boxLabel.htmlFor = box.id;

  const verdict = element("p", "verdict");
  verdict.setAttribute("role", "status");
  verdict.setAttribute("aria-live", "polite");
  const answers = element("div", "answer");

  // What stands there tells readers without scripts that they need one.
  for (const old of [...section.children]) if (old.tagName !== "H2") old.remove();
  if (tests.length > 0) section.append(choiceLabel);
  section.append(boxLabel, box, verdict, answers);

  // --- the engine ---

  // A script's element works from a disk too, where fetching does not.
  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} could not be loaded`));
      document.head.append(script);
    });
  }

  let loading = null;

  async function openTryout() {
    loading ??= Promise.all([load(section.dataset.engine), load(section.dataset.context)]);
    try {
      await loading;
    } catch (error) {
      loading = null;  // it may be there the next time
      throw error;
    }
    const own = {name: section.dataset.file, text: document.getElementById("rule-body").textContent};
    return picketEngine.open([own, ...picketContext.filter((file) => file.name !== own.name)]);
  }

  let opening = null;

  // A tryout that fails (of an event that takes all memory, say) is thrown away; the next question opens another.
  async function ask(event, test) {
    opening ??= openTryout();
    try {
      return (await opening).answer(ruleId, event, test);
    } catch (error) {
      opening = null;
      throw error;
    }
  }

  // --- the answer ---

  const classOfState = {true: "held", taken: "held", missing: "absent", "not reached": "absent"};

  function stateOf(part) {
    if (part.kind !== "arm") return part.state;
    return part.times_true > 0 ? "taken" : "not taken";
  }

  function partItem(part) {
    const state = stateOf(part);
    const item = element("li", classOfState[state] ?? "failed");
    item.dataset.depth = String(Math.min(part.depth, 8));
    item.append(element("span", "state", state), " ", element("code", "", part.text));
    const seen = part.actual === null ? "" : `${part.path ?? "value"} is ${part.actual}`;
    const details = [seen, part.note ?? ""].filter((text) => text !== "").join("; ");
    if (details !== "") item.append(" ", element("span", "seen", details));
    return item;
  }

  function definitions(rows) {
    const list = element("dl", "alert");
    for (const [name, value] of rows) {
      if (value === "" || value === null || value === undefined) continue;
      list.append(element("dt", "", name), element("dd", "", value));
    }
    return list;
  }

  // JSON laid out without being parsed, which would change long numbers and the order of keys.
  function laidOut(json) {
    let depth = 0;
    const newLine = () => "\n" + "  ".repeat(depth);
    return json.replace(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]/g, (token) => {
      if (token === ",") return token + newLine();
      if (token === ":") return ": ";
      if (token === "{" || token === "[") {
        ++depth;
        return token + newLine();
      }
      if (token === "}" || token === "]") {
        --depth;
        return newLine() + token;
      }
      return token;
    });
  }

  function alertOf(trace, context) {
    const alert = trace.alert;
    const rows = [["title", alert.title], ["severity", alert.severity]];
    if (alert.dedup !== alert.title) rows.push(["dedup", alert.dedup]);
    const section = [element("h3", "", trace.alerts ? "The alert" : "What an alert would say"), definitions(rows)];
    if (context !== "{}") {
      const text = element("pre", "context");
      text.append(element("code", "", laidOut(context)));
      section.push(element("h4", "", "Context"), text);
    }
    return section;
  }

  function listOf(className, texts) {
    const list = element("ul", className);
    list.append(...texts.map((text) => element("li", "", text)));
    return list;
  }

  function tell(className, words) {
    verdict.className = `verdict ${className}`.trim();
    // Told again, the same words would be read out again.
    if (verdict.textContent !== words) verdict.textContent = words;
  }

  function show({says, trace, context, memory, error, diagnostics}) {
    if (error !== null) {
      const place = error.line === null ? "" : ` (line ${error.line}, column ${error.column})`;
      tell("no-event", `Not tried: ${error.message}${place}`);
      // Of the rule's own faults; of a broken event what was shown before stays in view while it is being typed.
      if (error.line === null) {
        const faults = diagnostics.map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`);
        answers.replaceChildren(...(faults.length > 0 ? [listOf("diagnostics", faults)] : []));
      } else {
        answers.classList.add("stale");
      }
      return;
    }
    const sentence = says.charAt(0).toUpperCase() + says.slice(1);
    tell(trace.alerts ? "match" : "no-match", trace.alerts ? `${sentence}: this event raises an alert` : `${sentence}: no alert`);
    const parts = element("ol", "trace");
    parts.append(...trace.parts.map(partItem));
    answers.classList.remove("stale");
    const remembered = memory.length > 0 ? [element("h3", "", "The memory"), listOf("memory", memory)] : [];
    answers.replaceChildren(...alertOf(trace, context), element("h3", "", "Each part of the condition"), parts, ...remembered);
  }

  // --- as one types ---

  let latest = 0;
  let waiting = false;

  async function answerNow() {
    waiting = false;
    const question = ++latest;
    if (opening === null) tell("", "Loading the engine…");
    let answer;
    try {
      answer = await ask(box.value, tests[choice.selectedIndex]?.name ?? "");
    } catch (error) {
      answer = null;
      if (question === latest) tell("no-event", `Not tried: ${error.message}`);
    }
    if (answer !== null && question === latest) show(answer);
  }

  // At most once for what the screen shows; a page in the background waits until it is seen.
  function answerSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(answerNow);
  }

  function begin() {
    box.value = tests[choice.selectedIndex]?.event ?? "{}";
  }

  begin();
  tell("", "Change the event, or choose a test, to see what the rule says.");
  box.addEventListener("focus", answerSoon, {once: true});
  box.addEventListener("input", answerSoon);
  choice.addEventListener("change", () => {
    begin();
    answerSoon();
  });
})();
