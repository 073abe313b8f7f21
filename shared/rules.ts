// A rule of the C API in; what breaking it means, what to do, and the section of CPython's documentation that states it, out.
// Used by engine/analysis/audit.ts and every door that shows a finding.
import type { FindingRule } from "./records.ts";

export interface RuleWords {
  /** "FUNCTION " is put before it. */
  readonly broke: string;
  readonly fix: string;
  readonly section: { readonly title: string; readonly url: string };
}

const manual = "https://docs.python.org/3.13";
const sections = {
  exceptions: { title: "C API, Introduction: Exceptions", url: `${manual}/c-api/intro.html#exceptions` },
  handling: { title: "C API: Exception Handling", url: `${manual}/c-api/exceptions.html` },
  clearing: { title: "C API: PyErr_Clear", url: `${manual}/c-api/exceptions.html#c.PyErr_Clear` },
  checking: {
    title: "Extending: Intermezzo: Errors and Exceptions",
    url: `${manual}/extending/extending.html#intermezzo-errors-and-exceptions`,
  },
  counts: {
    title: "C API, Introduction: Reference Count Details",
    url: `${manual}/c-api/intro.html#reference-count-details`,
  },
  ownership: { title: "Extending: Ownership Rules", url: `${manual}/extending/extending.html#ownership-rules` },
  thinIce: { title: "Extending: Thin Ice", url: `${manual}/extending/extending.html#thin-ice` },
  ensure: { title: "C API: Non-Python created threads", url: `${manual}/c-api/init.html#non-python-created-threads` },
  gil: {
    title: "C API: Thread State and the Global Interpreter Lock",
    url: `${manual}/c-api/init.html#thread-state-and-the-global-interpreter-lock`,
  },
} as const;

/** All that a finding links to. */
export const rulePages: readonly string[] = Object.values(sections).map(({ url }) => url);

/** The worst first: what can end the process, then what grows, then what hides an error. */
export const ruleWords: Readonly<Record<FindingRule, RuleWords>> = {
  "called-without-gil": {
    broke: "calls the C API without holding the GIL",
    fix: "Call it before Py_BEGIN_ALLOW_THREADS or after Py_END_ALLOW_THREADS, or take the GIL with PyGILState_Ensure.",
    section: sections.gil,
  },
  "borrowed-used-after-free": {
    broke: "uses a borrowed reference after its object may have gone",
    fix: "Take a reference of its own with Py_INCREF before anything that can run Python code or release the GIL.",
    section: sections.thinIce,
  },
  "over-release": {
    broke: "releases a reference that it does not own",
    fix: "Take the Py_DECREF out: the reference is borrowed. Or take one of its own first with Py_INCREF.",
    section: sections.counts,
  },
  "gilstate-unbalanced": {
    broke: "returns with another number of PyGILState_Ensure calls than of PyGILState_Release",
    fix: "Call PyGILState_Release once for each PyGILState_Ensure, on every way out.",
    section: sections.ensure,
  },
  "leaked-reference": {
    broke: "keeps a new reference that it neither returns nor releases",
    fix: "Py_DECREF what the call returned when it is not needed any more, on every way out; a container takes its own reference.",
    section: sections.ownership,
  },
  "extra-reference": {
    broke: "takes a reference that it neither stores nor releases",
    fix: "Take the Py_INCREF out, or release it with Py_DECREF before it returns.",
    section: sections.counts,
  },
  "result-with-error": {
    broke: "returns a result while an error is set",
    fix: "Return NULL after an error was set, or clear it with PyErr_Clear when it is meant to be ignored.",
    section: sections.exceptions,
  },
  "null-without-error": {
    broke: "returns NULL and sets no error",
    fix: "Set an exception before it returns NULL, or return an object: Py_RETURN_NONE.",
    section: sections.exceptions,
  },
  "called-with-error": {
    broke: "goes on calling the C API while an error is set",
    fix: "Check what the call before returned, and return at the first error.",
    section: sections.handling,
  },
  "unchecked-error": {
    broke: "does not look whether a call of the C API failed",
    fix: "Check what it returned (NULL, or -1 with PyErr_Occurred) and return at the first error.",
    section: sections.checking,
  },
  "error-overwritten": {
    broke: "sets a new error over one that is set",
    fix: "Check the result of each call, and return at the first error.",
    section: sections.handling,
  },
  "error-cleared": {
    broke: "clears an error without a look at what it is",
    fix: "Ask PyErr_ExceptionMatches for the error that is expected, and let all others through.",
    section: sections.clearing,
  },
};

const order = Object.keys(ruleWords);
/** A lower number is worse. */
export const severity = (rule: FindingRule): number => order.indexOf(rule);
