// Builds everything the browser loads into frontend/dist: `npm run build`, or `npm run watch` while working.
import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { collectIcons } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const watching = process.argv.includes("--watch");
// Built beside and then put in place: a site that is running never misses a file.
const fresh = join(root, "node_modules", `.frontend-${process.pid}`);
const target = watching ? dist : fresh;

// theme.js runs before the first paint and therefore is a classic script; the others are modules.
const classic = { theme: join(here, "theme-boot.js"), sw: join(here, "sw.js") };
const modules = Object.fromEntries(
  ["app", "charts", "network", "offline"].map((name) => [name, join(here, `${name}.js`)]),
);
const styles = { app: join(here, "theme.css") };

const present = (entries) => Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

const shared = {
  bundle: true,
  minify: true,
  outdir: target,
  logLevel: "warning",
  target: ["es2022", "firefox115", "safari16"],
  legalComments: "linked",
};

const builds = [
  { ...shared, entryPoints: present(modules), format: "esm" },
  { ...shared, entryPoints: classic, format: "iife" },
  { ...shared, entryPoints: styles, loader: { ".woff2": "file" }, assetNames: "fonts/[name]" },
];

// The mark in the browser's tab is the one in the header.
const emblem = (drawing) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#14566f" stroke-width="2.2"` +
  ` stroke-linecap="round" stroke-linejoin="round">${drawing}</svg>\n`;

async function writeIcons() {
  const icons = await collectIcons(root);
  await writeFile(join(target, "icons.json"), `${JSON.stringify(icons)}\n`);
  await writeFile(join(target, "icon.svg"), emblem(icons.hexagons));
  return Object.keys(icons).length;
}

// Documents are set on the server, in the same type as the pages, from files that Python can read.
async function copyPrintFonts() {
  const folder = join(target, "print-fonts");
  await mkdir(folder, { recursive: true });
  const files = ["Regular", "It", "Semibold", "Bold"].map((cut) => `SourceSans3-${cut}.ttf`);
  const from = join(root, "node_modules", "source-sans", "TTF");
  await Promise.all(files.map((file) => copyFile(join(from, file), join(folder, file))));
}

async function putInPlace() {
  const old = `${fresh}-old`;
  if (existsSync(dist)) await rename(dist, old);
  await rename(fresh, dist);
  await rm(old, { recursive: true, force: true });
}

const started = performance.now();
if (watching) await rm(dist, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const count = await writeIcons();
await copyPrintFonts();
if (watching) {
  const contexts = await Promise.all(builds.map((options) => esbuild.context({ ...options, minify: false })));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log("Watching frontend/. Icons are collected once: start again after naming a new one.");
} else {
  try {
    await Promise.all(builds.map((options) => esbuild.build(options)));
    await putInPlace();
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  console.log(`frontend/dist built in ${Math.round(performance.now() - started)} ms, ${count} icons`);
}
