// Collects the icons that templates and Python code name, so that only these reach the browser.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const SOURCES = ["crm", "core", "actors", "contacts", "events", "reports"];
const TAG = /\{%\s*icon\s+["']([a-z0-9-]+)["']/g;
// Names often travel through variables (menu entries, timeline kinds): any quoted word that is an icon counts.
const QUOTED = /["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']/g;

async function sourceFiles(root) {
  const lists = await Promise.all(
    SOURCES.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && /\.(html|py)$/.test(entry.name))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    }),
  );
  return lists.flat().sort();
}

function drawing(svg) {
  // Keep what is drawn: the frame is written by the template tag, the first path is an empty canvas.
  const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  return inner.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "").replace(/\s*\n\s*/g, "");
}

export async function collectIcons(root) {
  const folder = join(root, "node_modules", "@tabler", "icons", "icons", "outline");
  const known = new Set((await readdir(folder)).map((file) => file.replace(/\.svg$/, "")));
  const wanted = new Set();
  const unknown = [];
  for (const file of await sourceFiles(root)) {
    const text = await readFile(file, "utf8");
    for (const [, name] of text.matchAll(TAG)) if (!known.has(name)) unknown.push(`${file}: ${name}`);
    for (const [, name] of text.matchAll(QUOTED)) if (known.has(name)) wanted.add(name);
  }
  if (unknown.length) throw new Error(`No such icon in @tabler/icons:\n  ${unknown.join("\n  ")}`);
  const names = [...wanted].sort();
  const drawings = await Promise.all(
    names.map(async (name) => drawing(await readFile(join(folder, `${name}.svg`), "utf8"))),
  );
  return Object.fromEntries(names.map((name, index) => [name, drawings[index]]));
}
