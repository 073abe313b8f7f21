// In: who we are and who the target is. Out: the reason for a "no", and the least weakening way around first.
import { expect, test } from "vitest";
import { explainDenial, type Other, type Ourselves } from "./permission.ts";

const we: Ourselves = {
  user: 1000,
  canTrace: false,
  permittedCapabilities: 0n,
  userNamespace: "user:[1]",
  ptraceScope: 0,
  seccomp: 0,
};
const it: Other = {
  pid: 7,
  users: [1000, 1000, 1000],
  userNamespace: "user:[1]",
  owner: 1000,
  permittedCapabilities: 0n,
};
const names = (id: number) => ({ 0: "root", 33: "www-data", 1000: "ada" })[id] ?? String(id);
const explain = (ours: Partial<Ourselves>, its: Partial<Other> = {}) =>
  explainDenial({ ...we, ...ours }, { ...it, ...its }, names);

test.each([
  ["scope 3", { ptraceScope: 3, canTrace: true }, {}, "ptrace_scope is 3", "/etc/sysctl.d"],
  ["scope 2", { ptraceScope: 2 }, {}, "ptrace_scope is 2", "sudo"],
  [
    "container without the capability",
    { user: 0 },
    { users: [0, 0, 0], owner: 0 },
    "CAP_SYS_PTRACE",
    "--cap-add=SYS_PTRACE",
  ],
  ["other user namespace", {}, { userNamespace: "user:[2]" }, "another user namespace", "container"],
  [
    "root's process",
    {},
    { users: [0, 0, 0], owner: 0, userNamespace: undefined },
    "runs as root, Refscope as ada",
    "Run Refscope as root: `sudo refscope record 7`",
  ],
  ["another user", {}, { users: [33, 33, 33], owner: 33 }, "runs as www-data", "sudo -u www-data"],
  ["set-uid", {}, { users: [1000, 0, 0], owner: 0 }, "runs as root", "sudo"],
  ["not dumpable", {}, { owner: 0 }, "not dumpable", "sudo"],
  ["more capabilities", {}, { permittedCapabilities: 1n << 12n }, "capabilities", "sudo"],
  ["scope 1", { ptraceScope: 1 }, {}, "only an ancestor", "Start it from Refscope"],
  ["none of these", {}, {}, "security module", "dmesg"],
])("%s", (_, ours, its, why, advice) => {
  const denial = explain(ours, its);
  expect(denial.why).toContain(why);
  expect(denial.advice).toContain(advice);
});

test("a seccomp filter on ourselves is said", () => {
  expect(explain({ ptraceScope: 1, seccomp: 2 }).why).toContain("seccomp filter is on Refscope");
});

test("turning Yama off is the last advice, never the first", () => {
  const { advice, remedies } = explain({ ptraceScope: 1 });
  expect(advice.indexOf("refscope run")).toBeLessThan(advice.indexOf("ptrace_scope"));
  expect(remedies.map(({ command }) => command?.split(" ")[0])).toEqual(["refscope", "setpriv", "sudo", "echo"]);
});

test("a user’s name that is no plain word is not pasted into a shell", () => {
  const odd = explainDenial({ ...we }, { ...it, users: [33, 33, 33] }, () => "x; rm -rf /");
  expect(odd.remedies[0]?.command).toBe("sudo -u '#33' refscope record 7");
});
