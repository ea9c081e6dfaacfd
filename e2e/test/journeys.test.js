// What the official clients of OpenAI and Anthropic make of Serai, in front of its sandbox and of a raw socket.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { chunk, providerFile, PROVIDER_KEY, startProvider, streamHead, TEXT, whole } from '../lib/provider.js'
import { start, temporaryFolder } from '../lib/serai.js'

const NOTICE = "This is Serai's sandbox, a pretend provider: "
const CITY = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const WAYS = [
  {
    name: 'the sandbox',
    talker: 'sandbox:echo',
    caller: 'sandbox:tool',
    embedder: 'sandbox:embed',
    city: 'sandbox',
    answer: (said) => NOTICE + said,
    afterResult: (result) => `${NOTICE}the tool said: ${result}`,
  },
  {
    name: 'a raw socket',
    talker: 'raw:caravan',
    caller: 'raw:caravan',
    embedder: 'raw:embed-raw',
    city: 'Samarkand',
    answer: () => TEXT,
    afterResult: () => TEXT,
  },
]

let serai
let provider
let config
let openai
let anthropic

before(async () => {
  provider = await startProvider()
  config = await temporaryFolder()
  await mkdir(join(config.path, 'providers'))
  await writeFile(join(config.path, 'providers/raw.yaml'), providerFile('raw', provider.url))
  await writeFile(join(config.path, 'providers/gone.yaml'), providerFile('gone', 'http://127.0.0.1:1/v1'))
  serai = await start({ args: ['--config', config.path], env: { RAW_KEY: PROVIDER_KEY } })
  openai = serai.openai()
  anthropic = serai.anthropic()
})

after(async () => {
  await serai?.stop()
  await provider?.stop()
  await config?.remove()
})

afterEach(() => provider.asPrepared())

const said = (content) => [{ role: 'user', content }]

for (const way of WAYS) {
  describe(way.name, () => {
    test('answers a chat completion, whole and streamed', async () => {
      const request = { model: way.talker, messages: said('hello') }
      const completion = await openai.chat.completions.create(request)
      const streamed = await openai.chat.completions.stream(request).finalChatCompletion()

      for (const { choices } of [completion, streamed]) {
        assert.equal(choices[0].message.content, way.answer('hello'))
        assert.equal(choices[0].finish_reason, 'stop')
      }
      assert.ok(completion.usage.total_tokens > 0)
    })

    test('answers a message, whole and streamed', async () => {
      const request = { model: way.talker, max_tokens: 50, messages: said('hello') }
      const message = await anthropic.messages.create(request)
      const streamed = await anthropic.messages.stream(request).finalMessage()

      for (const { content, stop_reason, usage } of [message, streamed]) {
        assert.equal(content[0].text, way.answer('hello'))
        assert.equal(stop_reason, 'end_turn')
        assert.ok(usage.output_tokens > 1)
      }
    })

    test('answers a response, whole and streamed', async () => {
      const request = { model: way.talker, input: 'hello' }
      const response = await openai.responses.create(request)
      const streamed = await openai.responses.stream(request).finalResponse()

      assert.equal(response.output_text, way.answer('hello'))
      assert.equal(streamed.output[0].content[0].text, way.answer('hello'))
    })

    for (const stream of [false, true]) {
      const how = stream ? 'streamed' : 'whole'

      test(`calls a tool in a chat and hears its result, ${how}`, async () => {
        const ask = async (messages) => {
          const tools = [{ type: 'function', function: { name: 'weather', parameters: CITY } }]
          const request = { model: way.caller, tools, messages }
          const completion = stream
            ? await openai.chat.completions.stream(request).finalChatCompletion()
            : await openai.chat.completions.create(request)
          return completion.choices[0]
        }
        const first = await ask(said('weather?'))
        const call = first.message.tool_calls[0]
        const result = { role: 'tool', tool_call_id: call.id, content: '22 degrees' }
        const second = await ask([...said('weather?'), first.message, result])

        assert.equal(first.finish_reason, 'tool_calls')
        assert.deepEqual(JSON.parse(call.function.arguments), { city: way.city })
        assert.equal(second.message.content, way.afterResult('22 degrees'))
      })

      test(`calls a tool in messages and hears its result, ${how}`, async () => {
        const ask = async (messages) => {
          const tools = [{ name: 'weather', input_schema: CITY }]
          const request = { model: way.caller, max_tokens: 50, tools, messages }
          return stream ? anthropic.messages.stream(request).finalMessage() : anthropic.messages.create(request)
        }
        const first = await ask(said('weather?'))
        const call = first.content[0]
        const result = [{ type: 'tool_result', tool_use_id: call.id, content: '22 degrees' }]
        const second = await ask([
          ...said('weather?'),
          { role: 'assistant', content: first.content },
          { role: 'user', content: result },
        ])

        assert.equal(first.stop_reason, 'tool_use')
        assert.deepEqual(call.input, { city: way.city })
        assert.equal(second.content[0].text, way.afterResult('22 degrees'))
      })
    }

    test('gives the same vector as numbers and as base64', async () => {
      const vector = async (encoding_format) => {
        const { data } = await openai.embeddings.create({ model: way.embedder, input: 'hello', encoding_format })
        return encoding_format === 'base64' ? decoded(data[0].embedding) : data[0].embedding.map(Math.fround)
      }
      const floats = await vector('float')

      assert.ok(floats.length > 2)
      assert.deepEqual(await vector('base64'), floats)
    })
  })
}

function decoded(base64) {
  const bytes = Buffer.from(base64, 'base64')
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
}

describe('models', () => {
  test('are listed to both clients, without those that cannot be called', async () => {
    const ids = async (client) => {
      const all = []
      for await (const model of client.models.list()) {
        all.push(model.id)
      }
      return all
    }
    const listed = await ids(openai)

    assert.ok(listed.includes('raw:maker/caravan-2:free'))
    assert.deepEqual(await ids(anthropic), listed)
  })

  test('are found by ids with colons and slashes', async () => {
    for (const client of [openai, anthropic]) {
      const model = await client.models.retrieve('raw:maker/caravan-2:free')
      assert.equal(model.id, 'raw:maker/caravan-2:free')
    }
  })
})

describe('errors', () => {
  const asks = {
    openai: (client, model) => client.chat.completions.create({ model, messages: said('hi') }),
    anthropic: (client, model) => client.messages.create({ model, max_tokens: 9, messages: said('hi') }),
  }
  const ask = (sdk, model, apiKey) =>
    asks[sdk](apiKey ? serai[sdk]({ apiKey }) : { openai, anthropic }[sdk], model)

  for (const [sdk, Client] of Object.entries({ openai: OpenAI, anthropic: Anthropic })) {
    test(`of ${sdk}'s client tell a wrong key`, async () => {
      await assert.rejects(ask(sdk, 'sandbox:echo', 'sk-of-somebody-else'), (failure) => {
        assert.ok(failure instanceof Client.AuthenticationError)
        assert.match(failure.message, /no access key of this Serai/)
        assert.match(failure.headers.get('x-serai-request-id'), /^req_/)
        return true
      })
    })

    test(`of ${sdk}'s client tell an unknown model`, async () => {
      await assert.rejects(ask(sdk, 'caravam'), (failure) => {
        assert.ok(failure instanceof Client.NotFoundError)
        assert.match(failure.message, /Did you mean .*caravan/)
        return true
      })
    })

    test(`of ${sdk}'s client tell a provider that is full, and when to come back`, async () => {
      const envelope = { type: 'error', error: { type: 'rate_limit_error', message: 'no beds', code: 'full' } }
      provider.reply = (request, socket) => socket.write(whole(429, JSON.stringify(envelope), 'Retry-After: 7\r\n'))

      await assert.rejects(ask(sdk, 'raw:caravan'), (failure) => {
        assert.ok(failure instanceof Client.RateLimitError)
        assert.match(failure.message, /no beds/)
        assert.equal(failure.headers.get('retry-after'), '7')
        return true
      })
    })

    test(`of ${sdk}'s client tell a provider that cannot be reached or makes no sense`, async () => {
      provider.reply = (request, socket) => socket.write(whole(200, '<h1>Welcome</h1>'))

      for (const [model, reason] of Object.entries({ 'gone:caravan': /refused/, 'raw:caravan': /no JSON/ })) {
        await assert.rejects(ask(sdk, model), (failure) => {
          assert.ok(failure instanceof Client.InternalServerError)
          assert.equal(failure.status, 502)
          assert.match(failure.message, reason)
          return true
        })
      }
    })
  }
})

describe('streams', () => {
  const delta = (text) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })}\n\n`
  const stream = (options) =>
    openai.chat.completions.create({ model: 'raw:caravan', messages: said('hi'), stream: true }, options)

  test('reach the client at the pace of the provider', async (t) => {
    const chunks = 20
    provider.reply = async (request, socket) => {
      socket.write(streamHead)
      for (let i = 0; i < chunks; i++) {
        sent.push(performance.now())
        socket.write(chunk(delta(`word ${i}`)))
        await new Promise((next) => setTimeout(next, 50))
      }
      socket.end(`${chunk('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')}0\r\n\r\n`)
    }
    let sent
    let came
    for (let round = 0; round < 2; round++) {
      // The first round is for warming up.
      sent = []
      came = []
      for await (const event of await stream()) {
        if (event.choices[0].delta.content) {
          came.push(performance.now())
        }
      }
    }
    const gaps = (times) => times.slice(1).map((time, i) => time - times[i])
    const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
    const figures = (times) => `median ${median(gaps(times)).toFixed(2)} ms, longest ${Math.max(...gaps(times)).toFixed(2)} ms`
    t.diagnostic(`gaps at the client: ${figures(came)}; at the provider: ${figures(sent)}`)

    assert.equal(came.length, chunks)
    assert.ok(Math.abs(median(gaps(came)) - median(gaps(sent))) < 5)
  })

  test('whose client leaves end at the provider within a second', async (t) => {
    let left
    provider.reply = (request, socket) => {
      left = once(socket, 'close').then(() => performance.now())
      socket.write(streamHead + chunk(delta('Wait')))
    }
    const controller = new AbortController()
    const events = await stream({ signal: controller.signal })
    await events[Symbol.asyncIterator]().next()
    const now = performance.now()
    controller.abort()
    const millis = (await left) - now
    t.diagnostic(`the provider's connection was closed after ${millis.toFixed(1)} ms`)

    assert.ok(millis < 1_000)
  })

  test('that break off are errors to the client', async () => {
    provider.reply = (request, socket) => socket.end(streamHead + chunk(delta('Half an ans')))
    const read = async () => {
      for await (const event of await stream()) {
        assert.equal(event.choices[0].delta.content, 'Half an ans')
      }
    }

    await assert.rejects(read(), /broke off/)
  })
})

test('a provider gets its own key and never the access key', async () => {
  await openai.chat.completions.create({ model: 'raw:caravan', messages: said('hi') })
  const { head } = provider.received.at(-1)

  assert.match(head, new RegExp(`^authorization: Bearer ${PROVIDER_KEY}`, 'im'))
  assert.doesNotMatch(head, /end-to-end|stainless/i)
})
