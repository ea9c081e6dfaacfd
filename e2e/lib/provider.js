// A provider on a raw socket: it speaks the dialects of OpenAI and Anthropic byte for byte as it is told.
import { createServer } from 'node:net'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

export const PROVIDER_KEY = 'key-of-the-raw-provider'
export const TEXT = 'The inn is open, caravanners ☕.'

const PREPARED = new URL('../../src/test/resources/journeys/', import.meta.url)

const head = (status, type, more = '') => `HTTP/1.1 ${status} Said\r\nContent-Type: ${type}\r\n${more}`

export const whole = (status, body, more = '') =>
  `${head(status, 'application/json', more)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

export const streamHead = `${head(200, 'text/event-stream')}Transfer-Encoding: chunked\r\n\r\n`

export const chunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

export const lastChunk = '0\r\n\r\n'

/** The answers that the Java tests use too: a tool call where tools are offered and no result is there yet, else a text. */
async function prepared({ path, body }, socket) {
  const endpoint = path.replace('/v1/', '').replace('/completions', '')
  if (endpoint === 'embeddings') {
    const format = body.includes('"base64"') ? 'base64' : 'float'
    socket.write(whole(200, await answer(`embeddings/${format}.json`)))
    return
  }
  const hasResult = /tool_call_id|tool_result|_output"/.test(body)
  const name = `${endpoint}/${body.includes('"tools"') && !hasResult ? 'tool' : 'text'}`
  if (!JSON.parse(body).stream) {
    socket.write(whole(200, await answer(`${name}.json`)))
    return
  }
  socket.write(streamHead)
  for (const event of (await answer(`${name}.sse`)).split(/(?<=\n\n)/)) {
    socket.write(chunk(event))
  }
  socket.write(lastChunk)
}

const answer = (name) => readFile(new URL(name, PREPARED), 'utf8')

/** Takes complete requests out of what arrives on a connection. */
function* requests(buffer) {
  for (;;) {
    const end = buffer.bytes.indexOf('\r\n\r\n')
    if (end < 0) {
      return
    }
    const text = buffer.bytes.subarray(0, end).toString('latin1')
    const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
    if (buffer.bytes.length < end + 4 + length) {
      return
    }
    const body = buffer.bytes.subarray(end + 4, end + 4 + length).toString('utf8')
    buffer.bytes = buffer.bytes.subarray(end + 4 + length)
    yield { head: text, path: text.split(' ', 2)[1], body }
  }
}

/** Starts it; `reply` can be replaced by any function of a request and its socket. */
export async function startProvider() {
  const sockets = new Set()
  const provider = { reply: prepared, received: [], asPrepared: () => (provider.reply = prepared) }
  const server = createServer((socket) => {
    const buffer = { bytes: Buffer.alloc(0) }
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {}) // a reset is one way to leave
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (bytes) => {
      buffer.bytes = Buffer.concat([buffer.bytes, bytes])
      for (const request of requests(buffer)) {
        provider.received.push(request)
        Promise.resolve(provider.reply(request, socket)).catch((failure) => socket.destroy(failure))
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  provider.url = `http://127.0.0.1:${server.address().port}/v1`
  provider.stop = async () => {
    sockets.forEach((socket) => socket.destroy())
    await once(server.close(), 'close')
  }
  return provider
}

/** The provider's file for Serai. */
export const providerFile = (id, url) => `id: ${id}
name: A raw socket
baseUrl: ${url}
dialects:
  openai-chat: /chat/completions
  openai-responses: /responses
  openai-embeddings: /embeddings
  anthropic-messages: /messages
auth:
  header: Authorization
  prefix: "Bearer "
  env: RAW_KEY
models:
  - id: caravan
  - id: maker/caravan-2:free
  - id: embed-raw
`
