// A rule too large to be stored: node large_rule.mjs FILE. Its title is a megabyte, a value nearly as much as a
// condition may hold, its description whatever a reader of Markdown might take too long for.
import { writeFileSync } from "node:fs";

const megabyte = 1 << 20;
const longestValue = 250000;
const nesting = 10000;
const description = [">".repeat(nesting), "[".repeat(nesting), "![](".repeat(nesting), "*a_".repeat(nesting), "`".repeat(nesting),
  "- ".repeat(nesting), "<".repeat(nesting), "|".repeat(nesting), "http://".repeat(nesting)];

const lines = [
  "AnalysisType: rule",
  "RuleID: Hostile.Large",
  `DisplayName: '${"W".repeat(megabyte)}'`,
  "Enabled: true",
  "LogTypes: [Zendesk.Audit]",
  "Severity: Info",
  "Description: |",
  ...description.map((line) => `  ${line}`),
  `Tags: [${Array.from({ length: 2000 }, (_, i) => `tag${i}`).join(", ")}]`,
  "Condition: |",
  `  action eq "${"v".repeat(longestValue)}"`,
];

writeFileSync(process.argv[2], `${lines.join("\n")}\n`);
