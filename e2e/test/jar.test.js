// The jar works from any folder, with or without files beside it.
import assert from 'node:assert/strict'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ACCESS_KEY, JAR, run, start, temporaryFolder } from '../lib/serai.js'

let folder
let elsewhere
let jar

before(async () => {
  folder = await temporaryFolder()
  elsewhere = await temporaryFolder()
  jar = join(folder.path, 'serai.jar')
  await copyFile(JAR, jar)
})

after(async () => {
  await folder.remove()
  await elsewhere.remove()
})

test('it says its version and how it is used', async () => {
  const [version, help] = await Promise.all([run(['--version'], { jar }), run(['--help'], { jar })])

  assert.equal(version.code, 0)
  assert.match(version.out, /^serai \d+\.\d+\.\d+\S* on Java \d+/)
  assert.equal(help.code, 0)
  assert.match(help.out, /--routes=DIR[\s\S]*--config=DIR[\s\S]*check[\s\S]*SERAI_BOOTSTRAP_ACCESS_KEY/)
})

test('it checks what lies beside it, and says what is wrong by file and line', async () => {
  const env = { SERAI_HOME: join(elsewhere.path, 'home') }
  const good = await run(['check'], { jar, cwd: elsewhere.path, env })
  await mkdir(join(folder.path, 'config/providers'), { recursive: true })
  await writeFile(join(folder.path, 'config/providers/inn.yaml'), 'id: inn\nname: The inn\nbaseUrl: ftp://inn\n')
  const bad = await run(['check'], { jar, cwd: elsewhere.path, env })

  assert.equal(good.code, 0, good.err)
  assert.match(good.out, /All is well: \d+ providers, \d+ models, \d+ route files/)
  assert.equal(bad.code, 2)
  assert.match(bad.err, /the configuration is refused:[\s\S]*inn\.yaml:\d+/)
})

test('a provider file and a route file beside it replace the shipped ones', async () => {
  const shipped = new URL('../../', import.meta.url)
  const sandbox = await readFile(new URL('config/providers/sandbox.yaml', shipped), 'utf8')
  const extensions = await readFile(new URL('routes/extensions.camel.yaml', shipped), 'utf8')
  await mkdir(join(folder.path, 'routes'), { recursive: true })
  await mkdir(join(folder.path, 'config/providers'), { recursive: true })
  await writeFile(
    join(folder.path, 'config/providers/inn.yaml'),
    sandbox.replace('id: sandbox', 'id: inn').replace('order: 900', 'order: 1'),
  )
  await writeFile(join(folder.path, 'config/providers/sandbox.yaml'), sandbox.replace('- id: slow', '- id: slow-coach'))
  await writeFile(
    join(folder.path, 'routes/extensions.camel.yaml'),
    extensions.replaceAll('    autoStartup: false\n', '').replace(
      /        - log:\n            id: note-after-reply[\s\S]*$/,
      `        - setHeader:
            id: greet
            description: Says who was here
            name: x-greeting
            expression:
              constant:
                expression: from beside the jar
`,
    ),
  )
  const serai = await start({ jar, cwd: elsewhere.path })
  try {
    const headers = { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ model: 'echo', messages: [{ role: 'user', content: 'hi' }] })
    const answer = await fetch(`${serai.url}/v1/chat/completions`, { method: 'POST', headers, body })
    const models = await (await fetch(`${serai.url}/v1/models`, { headers })).json()
    const ids = models.data.map((model) => model.id)

    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-serai-provider'), 'inn')
    assert.equal(answer.headers.get('x-greeting'), 'from beside the jar')
    assert.ok(ids.includes('sandbox:slow-coach') && !ids.includes('sandbox:slow'))
    assert.match(serai.said.out, /Serai \S+ is up/)
    assert.equal((await fetch(`${serai.adminUrl}/health`)).status, 200)
  } finally {
    await serai.stop()
  }
})
