// Starts the built jar as a user would, on free ports and with an empty home, and ends it by its handle.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

export const JAR = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/serai.jar')
export const ACCESS_KEY = 'access-key-of-the-end-to-end-tests'
const PATIENCE_MILLIS = 45_000

/** Ports that were free a moment ago, all different. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

/** Runs the jar to its end: what it printed, and its exit code. */
export async function run(args, { jar = JAR, env = {}, cwd } = {}) {
  const child = spawn('java', ['-jar', jar, ...args], { cwd, env: { ...process.env, ...env } })
  const said = listen(child)
  const [code] = await once(child, 'close')
  return { code, ...said }
}

function listen(child) {
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text))
  return said
}

/** A temporary folder, removed with the test's other things. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'serai-e2e-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Starts the gateway and waits until it answers. */
export async function start({ jar = JAR, args = [], env = {}, cwd } = {}) {
  const [port, adminPort] = await freePorts(2)
  const home = await temporaryFolder()
  const child = spawn('java', ['-jar', jar, ...args], {
    cwd,
    env: {
      ...process.env,
      SERAI_HOME: home.path,
      SERAI_HOST: '127.0.0.1',
      SERAI_PORT: `${port}`,
      SERAI_ADMIN_PORT: `${adminPort}`,
      SERAI_BOOTSTRAP_ACCESS_KEY: ACCESS_KEY,
      ...env,
    },
  })
  const said = listen(child)
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await home.remove()
  }
  try {
    await untilItAnswers(`http://127.0.0.1:${port}/health`, child, said)
  } catch (failure) {
    await stop()
    throw failure
  }
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    said,
    stop,
    openai: (options = {}) =>
      new OpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY, maxRetries: 0, timeout: 20_000, ...options }),
    anthropic: (options = {}) =>
      new Anthropic({ baseURL: url, apiKey: ACCESS_KEY, maxRetries: 0, timeout: 20_000, ...options }),
  }
}

async function untilItAnswers(url, child, said) {
  const deadline = Date.now() + PATIENCE_MILLIS
  for (;;) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (up) {
      return
    }
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`Serai did not come up:\n${said.out}\n${said.err}`)
    }
    await new Promise((again) => setTimeout(again, 100))
  }
}
