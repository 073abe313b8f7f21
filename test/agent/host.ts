// A recorder to be killed or stopped: arms the real agent in the pid it is given, lets it walk the heap if asked to, says so, and beats until it cannot.
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { agentCalls } from "../../shared/agent-protocol.ts";
import { pid } from "../../shared/units.ts";
import { value } from "../gateway/value.ts";
import { load } from "./recorded.ts";

const gateway = value(await openGateway());
const loaded = await load(gateway, pid(Number(process.argv[2])));
const reply = await loaded.arm({ frames: 4, nativeMemory: true });
if (process.argv[3] === "walk")
  value(await loaded.script.call(agentCalls.heapBegin, [{ names: true, deadlineMs: 60_000, mostBytes: 4e9 }]));
process.stdout.write(`${reply.kind}\n`);
