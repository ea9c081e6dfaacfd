// A provider that understands what it is asked, in whatever dialect, and answers so that a test can tell what arrived.
import { chunk, lastChunk, PROVIDER_KEY, startProvider, streamHead, whole as response } from './provider.js'
import { events, whole } from './speech.js'
import { hear } from './hearing.js'

export const TEXT = 'The inn is open, caravanners ☕.'
export const THOUGHT = 'They have come a long way, so be kind.'
export const CITIES = ['Samarkand', 'Бухара']
export const PLACE = { city: 'Samarkand', degrees: 22 }
/** The tool by which a client gets an object from models that cannot be given a schema. */
export const FORM = 'json'
export const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini']

const call = (city, i) => ({ id: `call_${i + 1}`, name: 'weather', args: { city } })

/** What is answered to a request that was understood. */
export function answerTo({ texts, images, tools, results, schema, thinks, shows }) {
  const offers = (wanted) => tools.some(({ name }) => name === wanted)
  if (images.length > 0) {
    return { text: images.map(({ type, base64 }) => seen(type, Buffer.from(base64, 'base64'))).join() }
  }
  if (results.length > 0) {
    return { text: heard(results) }
  }
  if (schema) {
    return { text: JSON.stringify(PLACE) }
  }
  if (offers(FORM)) {
    return { calls: [{ id: 'call_1', name: FORM, args: PLACE }] }
  }
  if (offers('weather')) {
    const cities = texts.join().includes('both') ? CITIES : CITIES.slice(0, 1)
    return { calls: cities.map(call), thought: thinks && shows ? THOUGHT : '' }
  }
  return { text: TEXT, thought: thinks && shows ? THOUGHT : '' }
}

export const seen = (type, bytes) => `I see ${bytes.length} bytes of ${type}, which begin with ${bytes.toString('hex', 0, 4)}.`
export const heard = (results) => `I heard: ${results.join(' and ')}.`

/** The dialect of a request, by its path. */
export function dialectOf(path) {
  if (path.includes('enerateContent')) {
    return 'gemini'
  }
  return { completions: 'openai-chat', responses: 'openai-responses', messages: 'anthropic-messages' }[path.split('/').at(-1)]
}

/** Says it over a socket, each event in a chunk of its own. */
export function say(dialect, said, stream, socket) {
  if (!stream) {
    socket.write(response(200, whole(dialect, said)))
    return
  }
  socket.write(streamHead)
  events(dialect, said).forEach((event) => socket.write(chunk(event)))
  socket.write(lastChunk)
}

/** What a provider of Messages says that does not hold the conversation. */
const NO_THREAD = {
  type: 'error',
  error: { type: 'not_found_error', message: 'no such thread', details: { error_code: 'thread_not_found' } },
}

/** Starts it; `understood` is what the last request asked for. @param answer from what was heard to what is said */
export async function startCaravan(answer = answerTo) {
  const provider = await startProvider()
  provider.reply = (request, socket) => {
    const dialect = dialectOf(request.path)
    if (JSON.parse(request.body).thread?.type === 'continue') {
      socket.write(response(404, JSON.stringify(NO_THREAD)))
      return
    }
    provider.understood = { dialect, ...hear(dialect, request) }
    say(dialect, answer(provider.understood, request), provider.understood.stream, socket)
  }
  return provider
}

const PATHS = {
  'openai-chat': '/chat/completions',
  'openai-responses': '/responses',
  'anthropic-messages': '/messages',
  gemini: `
    path: /models/{model}:generateContent
    streamPath: /models/{model}:streamGenerateContent?alt=sse`,
}

/** The file of a provider that speaks one dialect and no other. */
export const speakerFile = (dialect, url) => `id: by-${dialect}
name: Speaks ${dialect} only
baseUrl: ${url}
dialects:
  ${dialect}: ${PATHS[dialect]}
auth:
  header: Authorization
  prefix: "Bearer "
  env: RAW_KEY
`

/** A model of each provider, by a name whose thinking Serai knows how to ask for. */
export const MODELS = {
  'openai-chat': 'by-openai-chat:deepseek-chat',
  'openai-responses': 'by-openai-responses:gpt-5-mini',
  'anthropic-messages': 'by-anthropic-messages:claude-sonnet-4-5',
  gemini: 'by-gemini:gemini-2.5-flash',
}

export { PROVIDER_KEY }
