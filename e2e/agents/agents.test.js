// Coding agents without a person in front of them, each in front of a provider whose dialect is not its own.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { answerTo, DIALECTS, heard, MODELS, PROVIDER_KEY, speakerFile, startCaravan, TEXT } from '../lib/caravan.js'
import { ACCESS_KEY, start, temporaryFolder } from '../lib/serai.js'
import { fileOf, runAgent } from './agent.js'
import { startGuard } from './guard.js'

const LETTER = 'The well at Karakul is dry; go round by the north.'
const HEARD = heard(['']).split(':')[0]
const CLAUDE = fileOf('@anthropic-ai/claude-code-PLATFORM', 'claude')
const CODEX = fileOf('@openai/codex', 'bin/codex.js')
const OPENCODE = fileOf('opencode-PLATFORM', 'bin/opencode')

/** The tool with which each agent reads a file. */
const READERS = {
  Read: (file_path) => ({ file_path }),
  read: (filePath) => ({ filePath }),
  exec_command: (path) => ({ cmd: `cat ${path}` }),
  shell_command: (path) => ({ command: `cat ${path}` }),
  shell: (path) => ({ command: ['cat', path] }),
}

const claudeCode = {
  name: 'Claude Code',
  binary: CLAUDE,
  run: (place, model, question) =>
    runAgent(CLAUDE, ['-p', question, '--model', model, '--output-format', 'json', '--allowedTools', 'Read'], {
      ...place,
      env: {
        ...place.env,
        ANTHROPIC_BASE_URL: place.url,
        ANTHROPIC_AUTH_TOKEN: ACCESS_KEY,
        ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
        DISABLE_TELEMETRY: '1',
        DISABLE_ERROR_REPORTING: '1',
      },
    }),
  answer: ({ out }) => JSON.parse(out).result,
}

const codex = {
  name: 'Codex',
  binary: CODEX,
  run: (place, model, question) =>
    runAgent(process.execPath, [CODEX, 'exec', '--json', '-m', model, ...codexSettings(place.url), question], {
      ...place,
      env: { ...place.env, SERAI_ACCESS_KEY: ACCESS_KEY },
    }),
  answer: ({ out }) =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter(({ item }) => item?.type === 'agent_message')
      .at(-1).item.text,
}

// What an agent may do in a container is not tested here, so it does without a sandbox of its own.
const codexSettings = (url) => [
  '--skip-git-repo-check',
  '--dangerously-bypass-approvals-and-sandbox',
  ...Object.entries({
    model_provider: '"serai"',
    'model_providers.serai.name': '"Serai"',
    'model_providers.serai.base_url': `"${url}/v1"`,
    'model_providers.serai.env_key': '"SERAI_ACCESS_KEY"',
    'model_providers.serai.wire_api': '"responses"',
    check_for_update_on_startup: 'false',
    'analytics.enabled': 'false',
    'features.plugins': 'false',
    'features.apps': 'false',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
]

const opencode = (npm, baseURL) => ({
  name: `opencode with ${npm}`,
  binary: OPENCODE,
  run: (place, model, question) =>
    runAgent(OPENCODE, ['run', '--model', `serai/${model}`, question], {
      ...place,
      env: {
        ...place.env,
        OPENCODE_CONFIG_CONTENT: JSON.stringify({
          autoupdate: false,
          share: 'disabled',
          small_model: `serai/${model}`,
          provider: {
            serai: { npm, options: { baseURL: baseURL(place.url), apiKey: ACCESS_KEY }, models: { [model]: {} } },
          },
        }),
        OPENCODE_DISABLE_AUTOUPDATE: 'true',
        OPENCODE_DISABLE_DEFAULT_PLUGINS: 'true',
        OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
        OPENCODE_DISABLE_MODELS_FETCH: 'true',
        OPENCODE_PURE: 'true',
        npm_config_offline: 'true', // it would install its own plugin module first, and try again when it cannot
      },
    }),
  answer: ({ out }) => out,
})

const PAIRS = [
  { agent: claudeCode, dialect: 'openai-chat' },
  { agent: codex, dialect: 'anthropic-messages' },
  { agent: opencode('@ai-sdk/openai-compatible', (url) => `${url}/v1`), dialect: 'anthropic-messages' },
  { agent: opencode('@ai-sdk/anthropic', (url) => `${url}/v1`), dialect: 'openai-chat' },
]

let serai
let provider
let config
let guard
let home

/** A file that a question names is read first; everything else that an agent asks gets a text. */
function guide(understood) {
  const path = /read the file (\S+letter\.txt)/.exec(understood.texts.join('\n'))?.[1]
  const reader = understood.tools.find(({ name }) => name in READERS)
  if (path && reader && understood.results.length === 0) {
    return { calls: [{ id: 'call_1', name: reader.name, args: READERS[reader.name](path) }] }
  }
  return answerTo({ ...understood, tools: [] })
}

before(async () => {
  provider = await startCaravan(guide)
  config = await temporaryFolder()
  await mkdir(join(config.path, 'providers'))
  for (const dialect of DIALECTS) {
    await writeFile(join(config.path, `providers/by-${dialect}.yaml`), speakerFile(dialect, provider.url))
  }
  serai = await start({ args: ['--config', config.path], env: { RAW_KEY: PROVIDER_KEY } })
})

after(async () => {
  await serai?.stop()
  await provider?.stop()
  await config?.remove()
})

beforeEach(async () => {
  guard = await startGuard()
  home = await temporaryFolder()
  await mkdir(join(home.path, 'work'))
  await writeFile(join(home.path, 'work/letter.txt'), `${LETTER}\n`)
})

afterEach(async () => {
  await guard.stop()
  await home.remove()
})

for (const { agent, dialect } of PAIRS) {
  describe(`${agent.name}, answered by ${dialect}`, { skip: !agent.binary && 'it has no binary for this platform' }, () => {
    async function ask(t, question) {
      const cwd = join(home.path, 'work')
      const before = performance.now()
      const ended = await agent.run({ url: serai.url, home: home.path, cwd, env: guard.env }, MODELS[dialect], question)
      t.diagnostic(`took ${Math.round(performance.now() - before)} ms; wanted out to: ${guard.wanted.join(', ') || 'nowhere'}`)
      assert.equal(ended.code, 0, `${ended.signal}\n${ended.out}\n${ended.err}`)
      assert.deepEqual(guard.wanted, [])
      return agent.answer(ended)
    }

    test('is answered', async (t) => {
      const answer = await ask(t, 'Is the inn open?')

      assert.ok(answer.includes(TEXT), answer)
      assert.equal(provider.understood.dialect, dialect)
    })

    test('reads a file and tells what is in it', async (t) => {
      const answer = await ask(t, `Please read the file ${join(home.path, 'work/letter.txt')} and tell me what it says.`)

      assert.ok(answer.includes(HEARD) && answer.includes(LETTER), answer)
    })
  })
}
