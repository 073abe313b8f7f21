// A thread in, its name and id out: Python's name as a word, the kernel's in grey.
import { nameOf, type ThreadName, type ThreadNames } from "../../logic/gil/threads.ts";
import { Words } from "../../parts/Words.tsx";

export function ThreadWords({ name }: { readonly name: ThreadName }) {
  return (
    <>
      <span className={name.by === "python" ? undefined : "quiet"}>
        <Words text={name.text} max={40} />
      </span>{" "}
      <span className="faint">{name.threadId}</span>
    </>
  );
}

export function ThreadOf({ names, id }: { readonly names: ThreadNames; readonly id: number }) {
  return <ThreadWords name={nameOf(names, id)} />;
}
