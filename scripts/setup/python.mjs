// In: requirements.txt and any Python from 3.8 up. Out: .venv with the Frida wheel, which the bridge gateway starts.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { lastWords, SetupFailure } from "./failure.mjs";
import { hashFiles } from "./stamp.mjs";
import { tool } from "./tool.mjs";

/** @typedef {import("./stamp.mjs").Step} Step */

const insideVenv = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
const suits = "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 8) else 1)";

/** @param {string} root */
export const venvPython = (root) => join(root, ".venv", insideVenv);

function findPython() {
  const names = [process.env.REFSCOPE_PYTHON, "python3", "python"];
  const found = names.find((name) => name && tool(name, ["-c", suits]).ok);
  if (found) return found;
  throw new SetupFailure(
    "python-missing",
    "no Python 3.8 or newer with the venv module was found",
    "Install python3 and python3-venv (Debian, Ubuntu: apt install python3-venv), or set REFSCOPE_PYTHON to one",
  );
}

/** Wheels only: building Frida from source would reach for downloads outside the registry. @param {string} root @param {string} file */
export function installWheels(root, file) {
  const words = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--only-binary",
    ":all:",
  ];
  const ended = tool(venvPython(root), [...words, "-r", join(root, file)]);
  if (ended.ok) return;
  if (/ENOSPC|no space left/i.test(ended.output)) {
    throw new SetupFailure(
      "disk-full",
      "the disk ran full during pip install",
      "Free at least 1 GB and start again",
      8,
    );
  }
  const said = lastWords(ended.output, /^ERROR:/);
  throw new SetupFailure(
    "pip-failed",
    `pip could not install ${file}: ${said}`,
    "Check that the Python package index can be reached, then start again",
  );
}

/** @param {string} root */
function make(root) {
  const python = findPython();
  process.stderr.write("refscope: installing Frida from the Python package index\n");
  rmSync(join(root, ".venv"), { recursive: true, force: true });
  const ended = tool(python, ["-m", "venv", join(root, ".venv")]);
  if (!ended.ok) {
    const cause = `${python} could not make a virtual environment: ${lastWords(ended.output)}`;
    throw new SetupFailure("venv-failed", cause, "Install python3-venv, or set REFSCOPE_PYTHON to another Python");
  }
  installWheels(root, "requirements.txt");
  return "Python environment with Frida ready";
}

/** @type {Step} */
export const pythonVenv = {
  name: "python",
  wanted: () => true,
  fingerprint: (root) => hashFiles(root, ["requirements.txt"]),
  made: () => [`.venv/${insideVenv}`],
  installs: true,
  make,
};
