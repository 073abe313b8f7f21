// A host to be killed or stopped: follows the object at the address, or those that the function makes, that it is given, says so, and beats until it cannot.
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { pid } from "../../shared/units.ts";
import { value } from "../gateway/value.ts";
import { watch } from "./watched.ts";

const gateway = value(await openGateway());
const watching = await watch(gateway, pid(Number(process.argv[2])));
const [, , , what = ""] = process.argv;
const reply = what.startsWith("0x") ? await watching.follow(what) : await watching.sample({ function: what }, 64);
process.stdout.write(`${reply.kind}\n`);
