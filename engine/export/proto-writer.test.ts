// Fields of every size in; the same read back by another implementation of the encoding.
import { resolve } from "node:path";
import protobuf from "protobufjs";
import * as v from "valibot";
import { expect, test } from "vitest";
import { ProtoWriter } from "./proto-writer.ts";

const proto = protobuf.loadSync(resolve(import.meta.dirname, "../../test/fixtures/perfetto-trace.proto"));

test("messages of any length, and numbers up to 2^53", () => {
  const type = proto.lookupType("perfetto.protos.EventName");
  for (const length of [0, 126, 127, 128, 16_383, 16_384, 300_000]) {
    const writer = new ProtoWriter();
    writer.message(2, () => {
      writer.varint(1, 2 ** 53 - 1);
      writer.text(2, "x".repeat(length));
    });
    const outer = proto.lookupType("perfetto.protos.InternedData").decode(writer.bytes());
    const [name] = v.parse(v.object({ eventNames: v.array(v.any()) }), outer).eventNames;
    expect(type.toObject(name, { longs: Number })).toEqual({ iid: 2 ** 53 - 1, name: "x".repeat(length) });
  }
});
