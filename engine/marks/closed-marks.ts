// The path of a closed recording of ours and a change in; its marks changed and the file sealed again. Runs in a thread of its own, because
// the whole file is hashed. Used by marks-worker.ts.
import * as v from "valibot";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { privateText } from "../recorder/privacy.ts";
import { addTables } from "../store/add-tables.ts";
import { changeClosed } from "../store/change-closed.ts";
import { readFacts, readStatus } from "../store/facts.ts";
import { Damage } from "../store/intact.ts";
import { openFile } from "../store/open.ts";
import type { Connection } from "../store/sqlite.ts";
import { readMarks, writeMarks } from "../store/stored-marks.ts";
import { cannotMark, changed, type MarkChange } from "./edit.ts";

const privacies = v.picklist(["minimal", "standard", "full"]);

export function markClosed(path: string, change: MarkChange): Result<void> {
  const opened = openFile(path);
  if (!opened.ok) return opened;
  const { status, format, connection } = opened.value;
  connection.close();
  const refuse = (why: string) => cannotMark(path, why);
  if (status === "recording") return fail("recording-in-use", { path });
  if (status === "recovered") return refuse("its recorder ended early, so nobody sealed it");
  if (format < 2) return refuse(`it has format ${format}, which knows no marks`);
  return changeClosed(path, (writing) => changeRows(writing, change), refuse);
}

function changeRows(connection: Connection, change: MarkChange): Result<void> {
  const before = readMarks({ connection, damage: new Damage() });
  const after = changed(before, change, { now: undefined, end: readStatus(connection).t });
  if (!after.ok) return after;
  addTables(connection);
  const privacy = v.parse(v.fallback(privacies, "minimal"), readFacts(connection).privacy);
  writeMarks(
    connection,
    after.value.map((mark) => ({ ...mark, name: privateText(mark.name, privacy) })),
  );
  return ok(undefined);
}
