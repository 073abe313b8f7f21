// A text in, a button that copies it and says so out.
import { useEffect, useState } from "react";

const saidMs = 1600;

interface Given {
  readonly text: string;
  readonly label: string;
  /** What will be copied, in a tooltip. */
  readonly about?: string;
}

export function Copy({ text, label, about }: Given) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <button type="button" onClick={copy} title={about}>
      {copied ? "Copied ✓" : label}
    </button>
  );
}
