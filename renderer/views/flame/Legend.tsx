// Whether two recordings are compared in, what the colours of the graph mean out; each has a word, a pattern or a place as well.

export function Legend({ compares }: { readonly compares: boolean }) {
  const items = compares
    ? ([
        ["more", "▲ more in B"],
        ["less", "▼ less in B"],
        ["level", "as in A"],
      ] as const)
    : ([
        ["program", "program"],
        ["package", "installed package"],
        ["standard", "Python itself"],
      ] as const);
  return (
    <div className="legend flame-legend">
      {items.map(([kind, words]) => (
        <span key={kind}>
          <i data-flame={kind} />
          {words}
        </span>
      ))}
    </div>
  );
}
