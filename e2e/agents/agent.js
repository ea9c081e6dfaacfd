// Runs one agent to its end: with an environment that holds nothing of the caller's, and never longer than its time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const PATIENCE_MILLIS = 40_000
const require = createRequire(import.meta.url)
const PLATFORM = `${process.platform}-${process.arch}`

/** A file of an installed package, where PLATFORM stands for this one; undefined if there is none for it. */
export function fileOf(name, path) {
  try {
    return join(dirname(require.resolve(`${name.replace('PLATFORM', PLATFORM)}/package.json`)), path)
  } catch (failure) {
    if (failure.code === 'MODULE_NOT_FOUND') {
      return undefined
    }
    throw failure
  }
}

/** What it wrote and how it ended; whatever it started is ended with it. */
export async function runAgent(binary, args, { home, cwd, env }) {
  const child = spawn(binary, args, {
    cwd,
    env: { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'dumb', TMPDIR: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, which can be ended as a whole
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text))
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // all of it has ended by itself
    }
  }
  const timer = setTimeout(end, PATIENCE_MILLIS)
  const closed = once(child, 'close')
  const [code, signal] = await once(child, 'exit')
  clearTimeout(timer)
  end()
  await closed
  return { code, signal, ...said }
}
