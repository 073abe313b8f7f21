// The tables of an audited extension module and of source lines, as of format 2. Used by schema.ts; columns by audit-writer.ts and stored-audit.ts.

/** `api` is a name's id, 0 for none; an `address` that is not known is 0x0. */
export const auditTables: readonly string[] = [
  `CREATE TABLE audit_function (id INTEGER PRIMARY KEY, module INTEGER NOT NULL, name INTEGER NOT NULL, address TEXT NOT NULL,
    calls INTEGER NOT NULL) STRICT`,
  // "references" is a word of SQL's own.
  `CREATE TABLE audit_keep (function INTEGER NOT NULL, role INTEGER NOT NULL, api INTEGER NOT NULL, type INTEGER NOT NULL,
    kept INTEGER NOT NULL, most INTEGER NOT NULL, calls INTEGER NOT NULL, consistent INTEGER NOT NULL, address TEXT NOT NULL,
    PRIMARY KEY (function, role, api, type)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit_finding (rule INTEGER NOT NULL, function INTEGER NOT NULL, api INTEGER NOT NULL, type INTEGER NOT NULL,
    address TEXT NOT NULL, count INTEGER NOT NULL, guarded INTEGER NOT NULL,
    PRIMARY KEY (rule, function, api, type, address)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit_missed (api INTEGER NOT NULL, address TEXT NOT NULL, calls INTEGER NOT NULL,
    PRIMARY KEY (api, address)) STRICT, WITHOUT ROWID`,
  "CREATE TABLE audit_state (id INTEGER PRIMARY KEY, entry_points INTEGER NOT NULL) STRICT",
  // `facts` is the document abiModule of shared/abi-document.ts as JSON.
  "CREATE TABLE audit_abi (module INTEGER PRIMARY KEY, facts BLOB NOT NULL) STRICT",
  // `depth` 0 is the innermost of the functions that were inlined at the address.
  `CREATE TABLE source_line (address TEXT NOT NULL, depth INTEGER NOT NULL, function INTEGER, file INTEGER NOT NULL,
    line INTEGER NOT NULL, PRIMARY KEY (address, depth)) STRICT, WITHOUT ROWID`,
];
