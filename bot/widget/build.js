/* The widget as one small file: node bot/widget/build.js [file to write], prints its size and its SRI hash. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [file = here("dist/instap.js")] = process.argv.slice(2);

const smallStyles = {
  name: "small styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const { outputFiles: [{ contents }] } = await build({
  entryPoints: [here("src/instap.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  plugins: [smallStyles],
  write: false,
});
await writeFile(file, contents);

const hash = createHash("sha384").update(contents).digest("base64");
console.log(`${contents.length} bytes, ${gzipSync(contents, { level: 9 }).length} gzip, sha384-${hash}`);
