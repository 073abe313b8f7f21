// The name of a scene in, its door on a free port with the link printed out; ends with its standard input. Started by fixtures.ts.
// Each line makes a fresh link, and the next hostile words.
import { serve } from "../../cli/serve/serve.ts";
import { sceneEngine } from "./scene.ts";
import { scenes } from "./scene-rows.ts";

const scene = scenes.find((name) => name === process.argv[2]) ?? "usual";
let round = 0;
const served = await serve(
  sceneEngine(scene, () => round),
  { port: Number(process.argv[3] ?? 0), quiet: true },
  () => {},
);
if (!served.ok) throw new Error(served.failure.cause);
console.log(served.value.url);
process.stdin.on("data", () => {
  round++;
  console.log(served.value.freshUrl());
});
process.stdin.on("end", () => process.exit());
