// The engine of Picket as WebAssembly, for pages that stand by themselves: the module is in this file, packed, so that
// nothing is fetched, and a page on a disk has it as one on a server does. Nothing is evaluated as text.
//
//   const tryout = await picketEngine.open([{name: "rules/a.yml", text: "…"}, …]);
//   tryout.answer(ruleId, eventText, testName, milliseconds)    -> what engine/tryout/tryout.hpp says, parsed
//
// A tryout whose answer() throws is broken (out of memory, or of stack): open another.
"use strict";

var picketEngine = (() => {
  const packed = "@PACKED@";

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  // Compiled once, however many tryouts there are.
  let compiled = null;

  async function compile() {
    if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old for the engine");
    const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
  }

  // The C library would ask for files, clocks and variables of a system that is not there: errno ENOSYS.
  function importsOf(module) {
    const imports = {};
    for (const {module: from, name, kind} of WebAssembly.Module.imports(module)) {
      if (kind !== "function") throw new Error(`the engine asks for ${from}.${name}`);
      imports[from] ??= {};
      imports[from][name] = name === "proc_exit" || name === "abort" ? exit : () => 52;
    }
    return imports;
  }

  function exit() {
    throw new Error("the engine has stopped");
  }

  async function open(files) {
    compiled ??= compile();
    const module = await compiled;
    const {exports: engine} = await WebAssembly.instantiate(module, importsOf(module));
    engine._initialize();

    // Calls `use` with address and size of each text, which it must not keep.
    function withTexts(texts, use) {
      const places = [];
      try {
        for (const text of texts) {
          const bytes = encoder.encode(text);
          const at = engine.malloc(bytes.length + 1);
          if (at === 0) throw new Error("the engine is out of memory");
          places.push(at, bytes.length);
          new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
        }
        return use(...places);
      } finally {
        for (let i = 0; i < places.length; i += 2) engine.free(places[i]);
      }
    }

    const session = engine.picket_open();
    for (const {name, text} of files) {
      withTexts([name, text], (...places) => engine.picket_add_file(session, ...places));
    }

    return {
      answer(ruleId, eventText, testName = "", now = Date.now()) {
        return withTexts([ruleId, eventText, testName], (...places) => {
          const at = engine.picket_answer(session, ...places, now);
          const bytes = new Uint8Array(engine.memory.buffer, at, engine.picket_answer_size(session));
          return JSON.parse(decoder.decode(bytes));
        });
      },
    };
  }

  return {open};
})();
