// Runs in the worker thread: questions of the engine in, answers out, one after another. Next: heap-desk.ts.
import type { MessagePort } from "node:worker_threads";
import type { Result } from "../../../../shared/failures.ts";
import { type Answering, answering, type Snapshots } from "./answers.ts";
import type { Question } from "./question.ts";

export function serveQuestions(port: MessagePort | null, snapshots: Snapshots): void {
  const answers = answering(snapshots);
  port?.on("message", (question: Question) => port.postMessage(answerTo(answers, question)));
}

function answerTo(answers: Answering, question: Question): Result<unknown> {
  switch (question.name) {
    case "heap.types":
      return answers[question.name](question.params);
    case "heap.objects":
      return answers[question.name](question.params);
    case "heap.dominators":
      return answers[question.name](question.params);
    case "heap.why":
      return answers[question.name](question.params);
    case "heap.report":
      return answers[question.name](question.params);
    case "heap.compare":
      return answers[question.name](question.params);
    default:
      return question satisfies never;
  }
}
