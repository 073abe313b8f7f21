import { setTimeout as sleep } from "node:timers/promises";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { everyPython } from "./pythons.ts";
import { load } from "./recorded.ts";
import { endTargets, filesOf, mapsOf, startTarget } from "./target.ts";

const gateway = value(await openGateway());
const python = everyPython.find((p) => p.name === process.argv[2]);
const mode = process.argv[3];
const target = await startTarget(python!);
const kinds = () => {
  const m: Record<string, number> = {};
  for (const l of mapsOf(target.pid)) {
    const p = l.split(/\s+/);
    const k = `${p[1]} ${
      p
        .slice(5)
        .join(" ")
        .replace(/[0-9a-f]{40}/, "ID") ||
      "anon " + ((parseInt(l.split("-")[1]!, 16) - parseInt(l.split("-")[0]!, 16)) >> 10) + "K"
    }`;
    m[k] = (m[k] ?? 0) + 1;
  }
  return m;
};
let warm: Record<string, number> = {};
const series: string[] = [];
for (let i = 0; i < 30; i++) {
  if (mode === "empty") {
    const s = value(await gateway.attach(target.pid));
    const c = value(await s.loadScript("rpc.exports={}", { message() {}, error() {} }));
    await c.unload();
    await s.detach();
  } else {
    const l = await load(gateway, target.pid);
    await l.arm({ frames: 4, nativeMemory: true });
    await target.ask("[[i] for i in range(1000)]\nreply()");
    await l.disarm();
    await l.leave();
  }
  await sleep(Number(process.argv[4] ?? 300));
  series.push(`${mapsOf(target.pid).length}/${filesOf(target.pid)}`);
  if (i === 5) warm = kinds();
}
console.log(series.join(" "));
const end = kinds();
for (const k of new Set([...Object.keys(warm), ...Object.keys(end)]))
  if (warm[k] !== end[k]) console.log(k, warm[k] ?? 0, "->", end[k] ?? 0);
await endTargets();
await gateway.close();
