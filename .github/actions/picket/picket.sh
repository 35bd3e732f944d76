#!/usr/bin/env bash
# What the action does: annotations on standard output, a summary of the step, a SARIF file. The inputs come as
# variables, and none of them is ever read as shell text.
set -uo pipefail

mapfile -t paths < <(grep -v '^[[:space:]]*$' <<<"$PATHS")
read -r -d '' -a options <<<"$OPTIONS"
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT

status=0
# Runs picket, and keeps the worst exit status.
run() {
  picket "$@"
  local one=$?
  if ((one > status)); then status=$one; fi
}

check=(--format github --output "markdown=$reports/check.md")
if [[ $DENY_WARNINGS == true ]]; then check+=(--deny-warnings); fi
test=(--format github --output "markdown=$reports/test.md")
if [[ -n $SARIF ]]; then test+=(--output "sarif=$SARIF"); fi

run check "${check[@]}" "${options[@]}" -- "${paths[@]}"
run test "${test[@]}" "${options[@]}" -- "${paths[@]}"
if [[ -n $MIN_MUTATION ]]; then
  run mutate --format github --min "$MIN_MUTATION" "${options[@]}" -- "${paths[@]}"
fi

cat "$reports"/*.md >>"$GITHUB_STEP_SUMMARY"
exit "$status"
