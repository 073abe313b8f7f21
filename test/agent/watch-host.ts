// A host to be killed or stopped: follows the object at the address it is given, says so, and beats until it cannot.
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { pid } from "../../shared/units.ts";
import { value } from "../gateway/value.ts";
import { watch } from "./watched.ts";

const gateway = value(await openGateway());
const watching = await watch(gateway, pid(Number(process.argv[2])));
const reply = await watching.follow(process.argv[3]);
process.stdout.write(`${reply.kind}\n`);
