// An engine to be killed: attaches to the pid it is given, loads the script it is given, says so and waits.
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { pid } from "../../shared/units.ts";
import { listener } from "./agents.ts";
import { value } from "./value.ts";

const [target, source = ""] = process.argv.slice(2);
const gateway = value(await openGateway("bridge"));
const session = value(await gateway.attach(pid(Number(target))));
value(await session.loadScript(source, listener()));
console.info("attached");
