// In: lines of /proc/PID/maps. Out: the files that code runs from.
import { expect, test } from "vitest";
import { findAgents } from "./agents.ts";
import { parseMaps } from "./maps.ts";

const maps = `00400000-00423000 r--p 00000000 fe:00 11 /usr/bin/python3.11
00423000-006d1000 r-xp 00023000 fe:00 11                                 /usr/bin/python3.11
7f0000000000-7f0000001000 rw-p 00000000 00:00 0                          [heap]
7f0000002000-7f0000003000 r-xp 00000000 fe:00 12                         /opt/my lib/a.so (deleted)
7f0000004000-7f0000005000 r-xp 00000000 00:01 13                         /memfd:refscope-core (deleted)
7ffe00000000-7ffe00001000 r-xp 00000000 00:00 0                          [vdso]
garbage
`;

test("each executable file once, with the name it has in map_files", () => {
  expect(parseMaps(maps).map(({ path, range }) => [path, range])).toEqual([
    ["/usr/bin/python3.11", "423000-6d1000"],
    ["/opt/my lib/a.so", "7f0000002000-7f0000003000"],
    ["/memfd:refscope-core", "7f0000004000-7f0000005000"],
  ]);
});

test("our sleeping core is no stranger, Frida beside it is our own, Frida alone is foreign", () => {
  const frida = "7f0000006000-7f0000007000 r-xp 00000000 00:01 14   /memfd:frida-agent-64.so (deleted)\n";
  expect(findAgents(parseMaps(maps), 3)).toEqual({ foreign: undefined, ownCore: true, ownAgent: false });
  expect(findAgents(parseMaps(maps + frida), 3)).toEqual({ foreign: undefined, ownCore: true, ownAgent: true });
  expect(findAgents(parseMaps(frida), 3)).toEqual({ foreign: "Frida", ownCore: false, ownAgent: false });
  // Forked while its parent was recorded: the agent's threads are not here.
  expect(findAgents(parseMaps(maps + frida), 1)).toEqual({ foreign: undefined, ownCore: true, ownAgent: false });
});
