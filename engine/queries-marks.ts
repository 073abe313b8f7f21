// The path of a recording in, its marks and what grew between them out. Next: engine.ts.
import { ok } from "../shared/failures.ts";
import { intervalsOf, markOf } from "./analysis/intervals.ts";
import { type Query, reading } from "./queries.ts";
import { Damage } from "./store/intact.ts";
import { openFile } from "./store/open.ts";
import { readMarks } from "./store/stored-marks.ts";

const fewRows = 500;

export const queryMarks: Query<"recording.marks"> = ({ path }) => {
  const file = openFile(path);
  if (!file.ok) return file;
  try {
    return ok({ marks: readMarks({ connection: file.value.connection, damage: new Damage() }).map(markOf) });
  } finally {
    file.value.connection.close();
  }
};

export const queryIntervals: Query<"recording.intervals"> = ({ path, at, limit = fewRows }, read = reading) =>
  read(path, (reader, views) => intervalsOf(reader, at, limit, views));
