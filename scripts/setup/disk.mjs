// In: the checkout. Out: nothing, or the failure that says how much room is missing. Asked before anything is installed.
import * as fs from "node:fs";
import { SetupFailure } from "./failure.mjs";

const neededBytes = 1e9;

/** @param {number} freeBytes @returns {SetupFailure | undefined} */
export function spaceFailure(freeBytes) {
  if (freeBytes >= neededBytes) return undefined;
  const cause = `setup needs 1 GB of disk and ${Math.floor(freeBytes / 1e6)} MB are free`;
  return new SetupFailure("disk-full", cause, "Free some room, or move the checkout to a larger disk", 8);
}

/** @param {string} root */
export function checkSpace(root) {
  // Node before 18.15 cannot ask; there a full disk is found by npm, pip or the write that fails.
  if (!fs.statfsSync) return;
  const disk = fs.statfsSync(root);
  const failure = spaceFailure(disk.bavail * disk.bsize);
  if (failure) throw failure;
}
