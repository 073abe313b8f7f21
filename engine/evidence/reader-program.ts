// The program of a process that reads one stranger's recording and can be killed: questions of its parent in, answers out. Next: reader-process.ts.

import type { Result } from "../../shared/failures.ts";
import { failed, failure } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { OpenRecordings } from "../desk/open-recordings.ts";
import { answer, type Callee } from "../rpc/rpc.ts";
import { type Answers, foreignAnswers } from "./answers.ts";
import { mayReadForeign } from "./foreign.ts";
import { work } from "./jobs.ts";
import type { Question, Reply } from "./reader-process.ts";

const progressEveryMs = 200;
const answers: Answers = foreignAnswers(new OpenRecordings().read);
const callee: Callee = {
  async call<N extends RpcName>(name: N, params: RpcParams<N>): Promise<Result<RpcResult<N>>> {
    const known: {
      readonly [M in RpcName]?: (params: RpcParams<M>) => Promise<Result<RpcResult<M>>> | Result<RpcResult<M>>;
    } = answers;
    const query = known[name];
    return query ? await query(params) : failed(failure("usage", { what: `\`${name}\` reads no recording` }));
  },
};

const reply = (message: Reply) => process.send?.(message);
process.on("message", (question: Question) => void take(question).then(reply));
process.on("disconnect", () => process.exit());

async function take(question: Question): Promise<Reply> {
  const may = question.trusted ? undefined : mayReadForeign(question.path);
  if (may && !may.ok) return { ok: false, error: may.failure };
  try {
    return question.kind === "call" ? await called(question.text) : worked(question);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { ok: false, error: failure("bug", { what }) };
  }
}

async function called(text: string): Promise<Reply> {
  const response = await answer(callee, text);
  return response.ok ? { ok: true, result: response.result } : { ok: false, error: response.error };
}

function worked({ job }: Extract<Question, { kind: "job" }>): Reply {
  let said = 0;
  const done = work(job, (doneBytes, ofBytes) => {
    if (Date.now() - said < progressEveryMs) return;
    said = Date.now();
    reply({ progress: [doneBytes, ofBytes] });
  });
  return done.ok ? { ok: true, result: done.value } : { ok: false, error: done.failure };
}
