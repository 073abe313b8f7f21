#!/usr/bin/env bash
# In: the inputs of action.yml as environment variables. Out: the verdict for later steps, the job's summary, the exit code of `compare`.
set -uo pipefail

refscope="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/refscope"
document="$(mktemp "${RUNNER_TEMP:-/tmp}/refscope-comparison.XXXXXX")"

words=(compare --json --per "${INPUT_PER:-second}")
if [ -n "${INPUT_RUN:-}" ]; then
  words+=(--run "$INPUT_RUN" --a "${INPUT_A:-}" --b "${INPUT_B:-}" --runs "${INPUT_RUNS:-5}" --for "${INPUT_FOR:-10s}")
else
  words+=("${INPUT_BEFORE:-}" "${INPUT_AFTER:-}")
fi
[ -n "${INPUT_JUNIT:-}" ] && words+=(--junit "$INPUT_JUNIT")
[ -n "${INPUT_SARIF:-}" ] && words+=(--sarif "$INPUT_SARIF")
[ -n "${GITHUB_STEP_SUMMARY:-}" ] && words+=(--summary "$GITHUB_STEP_SUMMARY")

"$refscope" "${words[@]}" >"$document"
code=$?

# A verdict is a word of ours; a document without one is that of an error.
verdict="$(sed -n 's/^  "verdict": "\([a-z-]*\)",$/\1/p' "$document" | head -n 1)"
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'verdict=%s\ndocument=%s\n' "$verdict" "$document" >>"$GITHUB_OUTPUT"
fi
if [ "$code" -eq 7 ] && [ "${INPUT_ALLOW_INCOMPARABLE:-false}" = true ]; then
  exit 0
fi
exit "$code"
