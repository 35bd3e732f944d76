// A catalog of as many rules as one likes, as search-data.js holds it, the same for the same seed.
//
// Distributed as public collections are: a few log types, tags and techniques are common and most are rare; a rule has
// four to twelve comparisons, whose values are mostly its own; a description is thirty to fifty words.

const severities = ["Info", "Low", "Medium", "High", "Critical"];
const kinds = ["eq", "ne", "in", "contains", "starts_with", "ends_with", "like", "matches", "in cidr", "is", "lt", "ge"];
const verbs = ["created", "deleted", "stopped", "modified", "attached", "dumped", "disabled", "exported", "assumed", "opened"];
const things = ["api token", "trail", "bucket", "user", "role", "registry key", "scheduled task", "service", "process",
  "firewall rule", "secret", "snapshot", "log", "password", "session"];
const sources = ["AWS", "Azure", "GCP", "Okta", "GitHub", "Windows", "Linux", "Zendesk", "Slack", "Cloudflare"];
const syllables = ["al", "ber", "con", "de", "en", "for", "gra", "hi", "in", "ku", "lo", "mer", "ni", "or", "per", "ra", "se", "tion",
  "un", "ver", "wi", "ex", "zo", "ing", "ed"];

// mulberry32: small, and good enough for words.
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    of: (list) => list[below(list.length)],
    rare: (limit) => Math.floor(limit ** next()) - 1,  // n is about as likely as 1/n
  };
}

function some(random, limit, most) {
  return [...new Set(Array.from({ length: random.below(most + 1) }, () => random.rare(limit)))];
}

function wordsOf(random, count) {
  return Array.from({ length: count }, () => Array.from({ length: random.between(1, 4) }, () => random.of(syllables)).join(""));
}

function valueOf(random, words, verb, thing) {
  switch (random.below(5)) {
    case 0: return `${verb[0].toUpperCase()}${verb.slice(1, -1)}${thing.replaceAll(" ", "")}${random.below(4000)}`;
    case 1: return `\\${random.of(words)}${random.below(300)}.exe`;
    case 2: return `${random.of(words)}.amazonaws.com`;
    case 3: return `${random.of(words)} -${random.of(words)} /${random.of(words)}`;
    default: return random.of(words);
  }
}

export function manyRules(count, seed = 1) {
  const random = chance(seed);
  const words = wordsOf(random, 5000);
  const data = {
    severities, formats: ["picket", "panther", "sigma"], statuses: ["stable", "test", "experimental", "deprecated"],
    packs: Array.from({ length: 20 }, (_, i) => `pack ${random.of(words)} ${i}`),
    logTypes: Array.from({ length: 120 }, (_, i) => `${random.of(sources)}.${random.of(words)}${i}`),
    tags: Array.from({ length: 400 }, (_, i) => `${random.of(words)} ${i}`),
    tactics: Array.from({ length: 14 }, (_, i) => [`TA${String(i + 1).padStart(4, "0")}`, `${random.of(words)} ${random.of(words)}`]),
    techniques: Array.from({ length: 400 }, (_, i) => [`T${1000 + i}`, `${random.of(words)} ${random.of(words)}`]),
    fields: Array.from({ length: 800 }, (_, i) => `${random.of(words)}.${random.of(words)}${i}`),
    kinds, values: [], rules: [],
  };
  const numbers = new Map();
  const numberOf = (value) => {
    if (!numbers.has(value)) numbers.set(value, data.values.push(value) - 1);
    return numbers.get(value);
  };
  for (let rule = 0; rule < count; rule += 1) {
    const [source, verb, thing] = [random.of(sources), random.of(verbs), random.of(things)];
    const id = `${source}.${random.of(words)}.${thing.replaceAll(" ", "")}.${rule}`;
    const title = `${source} ${thing} ${verb} by ${random.of(words)} ${words[random.rare(words.length)]}`;
    const description = Array.from({ length: random.between(30, 50) }, () => words[random.rare(words.length)]).join(" ");
    const indicators = Array.from({ length: random.between(4, 12) }, () =>
      [random.rare(800), random.rare(kinds.length), numberOf(valueOf(random, words, verb, thing))]).flat();
    data.rules.push([`rules/${id}.html`, id, title, description, random.below(5), random.below(3), random.between(-1, 3),
      random.rare(20), some(random, 120, 3), some(random, 400, 6), some(random, 14, 2), some(random, 400, 3), indicators]);
  }
  return data;
}
