// Which way to Frida: the bridge where its Python is, else the npm binding; REFSCOPE_GATEWAY or the caller decides otherwise.
// Next: bridge.ts or binding.ts.
import { fail, type Result } from "../../shared/failures.ts";
import { openBinding } from "./binding.ts";
import { openBridge } from "./bridge.ts";
import type { RemoteDevice } from "./device.ts";
import type { Gateway, GatewayKind } from "./gateway.ts";
import { bridgePython } from "./places.ts";

export async function openGateway(
  choice: GatewayKind | undefined = chosen(),
  device?: RemoteDevice,
): Promise<Result<Gateway>> {
  const python = bridgePython();
  if (choice === "binding" || (choice === undefined && python === undefined)) return await openBinding(device);
  if (python === undefined) return fail("gateway-missing", { why: "there is no Python with the frida wheel in .venv" });
  return await openBridge(python, device);
}

function chosen(): GatewayKind | undefined {
  const name = process.env["REFSCOPE_GATEWAY"];
  return name === "bridge" || name === "binding" ? name : undefined;
}
