// The OpenAPI document is good enough to make a client from, and the client manages a running Serai.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { generatedClient, generator } from '../lib/generated.js'
import { start, temporaryFolder } from '../lib/serai.js'

const API_KEY = 'operator-key-of-the-end-to-end-tests'

let serai
let folder
let house
let client
let document
const heard = []

/** A provider of the account's own, which remembers with which keys it was called. */
async function startHouse() {
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization)
    request.resume().on('end', () => {
      const message = { role: 'assistant', content: 'welcome' }
      const choices = [{ index: 0, message, finish_reason: 'stop' }]
      response.setHeader('content-type', 'application/json')
      response.end(
        request.url.endsWith('/models')
          ? JSON.stringify({ object: 'list', data: [{ id: 'tiny', object: 'model' }] })
          : JSON.stringify({ id: 'c-1', object: 'chat.completion', created: 1, model: 'tiny', choices }),
      )
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

before(async () => {
  folder = await temporaryFolder()
  house = await startHouse()
  serai = await start({ env: { SERAI_BOOTSTRAP_API_KEY: API_KEY } })
  const headers = { authorization: `Bearer ${API_KEY}` }
  const served = await (await fetch(`${serai.adminUrl}/api/openapi.json`, { headers })).text()
  document = join(folder.path, 'openapi.json')
  await writeFile(document, served)
  await mkdir(join(folder.path, 'client'))
  client = await generatedClient(document, join(folder.path, 'client'))
})

after(async () => {
  await serai?.stop()
  house?.close()
  await folder?.remove()
})

/** One of the generated classes, pointed at this Serai. */
function api(name) {
  return new client[name](new client.Configuration({ basePath: serai.adminUrl, accessToken: API_KEY }))
}

/** An answer with its entity tag. */
async function tagged(raw) {
  const answer = await raw
  return { tag: answer.raw.headers.get('etag'), value: await answer.value() }
}

async function refusal(call) {
  const failure = await call.then(
    () => assert.fail('it should have been refused'),
    (thrown) => thrown,
  )
  assert.ok(failure instanceof client.ResponseError, failure)
  const body = await failure.response.json()
  assert.equal(body.statusCode, failure.response.status)
  return body
}

function baseUrl() {
  return `http://127.0.0.1:${house.address().port}/v1`
}

/** Asks the gateway for a word from the house. */
async function ask(token) {
  const answer = await fetch(`${serai.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'house:tiny', messages: [{ role: 'user', content: 'hello' }] }),
  })
  await answer.text()
  return answer.status
}

test('the document has nothing that a validator would find fault with', async () => {
  assert.match(await generator('validate', '-i', document), /No validation issues detected/)
})

test('a custom provider lives from its trial to its end', async () => {
  const providers = api('ProvidersApi')
  const wanted = { providerId: 'house', name: 'The house', baseUrl: baseUrl(), supportedApiSurfaces: ['openai-chat'] }

  const tried = await providers.checkProvider({ providerCheck: wanted })
  assert.deepEqual({ answers: tried.answers, models: tried.models }, { answers: true, models: ['tiny'] })
  const made = await tagged(providers.createProviderRaw({ providerNew: { ...wanted, models: [{ id: 'tiny' }] } }))
  const id = made.value.id
  assert.equal((await providers.getProvider({ id })).baseUrl, baseUrl())
  assert.deepEqual((await providers.listProviders({ limit: 1 })).items.map((one) => one.id), [id])

  const changed = await tagged(
    providers.patchProviderRaw({ id, ifMatch: made.tag, providerPatch: { headers: { 'x-floor': '2' } } }),
  )
  assert.deepEqual(changed.value.headers, { 'x-floor': '2' })
  const late = await refusal(providers.patchProvider({ id, ifMatch: made.tag, providerPatch: { name: 'late' } }))
  assert.equal(late.errorCode, 'precondition_failed')

  const key = await api('ProviderKeysApi').createProviderKey({
    providerKeyNew: { name: 'door', providerId: 'house', value: 'sk-of-the-house-0123456789' },
  })
  const needed = await refusal(providers.deleteProvider({ id }))
  assert.equal(needed.errorCode, 'conflict')
  assert.ok(needed.details.some((detail) => JSON.stringify(detail).includes(key.id)))

  await api('ProviderKeysApi').deleteProviderKey({ id: key.id })
  await providers.deleteProvider({ id, ifMatch: changed.tag })
  assert.equal((await refusal(providers.getProvider({ id }))).errorCode, 'not_found')
})

test('a provider key, a configuration and an access key live and die together', async () => {
  const providers = api('ProvidersApi')
  const providerKeys = api('ProviderKeysApi')
  const configurations = api('AccessKeyConfigurationsApi')
  const accessKeys = api('AccessKeysApi')
  const provider = await providers.createProvider({
    providerNew: { providerId: 'house', name: 'h', baseUrl: baseUrl(), supportedApiSurfaces: ['openai-chat'] },
  })
  const providerKey = await providerKeys.createProviderKey({
    providerKeyNew: { name: 'first', providerId: 'house', value: 'sk-of-the-house-first' },
  })
  const made = await tagged(
    configurations.createAccessKeyConfigurationRaw({
      idempotencyKey: 'once',
      keyConfigurationNew: {
        name: 'guests',
        access: { providers: { allow: ['house'] }, models: { allow: ['tiny'] } },
        router: {
          rules: [
            {
              provider: 'house',
              steps: [{ type: 'user', keys: [providerKey.id, { name: 'second', value: 'sk-of-the-house-second' }] }],
            },
          ],
        },
        limits: { requestsPerMinute: 600 },
        timeouts: { total: '90s' },
      },
    }),
  )
  const configuration = made.value
  const keys = configuration.router.rules[0].steps[0].keys
  assert.equal(keys[0], providerKey.id)
  assert.equal((await providerKeys.getProviderKey({ id: keys[1] })).name, 'second')
  assert.deepEqual(await configurations.getAccessKeyConfiguration({ id: configuration.id }), configuration)
  assert.equal((await configurations.listAccessKeyConfigurations({})).items.length, 1)

  const accessKey = await accessKeys.createAccessKey({
    accessKeyNew: { name: 'shop', configurationId: configuration.id, expiresAt: new Date('2100-01-01T00:00:00Z') },
  })
  assert.equal(await ask(accessKey.token), 200)
  await providerKeys.rotateProviderKey({ id: providerKey.id, providerKeyValue: { value: 'sk-of-the-house-third' } })
  assert.equal(await ask(accessKey.token), 200)
  assert.deepEqual(heard.slice(-2), ['Bearer sk-of-the-house-first', 'Bearer sk-of-the-house-third'])

  const patched = await tagged(
    configurations.patchAccessKeyConfigurationRaw({
      id: configuration.id,
      ifMatch: made.tag,
      keyConfigurationPatch: { access: { models: { allow: [] } }, timeouts: { total: null } },
    }),
  )
  assert.deepEqual(patched.value.access.models.allow, [])
  assert.equal(await ask(accessKey.token), 403)
  assert.equal((await accessKeys.patchAccessKey({
    id: accessKey.id,
    accessKeyPatch: { configurationId: null, metadata: { team: 'shop' } },
  })).metadata.team, 'shop')
  assert.equal(await ask(accessKey.token), 200)
  await accessKeys.patchAccessKey({ id: accessKey.id, accessKeyPatch: { configurationId: configuration.id } })

  for (const remove of [
    () => configurations.deleteAccessKeyConfiguration({ id: configuration.id }),
    () => providerKeys.deleteProviderKey({ id: providerKey.id }),
    () => providers.deleteProvider({ id: provider.id }),
  ]) {
    assert.equal((await refusal(remove())).errorCode, 'conflict')
  }
  assert.ok((await accessKeys.listAccessKeys({})).items.some((one) => one.id === accessKey.id && one.token === undefined))
  await accessKeys.deleteAccessKey({ id: accessKey.id })
  assert.equal(await ask(accessKey.token), 401)
  await configurations.deleteAccessKeyConfiguration({ id: configuration.id, ifMatch: patched.tag })
  for (const id of keys) {
    await providerKeys.deleteProviderKey({ id })
  }
  await providers.deleteProvider({ id: provider.id })
  assert.equal((await refusal(accessKeys.getAccessKey({ id: accessKey.id }))).errorCode, 'not_found')
})

test('it reads everything else that there is to read', async () => {
  const settings = api('GatewayConfigApi')
  assert.equal((await settings.patchGatewayConfig({ gatewayConfigPatch: { timeouts: { total: '80s' } } })).timeouts.total, '80s')
  await settings.patchGatewayConfig({ gatewayConfigPatch: { timeouts: null } })
  assert.equal((await settings.getGatewayConfig({})).timeouts.total, undefined)
  assert.ok((await api('CatalogApi').listCatalogProviders({})).items.some((one) => one.id === 'openai'))
  assert.ok((await api('AccountsApi').listAccounts({})).items.some((one) => one.name === 'Default'))
  assert.ok((await api('AuditApi').listAuditEntries({ limit: 100 })).items.every((one) => one.createdAt instanceof Date))
  const own = await api('ApiKeysApi').createApiKey({ apiKeyNew: { name: 'ci', role: 'reader' } })
  assert.match(own.token, /^serai-api-/)
  await api('ApiKeysApi').deleteApiKey({ id: own.id })
  assert.ok((await api('HealthApi').describeProviders({})).providers.length > 0)
})
