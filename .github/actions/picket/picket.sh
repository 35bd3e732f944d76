#!/usr/bin/env bash
# What the action does: annotations on standard output, a summary of the step, a SARIF file. The inputs come as
# variables, and none of them is ever read as shell text.
set -uo pipefail

# A line each, without the blanks around it.
mapfile -t paths < <(sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d' <<<"$PATHS")
# Words, of which quotes keep some together; xargs expands nothing in them.
if ! words=$(xargs -r -n1 printf '%s\n' <<<"$OPTIONS"); then
  echo "::error::the input options cannot be read: a quote has no end"
  exit 2
fi
mapfile -t options < <(sed '/^$/d' <<<"$words")
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

for report in "$reports"/*.md; do
  if [[ -e $report ]]; then cat "$report" >>"$GITHUB_STEP_SUMMARY"; fi
done
exit "$status"
