// A setting's name, what it does and its control in, its line out. Used by the sections of this folder.
import type { ReactNode } from "react";

interface Given {
  readonly name: string;
  readonly about?: ReactNode;
  /** Where the control has no name of its own. */
  readonly htmlFor?: string;
  readonly children: ReactNode;
}

export function SettingRow({ name, about, htmlFor, children }: Given) {
  return (
    <div className="setting">
      {htmlFor === undefined ? <span>{name}</span> : <label htmlFor={htmlFor}>{name}</label>}
      <div>
        {children}
        {about !== undefined && <p className="faint">{about}</p>}
      </div>
    </div>
  );
}
