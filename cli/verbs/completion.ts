// The name of a shell in, its completion script out, made from the table of verbs. Next: the shell.
import * as v from "valibot";
import { fail, ok } from "../../shared/failures.ts";
import { defineVerb } from "../verb.ts";
import type { VerbRow } from "../verb-row.ts";
import { verbs } from "../verbs.ts";

const shells: Readonly<Record<string, () => string>> = { bash, zsh, fish };

export const verb = defineVerb(v.object({}), async (terminal, [shell]) => {
  const write = shells[shell ?? ""];
  if (write === undefined)
    return fail("usage", { what: `no completion for \`${shell}\`; there are ${Object.keys(shells).join(", ")}` });
  terminal.result(write());
  return ok(0);
});

const nameOf = (flags: string): string => flags.split(" ")[0] ?? flags;
const flagsOf = (row: VerbRow): string =>
  [...row.options.map(({ flags }) => nameOf(flags)), "--quiet", "--no-color", "--help"].join(" ");
const names = (): string => [...verbs.map(({ name }) => name), "help"].join(" ");
const needsFile = verbs.filter(({ words }) => words === "<file>").map(({ name }) => name);

function bash(): string {
  const cases = verbs.map((row) => `    ${row.name}) words="${flagsOf(row)}" ;;`);
  return `# refscope completion bash >> ~/.bash_completion
_refscope() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names()}" -- "$current")); return; fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
    *) return ;;
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) case \${COMP_WORDS[1]} in ${needsFile.join(" | ")}) COMPREPLY=($(compgen -f -X '!*.refscope' -- "$current")) ;; esac ;;
  esac
}
complete -o default -F _refscope refscope
`;
}

function zsh(): string {
  const list = verbs.map(({ name, does }) => `    '${name}:${does.replaceAll("'", "")}'`);
  const cases = verbs.map((row) => `    ${row.name}) compadd -- ${flagsOf(row)} ;;`);
  return `#compdef refscope
_refscope() {
  local -a verbs=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then _describe verb verbs; return; fi
  if [[ $words[CURRENT] != -* ]]; then _files -g '*.refscope'; return; fi
  case $words[2] in
${cases.join("\n")}
  esac
}
compdef _refscope refscope
`;
}

function fish(): string {
  const rows = verbs.flatMap((row) => [
    `complete -c refscope -n __fish_use_subcommand -f -a ${row.name} -d '${row.does.replaceAll("'", "")}'`,
    ...row.options.map(
      ({ flags, does }) =>
        `complete -c refscope -n '__fish_seen_subcommand_from ${row.name}' -l ${nameOf(flags).slice(2)} -d '${does.replaceAll("'", "")}'`,
    ),
  ]);
  return `${rows.join("\n")}\n`;
}
