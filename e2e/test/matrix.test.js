// Every client, in front of a provider of every dialect: what it can do with the provider's own API, it can do with Serai.
//
// Of thoughts a client says whether it shows any (`showsThoughts`) and whether its requests ask for them (`asksForThoughts`). A chat
// completion has no word for that, and some providers show their thoughts only if they are asked to.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CITIES, DIALECTS, heard, MODELS, PLACE, PROVIDER_KEY, seen, speakerFile, startCaravan, TEXT, THOUGHT } from '../lib/caravan.js'
import * as agents from '../lib/clients/agents.js'
import * as anthropic from '../lib/clients/anthropic.js'
import * as google from '../lib/clients/google.js'
import * as langchain from '../lib/clients/langchain.js'
import * as openai from '../lib/clients/openai.js'
import * as vercel from '../lib/clients/vercel.js'
import { start, temporaryFolder } from '../lib/serai.js'
import { SIGNATURE } from '../lib/speech.js'
import { PNG } from '../lib/tasks.js'

const CLIENTS = [openai, anthropic, google, vercel, langchain, agents].flatMap((module) => Object.values(module))
const SHOWN_IF_ASKED = ['openai-responses', 'gemini']

let serai
let provider
let config

before(async () => {
  provider = await startCaravan()
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

const weatherOf = (city) => `22 degrees in ${city}`

for (const client of CLIENTS) {
  for (const dialect of DIALECTS) {
    describe(`${client.name}, answered by ${dialect}`, () => {
      const model = MODELS[dialect]
      let its

      before(() => (its = client.make(serai)))

      for (const stream of [false, true]) {
        const how = stream ? 'streamed' : 'whole'

        test(`talks, ${how}`, async () => {
          assert.equal(await client.talk(its, model, 'Is the inn open?', stream), TEXT)
          assert.equal(provider.understood.dialect, dialect)
          assert.equal(provider.understood.stream, stream)
          assert.deepEqual(provider.understood.texts, ['Is the inn open?'])
        })

        for (const [question, cities] of [
          ['How is the weather there?', CITIES.slice(0, 1)],
          ['How is the weather in both?', CITIES],
        ]) {
          test(`calls ${cities.length === 1 ? 'a tool' : 'two tools at once'} and tells the results, ${how}`, async () => {
            const asked = []
            const weather = (city) => {
              asked.push(city)
              return weatherOf(city)
            }
            const text = await client.callTools(its, model, question, stream, weather)

            assert.deepEqual(asked, cities)
            assert.deepEqual(provider.understood.texts, [question])
            assert.equal(text, heard(cities.map(weatherOf)))
          })
        }

        if (client.keepsSignatures && dialect !== 'openai-chat') {
          test(`thinks, calls a tool, and gives back what the thought was signed with, ${how}`, async () => {
            const text = await client.callTools(its, model, 'How is the weather there?', stream, weatherOf, true)

            assert.equal(text, heard([weatherOf(CITIES[0])]))
            assert.deepEqual(provider.understood.signatures, [SIGNATURE])
          })
        }

        test(`thinks, ${how}`, async () => {
          const { text, thought } = await client.think(its, model, 'Is the inn open?', stream)

          assert.equal(text, TEXT)
          assert.ok(provider.understood.thinks, 'the provider was asked to think')
          if (client.showsThoughts && (client.asksForThoughts || !SHOWN_IF_ASKED.includes(dialect))) {
            assert.equal(thought, THOUGHT)
          }
        })
      }

      test('gets an answer in the form of a schema', async () => {
        assert.deepEqual(await client.structure(its, model, 'Where is it warm?'), PLACE)
        const { schema, tools } = provider.understood
        assert.deepEqual(Object.keys((schema ?? tools[0].schema).properties), Object.keys(PLACE))
      })

      test('shows an image', async () => {
        assert.equal(await client.look(its, model, 'What is this?', PNG, 'image/png'), seen('image/png', PNG))
      })
    })
  }
}
