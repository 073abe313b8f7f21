// The screen that is shown in, a button that copies the command for the same in a terminal out; the command is what its tooltip says.
import { visible } from "../../logic/escape.ts";
import { Copy } from "../../parts/Copy.tsx";
import { useCommand } from "../../state/use-command.ts";

export function CopyCommand() {
  const command = useCommand();
  if (command === undefined) return null;
  return <Copy label="Copy command" text={command} about={visible(command)} />;
}
