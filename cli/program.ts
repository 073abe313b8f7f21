// Words of a command line in, an exit code out. Next: the verb they name.
import { Command, CommanderError, Option } from "commander";
import { version } from "../engine/report/version.ts";
import { failure } from "../shared/failures.ts";
import { loaders } from "./loaders.ts";
import { Terminal, wantsColor } from "./terminal.ts";
import type { Ended } from "./verb.ts";
import type { VerbRow } from "./verb-row.ts";
import { verbs } from "./verbs.ts";

const examples = `
Examples:
  refscope ps                          Python processes here
  refscope record 4242 --for 30s       record one for half a minute
  refscope report FILE                 what grew, and where it was allocated
  refscope serve                       the same in a browser

Exit codes:
  0 fine, or no leak · 1 leak or regression found · 2 usage · 3 target not found
  or ended early · 4 permission denied · 5 unsupported target · 6 bad recording
  7 no verdict possible · 8 disk or quota · 70 bug · 130, 143 signals
`;

export async function runProgram(words: readonly string[]): Promise<number> {
  let ended: Promise<number> | undefined;
  const program = createProgram((row, given, options) => {
    ended = runVerb(row, given, options);
  });
  if (words.length === 0) program.outputHelp();
  try {
    if (words.length > 0) program.parse(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return refuse(error, words);
    throw error;
  }
  return (await ended) ?? 0;
}

type Act = (row: VerbRow, words: readonly string[], options: Readonly<Record<string, unknown>>) => void;

function createProgram(act: Act): Command {
  const program = new Command("refscope")
    .description("Says which function of a running CPython process leaks, and who holds the objects.")
    .version(version(), "-V, --version", "print the version")
    .helpCommand("help [verb]", "explain a verb")
    .addHelpText("after", examples)
    .enablePositionalOptions()
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  for (const row of verbs) program.addCommand(toCommand(row, act), { hidden: row.name === "setup" });
  return program;
}

function toCommand(row: VerbRow, act: Act): Command {
  const command = new Command(row.name)
    .description(row.does)
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  for (const word of row.words.split(" ").filter(Boolean)) command.argument(word);
  for (const { flags, does, choices, many } of row.options) {
    const option = new Option(flags, choices ? `${does}: ${choices.join(", ")}` : does);
    command.addOption(many ? option.argParser(gather) : option);
  }
  command.option("--no-color", "no colours").option("--quiet", "nothing but results and errors");
  if (row.notes) command.addHelpText("after", `\n${row.notes}`);
  if (row.name === "run") command.passThroughOptions();
  return command.action(() => act(row, command.args, command.opts()));
}

const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

async function runVerb(
  row: VerbRow,
  words: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const terminal = new Terminal({
    json: options["json"] === true,
    quiet: options["quiet"] === true,
    color: wantsColor(options["color"] !== false),
  });
  const { verb } = await loaders[row.name]();
  const ended: Ended = await verb.run(terminal, words, options);
  if (ended.ok) return ended.value;
  terminal.complain(ended.failure, true);
  return ended.failure.exit;
}

/** Help and version end the parser too, with exit code 0. */
function refuse(error: CommanderError, words: readonly string[]): number {
  if (error.exitCode === 0) return 0;
  // `help nonsense` ends with the help of nothing.
  const what = error.code === "commander.help" ? "there is no such verb" : error.message.replace(/^error: /, "");
  const refused = failure("usage", { what });
  new Terminal({ json: words.includes("--json"), quiet: false, color: false }).complain(refused, true);
  return refused.exit;
}
