// A Result in, its value out; the test ends with the failure's words when there is none.
import type { Failure, Result } from "../../shared/failures.ts";

export function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${result.failure.cause}`);
}

export function failureOf(result: Result<unknown>): Failure {
  if (!result.ok) return result.failure;
  throw new Error("a failure was expected");
}
