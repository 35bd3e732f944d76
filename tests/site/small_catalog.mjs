// Nine rules by which each word of the query language can be told from the next, as search-data.js holds them.

const rules = [
  // id, title, description, severity, format, status, pack, log types, tags, tactics, techniques, indicators
  ["Zendesk.NewAPIToken", "Zendesk API token created", "A token outlives its maker", "High", "picket", "stable", "zendesk",
    ["Zendesk.Audit"], ["Zendesk", "Credentials"], ["TA0006"], ["T1528"],
    [["source_type", "eq", "api_token"], ["action", "in", "create"], ["action", "in", "destroy"]]],
  ["Zendesk.Destroyed", "Zendesk ticket destroyed", "Evidence goes", "Low", "picket", "test", "zendesk",
    ["Zendesk.Audit"], ["Zendesk"], [], [], [["action", "eq", "update"], ["result", "eq", "destroy"]]],
  ["AWS.RunInstances", "Instances started", "Somebody else's money", "Medium", "panther", null, "aws",
    ["AWS.CloudTrail"], ["AWS"], ["TA0040"], ["T1496"], [["eventName", "eq", "ec2:RunInstances"], ["maxCount", "ge", "20"]]],
  ["AWS.Token", "Session   token  asked for", "AWS.RunInstances often follows", "Info", "panther", "stable", "aws",
    ["AWS.CloudTrail", "AWS.VPCFlow"], ["AWS"], ["TA0006"], ["T1528", "T1098.001"], [["eventName", "eq", "GetSessionToken"]]],
  ["proc_creation_lsass", "LSASS dumped", "By any of the tools; see the token of the process", "Critical", "sigma", "experimental", "windows",
    ["Windows.EventLogs"], ["attack.t1003.001"], ["TA0006"], ["T1003.001"],
    [["Image", "ends_with", "\\lsass.exe"], ["CommandLine", "contains", "cmd  /c whoami"]]],
  ["proc_creation_mimikatz", "Mimikatz", "A description of an API and, elsewhere, a token", "High", "sigma", "unsupported", "windows",
    ["Windows.EventLogs"], [], ["TA0001"], ["T1078"], [["CommandLine", "like", "*mimikatz*"]]],
  ["A.Script", "</script><b>Bold</b> \u202edlob", "\"><img src=x onerror=alert(1)>", "Low", "picket", "stable", "hostile",
    ["Über.Größe"], ["100%"], [], [], [["x", "eq", "a\"b"], ["y", "eq", "key:value"]]],
  ["A.-dash", "Dash -enc", "Encoded -enc commands", "Low", "sigma", "stable", "windows", [], [], [], [], [["CommandLine", "contains", "-enc"]]],
  ["A.Bare", "", "", "Info", "sigma", null, null, [], [], [], [], []],
];

const severities = ["Info", "Low", "Medium", "High", "Critical"];
const tactics = [["TA0001", "Initial Access"], ["TA0006", "Credential Access"], ["TA0040", "Impact"]];
const techniques = [["T1003.001", "LSASS Memory"], ["T1078", "Valid Accounts"], ["T1098.001", "Additional Cloud Credentials"],
  ["T1496", "Resource Hijacking"], ["T1528", "Steal Application Access Token"]];

// Names in the order in which they first come, and their numbers.
class Names {
  list = [];

  number(name) {
    if (name === null) return -1;
    if (!this.list.includes(name)) this.list.push(name);
    return this.list.indexOf(name);
  }
}

export function smallCatalog() {
  const [formats, statuses, packs, logTypes, tags, fields, kinds, values] = Array.from({ length: 8 }, () => new Names());
  const idNumbers = (ids, table) => ids.map((id) => table.findIndex(([known]) => known === id));
  const rows = rules.map(([id, title, description, severity, format, status, pack, itsLogTypes, itsTags, itsTactics, itsTechniques, indicators]) => [
    `rules/${id}.html`, id, title, description, severities.indexOf(severity), formats.number(format), statuses.number(status), packs.number(pack),
    itsLogTypes.map((one) => logTypes.number(one)), itsTags.map((one) => tags.number(one)),
    idNumbers(itsTactics, tactics), idNumbers(itsTechniques, techniques),
    indicators.flatMap(([field, kind, value]) => [fields.number(field), kinds.number(kind), values.number(value)])]);
  return { severities, formats: formats.list, statuses: statuses.list, packs: packs.list, logTypes: logTypes.list, tags: tags.list,
    tactics, techniques, fields: fields.list, kinds: kinds.list, values: values.list, rules: rows };
}
