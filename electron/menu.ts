// What the menus can do in, their rows out: everything has a key, and nothing here is done that a key of the page does too. Next: start.ts.

import { basename } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import { type Theme, themes } from "../shared/desktop-contract.ts";
import { type ExportFormat, exportFormats } from "../shared/export-formats.ts";
import type { HelpPage } from "./outside.ts";

type Row = MenuItemConstructorOptions;

export interface MenuDoes {
  readonly open: () => void;
  readonly openRecent: (path: string) => void;
  readonly clearRecent: () => void;
  readonly export: (format: ExportFormat) => void;
  readonly connect: () => void;
  readonly useLocal: () => void;
  readonly theme: (theme: Theme) => void;
  readonly settings: () => void;
  readonly docs: (name: "README.md" | "keys.md") => void;
  readonly page: (id: HelpPage) => void;
}
export interface MenuState {
  readonly recent: readonly string[];
  readonly theme: Theme;
  readonly mac: boolean;
  readonly devTools: boolean;
}

export function menuRows(state: MenuState, does: MenuDoes): Row[] {
  return [
    ...(state.mac ? [{ role: "appMenu" } satisfies Row] : []),
    { label: "&File", submenu: fileRows(state, does) },
    { role: "editMenu" },
    { label: "&View", submenu: viewRows(state, does) },
    { role: "windowMenu" },
    { role: "help", submenu: helpRows(does) },
  ];
}

function fileRows({ recent, mac }: MenuState, does: MenuDoes): Row[] {
  return [
    { id: "open", label: "&Open Recording…", accelerator: "CmdOrCtrl+O", click: does.open },
    { id: "recent", label: "Open &Recent", submenu: recentRows(recent, does), enabled: recent.length > 0 },
    {
      id: "export",
      label: "&Export Recording As",
      submenu: exportFormats.map((format) => ({
        id: `export-${format}`,
        label: formatNames[format],
        click: () => does.export(format),
      })),
    },
    { type: "separator" },
    { id: "connect", label: "&Connect to Copied Link", accelerator: "CmdOrCtrl+Shift+C", click: does.connect },
    { id: "local", label: "Use &This Machine", click: does.useLocal },
    { type: "separator" },
    { id: "settings", label: "&Settings", accelerator: "CmdOrCtrl+,", click: does.settings },
    { type: "separator" },
    { role: mac ? "close" : "quit" },
  ];
}

function recentRows(recent: readonly string[], does: MenuDoes): Row[] {
  const rows = recent.map((path, at) => ({
    id: `recent-${at}`,
    label: labelOf(path),
    toolTip: path,
    click: () => does.openRecent(path),
  }));
  return [...rows, { type: "separator" }, { label: "Clear List", click: does.clearRecent }];
}

/** In a menu `&` marks a key. */
const labelOf = (path: string): string => basename(path).replaceAll("&", "&&");

function viewRows({ theme, devTools }: MenuState, does: MenuDoes): Row[] {
  const themeRow = (one: Theme): Row => ({
    id: `theme-${one}`,
    label: themeNames[one],
    type: "radio",
    checked: one === theme,
    click: () => does.theme(one),
  });
  return [
    { label: "&Appearance", submenu: themes.map(themeRow) },
    { type: "separator" },
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { role: "togglefullscreen" },
    { type: "separator" },
    { role: "reload" },
    ...(devTools ? [{ role: "toggleDevTools" } satisfies Row] : []),
  ];
}

const helpRows = ({ page, docs }: MenuDoes): Row[] => [
  { id: "docs", label: "Refscope’s &Documents", click: () => docs("README.md") },
  { id: "keys", label: "&Keys", click: () => docs("keys.md") },
  { type: "separator" },
  { label: "Python’s C API", click: () => page("python-c-api") },
  { label: "Reference Counts", click: () => page("reference-counts") },
  { label: "The GIL", click: () => page("gil") },
  { label: "Extending Python", click: () => page("extending") },
  { type: "separator" },
  { role: "about" },
];

const themeNames = { system: "As the System", light: "Light", dark: "Dark" } as const;
const formatNames: Readonly<Record<ExportFormat, string>> = {
  speedscope: "speedscope",
  chrome: "Chrome Trace",
  perfetto: "Perfetto",
  collapsed: "Collapsed Stacks",
  pprof: "pprof",
  csv: "CSV",
  jsonl: "JSON Lines",
  parquet: "Parquet",
};
