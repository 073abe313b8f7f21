// The one way to Frida: what a door of Frida offers, whichever implementation is behind it. bridge.ts and binding.ts fill it.
// Next: engine/session uses it; test/gateway holds every implementation to the same suite.
import type { Result } from "../../shared/failures.ts";
import type { Milliseconds, Pid } from "../../shared/units.ts";

export interface Gateway {
  readonly kind: GatewayKind;
  enumerate(): Promise<Result<readonly ProcessName[]>>;
  attach(pid: Pid): Promise<Result<GatewaySession>>;
  /** Starts a program that waits, suspended, for `resume`. */
  spawn(argv: readonly string[], options?: SpawnOptions): Promise<Result<Pid>>;
  resume(pid: Pid): Promise<Result<void>>;
  kill(pid: Pid): Promise<Result<void>>;
  /** Why Frida is gone; "closed" when it was asked to go. */
  readonly lost: Promise<string>;
  /** Detaches every session, so that each agent takes everything out, then ends. */
  close(): Promise<void>;
}
export type GatewayKind = "bridge" | "binding";
export interface ProcessName {
  readonly pid: Pid;
  readonly name: string;
}
export interface SpawnOptions {
  readonly cwd?: string;
  /** Added to the environment of Refscope itself. */
  readonly env?: Readonly<Record<string, string>>;
  /** With it the program's output comes here; without it the output goes nowhere. */
  readonly onOutput?: (fd: 1 | 2, bytes: Uint8Array) => void;
}

export interface GatewaySession {
  readonly pid: Pid;
  /** Behind a device: what is in the process beside our script, and how long, is that device's business. */
  readonly remote: boolean;
  /** Settles exactly once, whatever ends the session. */
  readonly detached: Promise<DetachReason>;
  loadScript(source: string, on: ScriptEvents): Promise<Result<GatewayScript>>;
  detach(): Promise<void>;
}
/** `target-replaced` is exec; `connection-lost` is a target that lives on without its agent. */
export type DetachReason = "asked" | "target-ended" | "target-replaced" | "gateway-lost" | "connection-lost";

export interface ScriptEvents {
  message(payload: unknown, bytes: Uint8Array | undefined): void;
  /** The agent threw outside a call, logged a warning, or sent what is no message. */
  error(text: string): void;
}

export interface GatewayScript {
  call(method: string, args: readonly unknown[], bytes?: Uint8Array, limit?: Milliseconds): Promise<Result<CallReply>>;
  post(message: unknown): void;
  unload(): Promise<void>;
}
export interface CallReply {
  readonly value: unknown;
  readonly bytes?: Uint8Array;
}
