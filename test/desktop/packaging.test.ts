// In: electron-builder.yml. Out: it fits the builder's own schema, and a recording is known by name and by bytes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { Configuration } from "electron-builder";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { applicationId } from "../../engine/store/schema.ts";

const root = join(import.meta.dirname, "../..");
const config: Configuration = parse(readFileSync(join(root, "electron-builder.yml"), "utf8"));

test("the settings fit the builder's own schema", () => {
  const schema = createRequire(import.meta.url)("app-builder-lib/scheme.json");
  const fits = new Ajv({ strict: false, allErrors: true }).compile(schema);
  expect(fits(config) ? [] : fits.errors).toEqual([]);
  expect(fits({ ...config, electronFuses: { runAsNode: "no" } })).toBe(false);
});

test("packages for every desktop, and a recording is opened by a double click", () => {
  expect(config.linux?.target).toEqual(["AppImage", "deb", "rpm"]);
  expect(config.mac?.target).toEqual(["dmg"]);
  expect(config.win?.target).toEqual(["nsis"]);
  expect(config.fileAssociations).toMatchObject([{ ext: "refscope" }]);
  expect(config.mac).toMatchObject({
    extendInfo: { UTExportedTypeDeclarations: [{ UTTypeConformsTo: ["public.data"] }] },
  });
  expect(config.publish).toBeNull();
});

test("a recording is known by its bytes", () => {
  const type = readFileSync(join(root, "electron/resources/recording-type.xml"), "utf8");
  expect(type).toContain(`value="0x${applicationId.toString(16)}" offset="68"`);
  const golden = readFileSync(join(root, "test/golden/format-1.refscope"));
  expect(golden.subarray(0, 16).toString()).toBe("SQLite format 3\0");
  expect(golden.readUInt32BE(68)).toBe(applicationId);
});
