// A client of the management API, made by OpenAPI Generator from the document that Serai serves, and compiled.
import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = dirname(fileURLToPath(import.meta.url))
const TARGET = resolve(here, '../../target')
const COMPILER = resolve(here, '../node_modules/typescript/bin/tsc')
const OPTIONS = {
  compilerOptions: { strict: true, target: 'es2022', module: 'node16', outDir: 'compiled', lib: ['es2022', 'dom'], types: [] },
  include: ['index.ts'],
}

/** What the generator says to arguments, warnings included; throws what it says if it fails. */
export async function generator(...args) {
  const jar = (await readdir(TARGET)).find((name) => name.startsWith('openapi-generator-cli-'))
  if (jar === undefined) {
    throw new Error('the generator is not in target/; run make e2e, which fetches it')
  }
  const { stdout, stderr } = await run('java', ['-jar', join(TARGET, jar), ...args], { maxBuffer: 1 << 24 })
  return stdout + stderr
}

/** Makes the client in an empty folder, and loads it. */
export async function generatedClient(document, folder) {
  await generator('generate', '-i', document, '-g', 'typescript-fetch', '-o', folder)
  await writeFile(join(folder, 'package.json'), '{"type": "commonjs"}')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS))
  await run(process.execPath, [COMPILER, '-p', folder]).catch((failure) => {
    throw new Error(`the client does not compile:\n${failure.stdout}`)
  })
  return createRequire(import.meta.url)(join(folder, 'compiled/index.js'))
}
